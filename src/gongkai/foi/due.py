"""When every open case must be answered, computed for many at once. Nothing of this is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from gongkai.agencies.models import Level
from gongkai.foi.clock import REPLY_LIMIT, intervals
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case, State
from gongkai.law.clock import DueDays, due_days
from gongkai.law.errors import LawError
from gongkai.law.intervals import Interval
from gongkai.law.rules import Rules

_CASE = (
    "pk",
    "uid",
    "number",
    "url_key",
    "agency_id",
    "agency__level",
    "state",
    "received_on",
)


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
    """Return the undecided ones of *cases* with their due days, in one query.

    *rules* are today's; each case is judged by the rules of its day of receipt.
    """
    return [
        OpenCase(
            uid,
            number,
            key,
            agency,
            Level(level),
            State(state),
            received,
            *reckoned(rules, received, tuple(intervals([_receipt(received), *later]))),
        )
        for (_, uid, number, key, agency, level, state, received), later in _with_events(cases)
    ]


def _with_events(cases: QuerySet[Case]) -> Iterator[tuple[tuple[Any, ...], list[Happening]]]:
    """Yield each undecided case with what happened after its receipt: to most of them nothing did."""
    rows = (
        cases.filter(decided_on=None)
        .annotate(later=FilteredRelation("events", condition=Q(events__seq__gt=1)))
        .order_by("pk", "later__seq")
        .values_list(*_CASE, "later__kind", "later__on", "later__payload_text")
        .iterator(2_000)
    )
    for case, group in groupby(rows, key=lambda row: row[: len(_CASE)]):
        yield (
            case,
            [
                Happening(EventKind(kind), on, json.loads(payload))
                for *_, kind, on, payload in group
                if kind is not None
            ],
        )


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
