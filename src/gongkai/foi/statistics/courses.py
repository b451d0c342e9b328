"""What became of each request of a period, read in one stream: its stages, whether it was late."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from gongkai.foi.clock import intervals
from gongkai.foi.due import reckoned
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import CaseEvent
from gongkai.foi.queries import counted_cases
from gongkai.law.calendar import Calendar
from gongkai.law.counting import ONE_DAY
from gongkai.law.errors import LawError
from gongkai.law.rules import Rules

_E = EventKind
STAGES: Mapping[str, str] = {
    "whole": "收到到作出决定",
    "draft": "收到到拟稿送签",
    "sign": "送签到签发",
    "serve": "作出决定到送达",
    "correction": "等待补正",
    "consultation": "征求意见",
    "fee": "等待缴费",
}
_PAIRS: Sequence[tuple[str, EventKind, Collection[EventKind]]] = (
    ("whole", _E.RECEIVED, (_E.DECIDED,)),
    ("draft", _E.RECEIVED, (_E.DRAFTED,)),
    ("serve", _E.DECIDED, (_E.SERVED,)),
    ("correction", _E.CORRECTION_ASKED, (_E.CORRECTED,)),
    ("consultation", _E.CONSULTED, (_E.OPINION, _E.SILENT)),
    ("fee", _E.FEE_ASKED, (_E.FEE_PAID,)),
)
_COLUMNS = (
    *("case_id", "kind", "on", "payload_text", "case__number", "case__agency_id", "case__klass"),
    *("case__received_on", "case__decided_on", "case__row"),
)
_CHUNK = 2_000


@dataclass(frozen=True)
class Course:
    """One request: *stages* gives the working days each took, *late* whether its limit was or is over.

    *row* is its row of table 3, empty while it is open. Nothing tells who asked, or for what.
    """

    number: str
    agency_id: int
    klass: str
    received_on: date
    decided_on: date | None
    row: str
    stages: Mapping[str, tuple[int, ...]]
    late: bool
    extended: bool

    @property
    def days(self) -> int | None:
        """Working days from receipt to decision; None while open, or outside the calendar."""
        whole = self.stages.get("whole", ())
        return whole[0] if whole else None


def courses(agency_ids: Collection[int], first: date, last: date, rules: Rules) -> Iterator[Course]:
    """Yield the requests table 3 counts that were received from *first* to *last*: one query, streamed."""
    cases = counted_cases(list(agency_ids), rules).filter(received_on__range=(first, last))
    events = CaseEvent.objects.filter(case__in=cases).order_by(
        "case__received_on", "case_id", "seq"
    )
    stream = events.values_list(*_COLUMNS).iterator(chunk_size=_CHUNK)
    for _, group in groupby(stream, key=itemgetter(0)):
        yield _course(list(group), rules)


def _course(rows: list[Any], rules: Rules) -> Course:
    number, agency_id, klass, received_on, decided_on, row = rows[0][4:]
    happened = [Happening(EventKind(one[1]), one[2], json.loads(one[3])) for one in rows]
    days, _ = reckoned(rules, received_on, tuple(intervals(happened)))
    due = days.due if days else None
    return Course(
        number=number,
        agency_id=agency_id,
        klass=klass,
        received_on=received_on,
        decided_on=decided_on,
        row=row,
        stages=_stages(happened, rules.calendar),
        late=due is not None and due < (decided_on or rules.on),
        extended=any(event.kind is _E.EXTENDED for event in happened),
    )


def _stages(happened: Sequence[Happening], calendar: Calendar) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for name, begins, ends in _PAIRS:
        spans = [
            (event.on, end)
            for place, event in enumerate(happened)
            if event.kind is begins and (end := _end(event, happened[place + 1 :], ends))
        ]
        found[name] = _working(spans, calendar)
    drafted = [event.on for event in happened if event.kind is _E.DRAFTED]
    decided = [event.on for event in happened if event.kind is _E.DECIDED]
    if drafted and decided:
        found["sign"] = _working([(drafted[-1], decided[0])], calendar)
    return {name: days for name, days in found.items() if days}


def _end(event: Happening, later: Sequence[Happening], ends: Collection[EventKind]) -> date | None:
    """Return when what began with *event* ended: of several consultations, the same one."""
    which = event.payload.get("consultation")
    mine = (one for one in later if one.kind in ends and one.payload.get("consultation") == which)
    return next((one.on for one in mine), None)


def _working(spans: Sequence[tuple[date, date]], calendar: Calendar) -> tuple[int, ...]:
    counted = (_between(calendar, first, last) for first, last in spans)
    return tuple(days for days in counted if days is not None)


@lru_cache(maxsize=50_000)
def _between(calendar: Calendar, first: date, last: date) -> int | None:
    """Return the working days after *first* up to *last*; None where the calendar knows nothing."""
    try:
        return calendar.count_working(first + ONE_DAY, last)
    except LawError:
        return None
