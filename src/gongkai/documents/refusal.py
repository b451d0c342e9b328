"""Why something about documents cannot be done, in the clerk's words."""

from __future__ import annotations


class DocumentRefused(Exception):
    """What happened, which article or role, what to do next."""


class DraftOvertaken(DocumentRefused):
    """Somebody else saved, or took over, in the meantime: who, when. What was typed is not lost."""
