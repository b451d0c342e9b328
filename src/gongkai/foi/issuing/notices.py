"""The letters that tell of a step and decide nothing: which are due, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gongkai.foi.charging.queries import PAY_LIMIT, reckoned
from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.models import Consultation
from gongkai.law.intervals import Kind
from gongkai.law.letters import ENQUIRIES, LETTERS, code_of
from gongkai.letters.facts import Charge

RECEIPT, CORRECTION, WHY = code_of("receipt"), code_of("correction"), code_of("reason")
LONGER, LATER, FEE = code_of("extension"), code_of("delay"), code_of("fee")
HELP, TOLD, ANSWER_SLIP = code_of("help"), code_of("consulting"), code_of("answer_slip")
FROM_THE_CLOCK = frozenset({RECEIPT, LONGER})
"""They tell the last day of the answer as the clock has it; nobody chose it."""
_TYPED: Mapping[str, tuple[str, ...]] = {
    CORRECTION: ("reasons",),
    WHY: ("until", "reasons"),
    LONGER: ("reasons",),
    LATER: ("reasons",),
    ENQUIRIES[Kind.THIRD_PARTY.value]: ("matter",),
    ENQUIRIES[Kind.CO_MAKER.value]: ("matter",),
    HELP: ("matter", "until", "reasons"),
}
_LAST_DAY_IS_SAID = frozenset({WHY, HELP})
"""The law sets no limit for these: the officer says until when."""


@dataclass(frozen=True)
class Due:
    """A letter that is called for: *subject* is the record it tells of, *on* the day that was.

    *asked*: the consultation it opens; *others*: the letters that go with it.
    """

    code: str
    subject: UUID
    on: date
    asked: Consultation | None = None
    others: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other letter of the case."""
        return f"{self.code}-{self.subject}"

    @property
    def title(self) -> str:
        """What it is called, the letters of the same act with it."""
        if self.asked is None:
            return LETTERS[self.code].title
        others = "、".join(LETTERS[code].title for code in self.others)
        whom = f"{self.asked.organ}，" if self.asked.organ else ""
        told = f"{LETTERS[self.code].title}（{whom}{self.asked.asked_on} 发出）"
        return f"{told}，连同{others}" if others else told

    @property
    def typed(self) -> tuple[str, ...]:
        """What a person may add to what is on record."""
        return _TYPED.get(self.code, ())

    @property
    def until(self) -> bool:
        """Whether it names a last day that no clock on file knows."""
        return self.code in _LAST_DAY_IS_SAID


@dataclass(frozen=True)
class Told:
    """What a person adds: a last day no clock knows, reasons and the matter in place of those on record."""

    until: date | None = None
    reasons: str = ""
    matter: str = ""


def companions(known: Facts, asked: Consultation, matter: str) -> tuple[str, ...]:
    """Return the letters written in one act with the enquiry to *asked* about *matter*: reply slip, what the applicant is told."""
    slip = () if ENQUIRIES[asked.whom] == HELP else (ANSWER_SLIP,)
    return (*slip, TOLD) if told_with(known, asked, matter) else slip


def told_with(known: Facts, asked: Consultation, matter: str) -> list[Consultation]:
    """Return the consultations one letter tells the applicant of when *asked* is written to about *matter*.

    条例第三十三条 leaves the time that opinions need out of the applicant's clock, whoever is asked: what he is
    to know is which information is asked about and since which day. So what was sent on one day is told
    once, every matter of that day in one letter, and how many are asked is not his to know. What was told of
    another day moved the clock from another day, and is no substitute. None where this day and matter
    were told already.
    """
    if told_before(known, asked, matter) is not None:
        return []
    untold = (one for one in _of_the_day(known, asked) if one.told_in_id is None)
    others = (one for one in untold if one.pk != asked.pk and one.matter)
    return [asked, *(one for one in others if one.whom in ENQUIRIES)]


def told_before(known: Facts, asked: Consultation, matter: str) -> int | None:
    """Return the key of the letter that told the applicant of this day and *matter* already; None if none did."""
    told = (one for one in _of_the_day(known, asked) if one.matter == matter)
    return next((one.told_in_id for one in told if one.told_in_id is not None), None)


def _of_the_day(known: Facts, asked: Consultation) -> list[Consultation]:
    return [one for one in known.consultations if one.asked_on == asked.asked_on]


def notices_due(known: Facts) -> list[Due]:
    """Return the letters the records of the case call for and nobody has written yet. Asks nothing."""
    written = {(one.code, one.subject_uid) for one in known.letters}
    return [due for due in _called_for(known) if (due.code, due.subject) not in written]


def notice_facts(known: Facts, due: Due, told: Told) -> dict[str, Any]:
    """Return what letter *due* says beside what every letter says."""
    return _SAID[due.code](known, told)


def due_on(known: Facts) -> date | None:
    """Return the last day of the answer as the clock has it now; None while it stands."""
    deadline, _ = deadline_or_reason(known.events, known.rules)
    return deadline.due if deadline else None


def _called_for(known: Facts) -> Iterator[Due]:
    case = known.case
    yield Due(RECEIPT, case.uid, case.received_on)
    if known.notice is not None:
        yield Due(CORRECTION, known.notice.uid, known.notice.asked_on)
    for asked in known.consultations:
        code = ENQUIRIES.get(asked.whom)
        if code and not asked.settled:
            others = companions(known, asked, asked.matter)
            yield Due(code, asked.uid, asked.asked_on, asked, others)
    if known.demand is not None:
        yield Due(WHY, known.demand.uid, known.demand.asked_on)
        if known.demand.delayed_until:
            yield Due(LATER, known.demand.uid, known.demand.judged_on or known.demand.asked_on)
    if known.extended is not None and known.extended.told_on is not None:
        yield Due(LONGER, known.extended.uid, known.extended.told_on)
    if known.charge is not None:
        yield Due(FEE, known.charge.uid, known.charge.asked_on)


def _receipt(known: Facts, told: Told) -> dict[str, Any]:
    return {"due_on": due_on(known)}


def _correction(known: Facts, told: Told) -> dict[str, Any]:
    notice = known.notice
    if notice is None:
        return {}
    items = tuple(notice.items_text.splitlines())
    return {"corrections": items, "within": f"{notice.days}个工作日", "reasons": told.reasons}


def _why(known: Facts, told: Told) -> dict[str, Any]:
    found = known.demand.found if known.demand else ""
    return {"found": found, "until": told.until, "reasons": told.reasons}


def _longer(known: Facts, told: Told) -> dict[str, Any]:
    extended = known.extended
    if extended is None:
        return {}
    return {
        "extended_by": f"{extended.days}个工作日",
        "due_on": due_on(known),
        "reasons": told.reasons or extended.reason,
    }


def _later(known: Facts, told: Told) -> dict[str, Any]:
    demand = known.demand
    if demand is None:
        return {}
    return {"due_on": demand.delayed_until, "reasons": told.reasons or demand.finding}


def _fee(known: Facts, told: Told) -> dict[str, Any]:
    asked = known.charge
    if asked is None:
        return {}
    charge = Charge(asked.fen, asked.source, reckoned(asked), asked.pay_how)
    return {"charge": charge, "within": known.rules.limit(PAY_LIMIT).label}


_SAID: Mapping[str, Callable[[Facts, Told], dict[str, Any]]] = {
    RECEIPT: _receipt,
    CORRECTION: _correction,
    WHY: _why,
    LONGER: _longer,
    LATER: _later,
    FEE: _fee,
}
