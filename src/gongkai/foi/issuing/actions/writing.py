"""Writing a letter in the transaction of the step it tells of: number, bytes, the row that keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.facts import Facts
from gongkai.foi.issuing.addressee import Nameless, asking_of, identity_of
from gongkai.foi.issuing.models import GOING, Enclosure, IssuedLetter
from gongkai.foi.issuing.notices import FROM_THE_CLOCK
from gongkai.foi.issuing.reading import missing_of, read_through, sentences
from gongkai.foi.issuing.sealed import Written, seal_letter
from gongkai.foi.issuing.telling import decision_facts, letter_of
from gongkai.foi.issuing.typed import WAY
from gongkai.letters.actions import NumberRefused, number_letter
from gongkai.letters.composing import Letter, LetterRefused, compose, letter_docx, letter_pdf
from gongkai.letters.facts import LetterFacts
from gongkai.letters.queries import words_on
from gongkai.letters.wording.packaged import series_of
from gongkai.paper.fallback import GlyphMissingError
from gongkai.people.models import Person
from gongkai.screening.gate import refuse_held
from gongkai.screening.refusal import ScreeningRefused
from gongkai.text.canonical import Plain
from gongkai.vault.cipher import Unreadable


@dataclass(frozen=True)
class Sending:
    """For which record a letter is written, whether the applicant gets it, and by which way."""

    subject: UUID
    to_applicant: bool = True
    way: str = ""


@transaction.atomic
def write_decision(known: Facts, draft: Draft, *, subject: UUID, by: Person) -> IssuedLetter | None:
    """Write the letter of a decision as it is signed; None for an outcome that has none.

    Whoever signs holds the draft: nobody else numbers it. Raises :class:`CaseRefused` with everything that
    keeps it from going out, an enclosure the gate holds among it; then no number is taken.
    """
    code = letter_of(known.case, draft.outcome)
    if not code:
        return None
    _refuse_other(draft, known)
    _refuse_held(known)
    try:
        asking, identity = asking_of(known.case), identity_of(known.case)
    except (Nameless, Unreadable) as refused:
        raise CaseRefused(str(refused)) from refused
    facts = decision_facts(known, draft, asking, identity)
    way = draft.facts.get(WAY, "") or asking.way
    letter = write_letter(code, known, facts, Sending(subject, way=way), by=by)
    waiting = Enclosure.objects.filter(case=known.case, **GOING)
    if waiting.update(letter=letter) != len(known.enclosures):
        raise CaseRefused("给申请人的文件刚刚有变化，没有签发；请刷新，核对后再签。")
    return letter


@transaction.atomic
def write_letter(
    code: str, known: Facts, facts: LetterFacts, sending: Sending, *, by: Actor
) -> IssuedLetter:
    """Read the letter through, number it, print it and keep it. Raises :class:`CaseRefused`."""
    _refuse_faulty(code, known, facts)
    case = known.case
    try:
        number = _number(code, known, sending, by)
        letter = compose(code, replace(facts, number=number), words_on(code, known.on))
        written = Written(letter_pdf(letter), letter_docx(letter))
    except (LetterRefused, NumberRefused, GlyphMissingError) as refused:
        raise CaseRefused(str(refused)) from refused
    row = _row(letter, known, sending)
    if code in FROM_THE_CLOCK:
        row.due_on, row.events_seen = facts.due_on, len(known.events)
    seal_letter(row, written)
    row.full_clean(validate_constraints=False)
    insert_once(row, "这份文书刚刚由另一位同志印发，请刷新后查看。")
    payload: dict[str, Plain] = {
        "number": case.number,
        "letter": code,
        "document": number,
        "version": letter.version,
        "pdf": row.pdf_sha256,
        "docx": row.docx_sha256,
    }
    subject = f"case:{case.uid}"
    record("letter.issued", stream=case.agency.code, subject=subject, payload=payload, by=by)
    return row


def _number(code: str, known: Facts, sending: Sending, by: Actor) -> str:
    if series_of(code) is None:
        return ""
    return number_letter(known.case.agency, code, on=known.on, subject=sending.subject, by=by)


def _row(letter: Letter, known: Facts, sending: Sending) -> IssuedLetter:
    return IssuedLetter(
        case=known.case,
        code=letter.code,
        subject_uid=sending.subject,
        number=letter.number,
        version=letter.version,
        signed_on=known.on,
        to_applicant=sending.to_applicant,
        way=sending.way,
    )


def _refuse_faulty(code: str, known: Facts, facts: LetterFacts) -> None:
    wrong = [*missing_of(known.case, code, facts), *sentences(read_through(code, facts, known))]
    if wrong:
        raise CaseRefused(f"文书还不能印发：{'。'.join(dict.fromkeys(wrong))}。")


def _refuse_other(draft: Draft, known: Facts) -> None:
    if draft.enclosures != known.enclosed:
        raise CaseRefused(
            "给申请人的文件和拟稿时不是同一批，签发的须是各位审过的；请退回拟稿，核对附件后重新送签。"
        )


def _refuse_held(known: Facts) -> None:
    """Nothing leaves that the gate holds, whoever signs."""
    for one in known.enclosures:
        try:
            refuse_held(one.sha256, known.case.agency, one.title)
        except ScreeningRefused as held:
            raise CaseRefused(str(held)) from held
