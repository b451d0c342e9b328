"""A report beside its earlier years and its neighbours: copied wording, moved figures, open promises."""

from __future__ import annotations
