"""The four counts of table 3, a case's events, and whether the projected columns still fold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from gongkai.foi.machine import EventKind, Happening, StepRefused, fold
from gongkai.foi.models import Case, CaseEvent, CaseKind, Dispute
from gongkai.law.rules import Rules

ART_41_COUNTED = "art41.counted"
REDO_COUNTED = "redecision.counted"


def counted_cases(agency_ids: Sequence[int], rules: Rules) -> QuerySet[Case]:
    """Return the cases table 3 speaks of: requests; corrections and answers again only if the county says so."""
    kinds = [CaseKind.REQUEST.value]
    if rules.flag(ART_41_COUNTED):
        kinds.append(CaseKind.CORRECTION.value)
    if rules.flag(REDO_COUNTED):
        kinds.append(CaseKind.REDO.value)
    return Case.objects.filter(kind__in=kinds, agency__in=agency_ids)


def received_between(cases: QuerySet[Case], first: date, last: date) -> QuerySet[Case]:
    """本年新收: received from *first* to *last*."""
    return cases.filter(received_on__gte=first, received_on__lte=last)


def open_at_end_of(cases: QuerySet[Case], day: date) -> QuerySet[Case]:
    """结转: received by the end of *day* and not decided by then."""
    return cases.filter(Q(decided_on=None) | Q(decided_on__gt=day), received_on__lte=day)


def decided_between(cases: QuerySet[Case], first: date, last: date) -> QuerySet[Case]:
    """本年度办理结果: decided from *first* to *last*."""
    return cases.filter(decided_on__gte=first, decided_on__lte=last)


def disputes_alive(agency_ids: Sequence[int], first: date, last: date) -> QuerySet[Dispute]:
    """Return disputes that were pending at some time from *first* to *last*."""
    return Dispute.objects.filter(
        Q(concluded_on=None) | Q(concluded_on__gte=first),
        case__agency__in=agency_ids,
        filed_on__lte=last,
    )


def happenings(case: Case) -> list[Happening]:
    """Return what happened to *case*, in order."""
    return [_happening(event) for event in case.events.order_by("seq")]


@dataclass(frozen=True)
class Drift:
    """A case whose columns are not what its events fold to."""

    number: str
    reason: str


def drifted_cases() -> Iterator[Drift]:
    """Refold every case and yield those that differ (invariant 6), and cases without any event."""
    for case in Case.objects.filter(events=None).iterator():
        yield Drift(case.number, "没有任何事件")
    events = CaseEvent.objects.order_by("case", "seq").select_related("case")
    for case, group in groupby(events.iterator(chunk_size=2_000), key=lambda event: event.case):
        drift = _drift(case, group)
        if drift:
            yield drift


def _drift(case: Case, events: Iterable[CaseEvent]) -> Drift | None:
    rows = list(events)
    if [row.seq for row in rows] != list(range(1, len(rows) + 1)):
        return Drift(case.number, "事件序号不连续")
    try:
        columns = fold(map(_happening, rows)).columns()
    except StepRefused as wrong:
        return Drift(case.number, f"事件不能成立：{wrong}")
    differing = [name for name, value in columns.items() if getattr(case, name) != value]
    return Drift(case.number, f"与事件不符的列：{'、'.join(differing)}") if differing else None


def _happening(event: CaseEvent) -> Happening:
    return Happening(EventKind(event.kind), event.on, json.loads(event.payload_text))
