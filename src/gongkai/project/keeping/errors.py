"""What a copy or its way back says when it cannot be done."""

from __future__ import annotations


class KeepingRefused(Exception):
    """One Chinese sentence: what happened, why, what next. Nothing was left half-done."""
