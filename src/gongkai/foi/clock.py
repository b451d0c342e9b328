"""A case's clock: its events as intervals, its due day with the proof. Nothing of this is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from gongkai.foi.machine import EventKind, Happening
from gongkai.law.clock import Deadline, deadline
from gongkai.law.errors import LawError
from gongkai.law.intervals import Interval, Kind, consultation, correction, extension, fee_hold
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


def intervals(events: Sequence[Happening]) -> list[Interval]:
    """Return what happened to the clock, in order. An interval without its end is still open."""
    found: list[Interval] = []
    for place, event in enumerate(events):
        build = _BUILDERS.get(event.kind)
        if build is not None:
            found.append(build(event, events[place + 1 :]))
    return found


def _correction(event: Happening, later: Sequence[Happening]) -> Interval:
    return correction(event.on, _first(later, EventKind.CORRECTED))


def _consultation(event: Happening, later: Sequence[Happening]) -> Interval:
    received = date.fromisoformat(str(event.payload["received_on"]))
    kind = Kind(str(event.payload["whom"]))
    return consultation(kind, received, _first(later, EventKind.OPINION), sent=event.on)


def _extension(event: Happening, _: Sequence[Happening]) -> Interval:
    return extension(int(str(event.payload["days"])), event.on)


def _fee(event: Happening, later: Sequence[Happening]) -> Interval:
    return fee_hold(event.on, _first(later, EventKind.FEE_PAID))


_BUILDERS: Mapping[EventKind, Callable[[Happening, Sequence[Happening]], Interval]] = {
    EventKind.CORRECTION_ASKED: _correction,
    EventKind.CONSULTED: _consultation,
    EventKind.EXTENDED: _extension,
    EventKind.FEE_ASKED: _fee,
}


def _first(later: Sequence[Happening], kind: EventKind) -> date | None:
    return next((event.on for event in later if event.kind is kind), None)
