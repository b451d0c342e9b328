"""Why a showing cannot be recorded or dealt with, in the clerk's words."""

from __future__ import annotations


class ShowingRefused(Exception):
    """What happened, which article or role, what to do next."""
