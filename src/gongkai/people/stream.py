"""In which streams of the log this room writes."""

from __future__ import annotations

STREAM = "people"
SIGN_INS = "sign-in"
"""Apart, so that the coming and going of a morning does not hold up the registers."""
