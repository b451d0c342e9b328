"""A case's clock: its events as intervals, its due day with the proof. Nothing of this is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from gongkai.foi.machine import EventKind, Happening
from gongkai.law.clock import Deadline, deadline
from gongkai.law.errors import LawError
from gongkai.law.intervals import (
    Interval,
    Kind,
    consultation,
    correction,
    delay,
    extension,
    fee_hold,
)
from gongkai.law.rules import Rules

REPLY_LIMIT = "reply.limit"


def case_deadline(events: Sequence[Happening], rules: Rules) -> Deadline:
    """Return when the case must be answered (条例第三十三条), day by day."""
    received = events[0].on
    return deadline(received, intervals(events), rules.limit(REPLY_LIMIT), rules)


def deadline_or_reason(events: Sequence[Happening], rules: Rules) -> tuple[Deadline | None, str]:
    """Return the deadline, or None and in Chinese why it cannot be reckoned. *rules*: those of the receipt."""
    try:
        return case_deadline(events, rules), ""
    except LawError as trouble:
        return None, str(trouble)


def original_due(events: Sequence[Happening], rules: Rules) -> date | None:
    """Return the day the answer was due on receipt, before anything happened; None outside the calendar."""
    try:
        return deadline(events[0].on, (), rules.limit(REPLY_LIMIT), rules).due
    except LawError:
        return None


def causes(events: Sequence[Happening]) -> list[tuple[date, str]]:
    """Return what moved the due day, in order: the day and what it was."""
    return [(event.on, event.kind.label) for event in events if event.kind in _BUILDERS]


def intervals(events: Sequence[Happening]) -> list[Interval]:
    """Return what happened to the clock, in order. An interval without its end is still open."""
    found: list[Interval] = []
    for place, event in enumerate(events):
        build = _BUILDERS.get(event.kind)
        interval = build(event, events[place + 1 :]) if build else None
        if interval is not None:
            found.append(interval)
    return found


def _correction(event: Happening, later: Sequence[Happening]) -> Interval:
    return correction(event.on, _first(later, EventKind.CORRECTED))


def _consultation(event: Happening, later: Sequence[Happening]) -> Interval:
    kind = Kind(str(event.payload["whom"]))
    mine = [after for after in later if _which(after) == _which(event)]
    arrived = next((after.on for after in mine if after.kind is EventKind.CONSULT_ARRIVED), None)
    told = event.payload.get("received_on")
    received = date.fromisoformat(str(told)) if told else arrived
    ended = next((after.on for after in mine if after.kind in _ANSWERS), None)
    return consultation(kind, received, ended, sent=event.on)


def _which(event: Happening) -> str:
    """Return which consultation an event speaks of: none is named where only one could run at a time."""
    return str(event.payload.get("consultation", ""))


def _extension(event: Happening, _: Sequence[Happening]) -> Interval:
    return extension(int(str(event.payload["days"])), event.on)


def _fee(event: Happening, later: Sequence[Happening]) -> Interval | None:
    """A notice that was wrong and cancelled never held the clock: that is not the applicant's doing."""
    ended = next((one.kind for one in later if one.kind in _ENDS_A_FEE), None)
    if ended is EventKind.FEE_CANCELLED:
        return None
    return fee_hold(event.on, _first(later, EventKind.FEE_PAID))


def _delay(event: Happening, _: Sequence[Happening]) -> Interval:
    return delay(date.fromisoformat(str(event.payload["until"])), event.on)


_ENDS_A_FEE = (EventKind.FEE_PAID, EventKind.FEE_CANCELLED)
_ANSWERS = (EventKind.OPINION, EventKind.SILENT)
_BUILDERS: Mapping[EventKind, Callable[[Happening, Sequence[Happening]], Interval | None]] = {
    EventKind.CORRECTION_ASKED: _correction,
    EventKind.CONSULTED: _consultation,
    EventKind.EXTENDED: _extension,
    EventKind.FEE_ASKED: _fee,
    EventKind.DELAYED: _delay,
}


def _first(later: Sequence[Happening], kind: EventKind) -> date | None:
    return next((event.on for event in later if event.kind is kind), None)
