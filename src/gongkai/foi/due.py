"""When every open case must be answered, computed for many at once. Nothing of this is stored."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from gongkai.agencies.models import Level
from gongkai.foi.clock import REPLY_LIMIT, intervals
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case, CaseEvent, State
from gongkai.law.clock import DueDays, due_days
from gongkai.law.errors import LawError
from gongkai.law.intervals import Interval
from gongkai.law.rules import Rules


@dataclass(frozen=True)
class OpenCase:
    """A case that is not decided, with its due days, or why there are none (*trouble*)."""

    uid: UUID
    number: str
    url_key: str
    agency_id: int
    level: Level
    state: State
    received_on: date
    days: DueDays | None
    trouble: str

    @property
    def due(self) -> date | None:
        return self.days.due if self.days else None


def open_cases(cases: QuerySet[Case], rules: Rules) -> list[OpenCase]:
    """Return the undecided ones of *cases* with their due days, in two queries.

    *rules* are today's; each case is judged by the rules of its day of receipt.
    """
    waiting = cases.filter(decided_on=None)
    rows = waiting.values_list(
        "pk",
        "uid",
        "number",
        "url_key",
        "agency_id",
        "agency__level",
        "state",
        "received_on",
    )
    later = _later_events(waiting)
    return [
        OpenCase(
            uid,
            number,
            key,
            agency,
            Level(level),
            State(state),
            received,
            *reckoned(rules, received, tuple(intervals([_receipt(received), *later.get(pk, ())]))),
        )
        for pk, uid, number, key, agency, level, state, received in rows.iterator(2_000)
    ]


def _later_events(waiting: QuerySet[Case]) -> Mapping[int, Sequence[Happening]]:
    """Return what happened after receipt, by case. Most cases have nothing."""
    found: dict[int, list[Happening]] = defaultdict(list)
    events = CaseEvent.objects.filter(case__in=waiting, seq__gt=1).order_by("case", "seq")
    for pk, kind, on, payload in events.values_list("case_id", "kind", "on", "payload_text"):
        found[pk].append(Happening(EventKind(kind), on, json.loads(payload)))
    return found


def _receipt(on: date) -> Happening:
    return Happening(EventKind.RECEIVED, on, {})


@lru_cache(maxsize=50_000)
def reckoned(
    rules: Rules, received: date, course: tuple[Interval, ...]
) -> tuple[DueDays | None, str]:
    """Return the due days by the rules of the day of receipt, or None and why there are none.

    Kept: most cases of a day share their course, and the rules stay the same value for days.
    """
    at = rules.as_of(received)
    try:
        return due_days(received, course, at.limit(REPLY_LIMIT), at), ""
    except LawError as trouble:
        return None, str(trouble)


def by_urgency(cases: Iterable[OpenCase]) -> list[OpenCase]:
    """Return *cases*, the one due first in front; those whose clock stands come last."""
    return sorted(cases, key=lambda case: (case.due or date.max, case.received_on, case.number))
