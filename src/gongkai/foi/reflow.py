"""What a change of the rules moves: the days by which requests must be answered (条例第三十三条)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.models import AgencyName
from gongkai.foi.clock import REPLY_LIMIT, intervals
from gongkai.foi.due import reckoned
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import CaseEvent
from gongkai.law.rules import Rules
from gongkai.rulebook.moves import Limits, Move, register

TOUCHED_BY = frozenset(
    {
        *(REPLY_LIMIT, "reply.extension_max", "reply.extension_times"),
        *("correction.notice", "correction.times"),
        *("pause.from", "thirdparty.limit", "comaker.limit", "fee.pay_limit"),
    }
)
"""Every parameter the clock of a request asks for."""

_COLUMNS = (
    *("case_id", "kind", "on", "payload_text"),
    *("case__uid", "case__number", "case__received_on", "case__agency_id", "case__url_key"),
)
_CHUNK = 2_000


@dataclass(frozen=True)
class _Case:
    """What a move tells of a case, and its events."""

    ref: str
    number: str
    received_on: date
    agency_id: int
    url_key: str
    events: Sequence[Happening]


def open_cases(before: Rules, after: Rules) -> Iterator[Move]:
    """Yield the requests not yet decided whose answer would be due on another day, by receipt."""
    return _moved(CaseEvent.objects.filter(case__decided_on=None), before, after)


def decided_cases(before: Rules, after: Rules) -> Iterator[Move]:
    """Yield the decided requests whose answer would have been due on another day."""
    changed = set(before.ledger) ^ set(after.ledger)
    first = min((entry.since for entry in changed), default=date.max)
    events = CaseEvent.objects.filter(case__decided_on__isnull=False)
    return _moved(events.filter(case__received_on__gte=first), before, after)


def _moved(events: QuerySet[CaseEvent], before: Rules, after: Rules) -> Iterator[Move]:
    """Two queries, however many cases: one streams their events, one asks for the agencies' names."""
    names: dict[int, str] = {}
    for case in _cases(events):
        first, second = _due(case, before), _due(case, after)
        if first != second:
            names = names or _names()
            subject = f"{names.get(case.agency_id, '')} {case.number}".strip()
            address = reverse("desk-case", args=[case.url_key])
            yield Move(subject, case.ref, case.received_on, first, second, address)


def _cases(events: QuerySet[CaseEvent]) -> Iterator[_Case]:
    ordered = events.order_by("case__received_on", "case_id", "seq").values_list(*_COLUMNS)
    for _, group in groupby(ordered.iterator(chunk_size=_CHUNK), key=itemgetter(0)):
        rows: list[Any] = list(group)
        uid, number, received_on, agency_id, url_key = rows[0][4:]
        happened = [Happening(EventKind(row[1]), row[2], json.loads(row[3])) for row in rows]
        yield _Case(f"case:{uid}", number, received_on, agency_id, url_key, happened)


def _due(case: _Case, rules: Rules) -> date | None:
    days, _ = reckoned(rules, case.received_on, tuple(intervals(case.events)))
    return days.due if days else None


def _names() -> dict[int, str]:
    return dict(AgencyName.objects.order_by("since").values_list("agency_id", "short"))


register(
    "foi.reply",
    Limits(
        title="在办申请的答复期限",
        touched_by=TOUCHED_BY,
        running=open_cases,
        settled=decided_cases,
    ),
)
