"""What the applicant may take with the query code: letters as PDF, and the files that went with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gongkai.foi.issuing.models import Enclosure
from gongkai.foi.issuing.queries import for_applicant, sent_with, title_of
from gongkai.foi.issuing.sealed import open_file, open_letter
from gongkai.foi.models import Case
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.screening.gate import refuse_held
from gongkai.screening.refusal import ScreeningRefused
from gongkai.vault.cipher import Unreadable

_HELD = "这个附件正在由受理机构重新检查，暂时不能取；请打电话给受理机构。"


@dataclass(frozen=True)
class LetterFor:
    """A letter the applicant may take, and the files that went with it."""

    title: str
    on: date
    number: str
    uid: UUID
    enclosures: Sequence[Enclosure]


@dataclass(frozen=True)
class Handed:
    """A file that is handed out."""

    name: str
    data: bytes


def letters_for(case: Case) -> list[LetterFor]:
    """Return the letters of *case* the applicant may open; of a case decided elsewhere there are none here."""
    return [
        LetterFor(title_of(one), one.signed_on, one.number, one.uid, sent_with(one))
        for one in for_applicant(case)
    ]


def handed_out(case: Case, uid: UUID) -> Handed | None:
    """Return the letter or enclosure *uid*; None for what the applicant may not open.

    Whoever asks is the applicant: no look is logged. Raises :class:`SubmissionRefused` for a file the gate
    holds by now, and for bytes that cannot be opened.
    """
    letters = for_applicant(case)
    try:
        for letter in letters:
            if letter.uid == uid:
                return Handed(f"{title_of(letter)}.pdf", open_letter(letter).pdf)
            for enclosure in sent_with(letter):
                if enclosure.uid == uid:
                    return _file(enclosure, case)
    except Unreadable as unreadable:
        raise SubmissionRefused(
            "文书现在打不开，已经不能在网上取；请打电话给受理机构。"
        ) from unreadable
    return None


def _file(enclosure: Enclosure, case: Case) -> Handed:
    try:
        refuse_held(enclosure.sha256, case.agency, enclosure.title)
    except ScreeningRefused as held:
        raise SubmissionRefused(_HELD) from held
    return Handed(*open_file(enclosure))
