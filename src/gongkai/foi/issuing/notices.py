"""The letters to the applicant that tell of a step and decide nothing: which are due, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.models import ExtensionProposal
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.law.outcomes import LETTERS

RECEIPT, CORRECTION, WHY, LONGER, LATER = "D02", "D03", "D04", "D05", "D24"


@dataclass(frozen=True)
class Due:
    """A letter that is called for: *subject* is the record it tells of; *until*: it names a last day."""

    code: str
    subject: UUID
    until: bool = False

    @property
    def title(self) -> str:
        return LETTERS[self.code].title


@dataclass(frozen=True)
class Told:
    """What a person adds: the last day for the applicant, reasons in place of those on record."""

    until: date | None = None
    reasons: str = ""


def notices_due(known: Facts) -> list[Due]:
    """Return the letters the records of the case call for and nobody has written yet."""
    case = known.case
    written = set(IssuedLetter.objects.filter(case=case).values_list("code", "subject_uid"))
    return [due for due in _called_for(known) if (due.code, due.subject) not in written]


def notice_facts(known: Facts, due: Due, told: Told) -> dict[str, Any]:
    """Return what letter *due* says beside what every letter says."""
    return _SAID[due.code](known, told)


def _called_for(known: Facts) -> Iterator[Due]:
    yield Due(RECEIPT, known.case.uid)
    if known.notice is not None:
        yield Due(CORRECTION, known.notice.uid, until=True)
    if known.demand is not None:
        yield Due(WHY, known.demand.uid, until=True)
        if known.demand.delayed_until:
            yield Due(LATER, known.demand.uid)
    extended = _extended(known)
    if extended is not None:
        yield Due(LONGER, extended.uid)


def _extended(known: Facts) -> ExtensionProposal | None:
    return known.case.extension_proposals.filter(told_on__isnull=False).order_by("pk").last()


def _receipt(known: Facts, told: Told) -> dict[str, Any]:
    return {"due_on": _due_on(known)}


def _correction(known: Facts, told: Told) -> dict[str, Any]:
    items = known.notice.items_text.splitlines() if known.notice else []
    return {"corrections": tuple(items), "until": told.until, "reasons": told.reasons}


def _why(known: Facts, told: Told) -> dict[str, Any]:
    found = known.demand.found if known.demand else ""
    return {"found": found, "until": told.until, "reasons": told.reasons}


def _longer(known: Facts, told: Told) -> dict[str, Any]:
    extended = _extended(known)
    if extended is None:
        return {}
    return {
        "extended_by": f"{extended.days}个工作日",
        "due_on": _due_on(known),
        "reasons": told.reasons or extended.reason,
    }


def _later(known: Facts, told: Told) -> dict[str, Any]:
    demand = known.demand
    if demand is None:
        return {}
    return {"due_on": demand.delayed_until, "reasons": told.reasons or demand.finding}


def _due_on(known: Facts) -> date | None:
    deadline, _ = deadline_or_reason(known.events, known.rules)
    return deadline.due if deadline else None


_SAID: Mapping[str, Callable[[Facts, Told], dict[str, Any]]] = {
    RECEIPT: _receipt,
    CORRECTION: _correction,
    WHY: _why,
    LONGER: _longer,
    LATER: _later,
}
