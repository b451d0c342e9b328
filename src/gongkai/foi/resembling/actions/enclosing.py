"""Putting the letter of an earlier reply to the next one, so that the applicant need not look for it."""

from __future__ import annotations

from datetime import date

from gongkai.files.kinds import Kind
from gongkai.foi.issuing.actions.enclosing import enclose_file
from gongkai.foi.issuing.actions.looking import look_at_letter
from gongkai.foi.issuing.models import GOING, Enclosure, IssuedLetter
from gongkai.foi.models import Case
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.resembling.queries import Found
from gongkai.people.models import Person


def enclose_prior_letter(found: Found, *, on: date, by: Person) -> Enclosure | None:
    """Put the letter that answered the earlier request to the later one; None where there is none here.

    It passes the gate like any file, and opening it is logged. What is enclosed already stays as it is.
    Raises what :func:`look_at_letter` and :func:`enclose_file` raise.
    """
    case = found.likeness.case
    if not found.letter_uid:
        return None
    letter = IssuedLetter.objects.select_related("case__agency").get(uid=found.letter_uid)
    if there := _enclosed(case, letter):
        return there
    pdf = look_at_letter(letter, reason=Reason.REPEATED, by=by).pdf
    file = Inspected(f"{letter.number}.pdf", Kind.PDF, pdf)
    title = f"此前的答复（{letter.number}）"
    return enclose_file(case, file, title=title, on=on, by=by)


def _enclosed(case: Case, letter: IssuedLetter) -> Enclosure | None:
    mine = Enclosure.objects.filter(case=case, sha256=letter.pdf_sha256, **GOING)
    return mine.defer("ciphertext").first()
