"""A scratch ledger filled by plain SQL: the demo county's agencies and as many cases as asked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.core.management import call_command
from django.db import connection

from gongkai.agencies.models import Agency
from gongkai.reporting.models import Report
from gongkai_demo.load import load

_CHUNK = 20_000
_INSERT = (
    "INSERT INTO foi_case (uid, agency_id, applicant_id, number, url_key, kind, channel, submitted_at, klass,"
    " received_on, state, outcome, row, decided_on, served_on)"
    " SELECT %s, %s, MIN(id), %s, %s, 'request', 'web', '2024-01-01', %s, %s, %s, %s, %s, %s, NULL"
    " FROM foi_applicant"
)


def fill(cases: Iterable[tuple[date, date | None, str, str]]) -> Report:
    """Load the demo county, add *cases* spread over its agencies, return the county's 2024 report."""
    call_command("migrate", verbosity=0)
    load(lambda _: None)
    agencies = list(Agency.objects.filter(rolls_up=True).values_list("pk", flat=True))
    rows = _values(cases, agencies)
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, _CHUNK)):
            cursor.executemany(_INSERT, chunk)
        cursor.execute("ANALYZE")
    return Report.objects.get(agency__level="county", year=2024)


def add_extensions(today: date) -> None:
    """Give a third of the open cases an extension, so that their clocks have something to fold."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, received_on FROM foi_case WHERE decided_on IS NULL AND id % 3 = 0 AND id NOT IN (SELECT case_id FROM foi_caseevent)"
        )
        events = [
            (uuid.uuid4().hex, pk, received, today, '{"days":20,"reason":"x"}')
            for pk, received in cursor.fetchall()
        ]
        cursor.executemany(
            'INSERT INTO foi_caseevent (uid, case_id, seq, kind, "on", at, by_uid, by_name, payload_text)'
            " VALUES (%s, %s, 2, 'extended', %s, %s, '00000000000000000000000000000000', 'x', %s)",
            events,
        )
        cursor.execute("ANALYZE")


def _values(
    cases: Iterable[tuple[date, date | None, str, str]], agencies: list[int]
) -> Iterator[tuple[str | int | date | None, ...]]:
    for n, (received, decided, row, klass) in enumerate(cases):
        outcome = "granted" if decided else ""
        state = "decided" if decided else "handling"
        agency = agencies[n % len(agencies)]
        number, key = f"B-{n}", f"b{n:07d}"
        yield (
            uuid.uuid4().hex,
            agency,
            number,
            key,
            klass,
            received,
            state,
            outcome,
            row if decided else "",
            decided,
        )
