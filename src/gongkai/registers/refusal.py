"""Why something about a register cannot be done, in the clerk's words."""

from __future__ import annotations


class RegisterRefused(Exception):
    """What happened, which article or role, what to do next."""
