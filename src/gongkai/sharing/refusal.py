"""Why something cannot be sent in, used or passed on, in the clerk's words."""

from __future__ import annotations


class SharingRefused(Exception):
    """What happened, which article or role, what to do next."""
