"""Why something about words and recommendations cannot be done, in the clerk's words."""

from __future__ import annotations


class SearchRefused(Exception):
    """What happened, why, what to do next."""
