"""Why a file is not examined or not let go, in the clerk's words."""

from __future__ import annotations


class ScreeningRefused(Exception):
    """What happened, which article or role, what to do next."""
