"""Why something about a submission cannot be done, in a sentence."""

from __future__ import annotations


class SubmissionRefused(Exception):
    """What happened, why (article or role), what to do next."""
