"""Why something about columns or catalogues cannot be done, in the clerk's words."""

from __future__ import annotations


class ColumnRefused(Exception):
    """What happened, which article or role, what to do next."""
