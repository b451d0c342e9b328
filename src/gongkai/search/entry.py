"""What other rooms hand in to be found. This room knows no documents, only these values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Audience(StrEnum):
    """Who may find an entry. Each has tables of its own: a public search cannot touch a staff row."""

    PUBLIC = "public"
    STAFF = "staff"


@dataclass(frozen=True)
class Entry:
    """One thing to be found under *key*, which is unique within its audience.

    *number* is a 文号 and is searched like the title. *parts* are the texts of attachments, each whole: of
    whatever length, because neither engine sets a limit; no match spans two of them. *year* is the
    year a reader looks for it under. *effect* is the state of a policy document, or empty.
    """

    key: UUID
    audience: Audience
    title: str
    text: str
    agency_id: int
    kind: str
    published_on: date
    year: int
    url: str
    columns: tuple[str, ...] = ()
    number: str = ""
    effect: str = ""
    parts: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if any(not slug or "|" in slug for slug in self.columns):
            raise ValueError(self.columns)  # the mark between slugs as they are stored
