"""The staff pages of a county with 60 agencies and 100 000 requests: wall and processor time, queries.

On SQLite in a scratch folder; on PostgreSQL when DATABASE_URL names a database to fill
(``python -m tests.postgres python -m benchmarks desk``).
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.clocks import say_how_fast_the_machine_is
from benchmarks.counties import each
from benchmarks.measure import say, sizes

_LIST = "bar: 150 ms, 12 queries"
_PAGES = (
    ("sign-in page", "/desk/sign-in/", "bar: 50 ms"),
    ("to-do of the county's openness office", "/desk/", "bar: 100 ms, 12 queries"),
    ("list of requests, open", "/desk/cases/", _LIST),
    ("list of requests, all", "/desk/cases/?state=", _LIST),
    ("list of requests, one year and agency", "/desk/cases/?state=&year=2024&agency=SQ0000009", _LIST),
    ("list of requests, by number", "/desk/cases/?state=&q=B-777", _LIST),
    ("list of requests, page 100", "/desk/cases/?state=&page=100", _LIST),
    ("list of what was received", "/desk/intake/?state=", _LIST),
    ("disputes", "/desk/disputes/?state=", _LIST),
    ("statistics of a year", "/desk/cases/statistics/", ""),
    ("search", "/desk/search/?q=B-777", _LIST),
    ("unit returns of 60 agencies", "/desk/returns/?year=2024", _LIST),
)  # fmt: skip


def run() -> None:
    """Fill each size in a process and a place of its own, then open each page as the county's openness officer."""
    each(sizes(100_000), _measure, elsewhere=True)


def _measure(folder: Path, size: int) -> None:
    from django.db import connection  # noqa: PLC0415

    from benchmarks.ledger import add_extensions, fill  # noqa: PLC0415  # models need the settings

    (folder / "static").mkdir()
    fill(_rows(size))
    add_extensions(date.today())
    say("requests", f"{size}, {connection.vendor}")
    visitor, officer = _client(None), _client("demo-officer")
    fullest = ("the case of most events", _fullest(), "bar: 100 ms, 15 queries")
    for title, address, bar in (*_PAGES, fullest):
        client = visitor if "sign-in" in address else officer
        wall, busy = _milliseconds(client, address)
        say(title, f"{wall:.0f} ms, CPU {busy:.0f}, {_queries(client, address)} queries", bar)
    say_how_fast_the_machine_is()


def _fullest() -> str:
    from django.db.models import Count  # noqa: PLC0415

    from gongkai.foi.models import Case  # noqa: PLC0415

    case = Case.objects.annotate(n=Count("events")).order_by("-n", "pk")[0]
    return f"/desk/case/{case.url_key}/"


def _milliseconds(client: Any, address: str) -> tuple[float, float]:
    """Return the medians of wall and processor time of five visits after one."""
    _open(client, address)
    spent = [_visit(client, address) for _ in range(5)]
    walls, busies = zip(*spent, strict=True)
    return statistics.median(walls) * 1000, statistics.median(busies) * 1000


def _visit(client: Any, address: str) -> tuple[float, float]:
    wall, busy = time.perf_counter(), time.process_time()
    _open(client, address)
    return time.perf_counter() - wall, time.process_time() - busy


def _client(login: str | None) -> Any:
    from django.test import Client  # noqa: PLC0415

    from gongkai.people.actions.sessions import begin_session  # noqa: PLC0415
    from gongkai.people.models import User  # noqa: PLC0415
    from gongkai.people.tokens import digest_of  # noqa: PLC0415

    client = Client(headers={"host": "127.0.0.1"})
    if login:
        account = User.objects.get(login=login)
        client.force_login(account)
        digest = digest_of(str(client.session.session_key))
        begin_session(
            account, digest=digest, address="127.0.0.1", device="-", way="test", factor=True
        )
    return client


def _open(client: Any, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def _queries(client: Any, address: str) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        _open(client, address)
    return len(asked)


def _rows(cases: int) -> Iterator[tuple[date, date | None, str, str]]:
    """Yield (received, decided, row, class) over ten years; the last month's are mostly open."""
    draw = random.Random(711)  # noqa: S311  # a repeatable ledger, nothing secret
    today = date.today()
    for _ in range(cases):
        received = today - timedelta(days=draw.randrange(3_650))
        decided: date | None = received + timedelta(days=draw.randrange(30))
        if (decided and decided > today) or draw.random() < 0.005:
            decided = None
        yield received, decided, draw.choice(["r1", "r2", "r3_4", "r4_1", "r6_3"]), "nat"
