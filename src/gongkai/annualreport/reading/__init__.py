"""Reading a published report. Every source becomes a `Page`; labels, not positions, decide."""

from __future__ import annotations
