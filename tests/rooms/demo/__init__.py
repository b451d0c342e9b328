"""One package, so that the county is loaded once for all its modules."""

from __future__ import annotations
