"""The staff pages of a county with 60 agencies and 100 000 requests: server time and queries."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measure import median_seconds, say

_CASES = 100_000
_PAGES = (
    ("sign-in page", "/desk/sign-in/", "bar: 50 ms"),
    ("to-do of the county's openness office", "/desk/", "bar: 100 ms, 12 queries"),
    ("list of requests, open", "/desk/cases/", "bar: 150 ms, 12 queries"),
    ("list of requests, all", "/desk/cases/?state=", "bar: 150 ms, 12 queries"),
    ("list of requests, one year and agency", "/desk/cases/?state=&year=2024&agency=SQ0000009", "bar: 150 ms, 12 queries"),
    ("list of requests, by number", "/desk/cases/?state=&q=B-777", "bar: 150 ms, 12 queries"),
    ("search", "/desk/search/?q=B-777", "bar: 150 ms, 12 queries"),
    ("unit returns of 60 agencies", "/desk/returns/?year=2024", "bar: 150 ms, 12 queries"),
)  # fmt: skip


def run() -> None:
    """Fill a scratch SQLite ledger, then open each page as the county's openness officer."""
    with tempfile.TemporaryDirectory() as folder:
        pid = os.fork()
        if pid == 0:
            _measure(Path(folder))
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        if status:
            raise SystemExit("opening the staff pages failed")


def _measure(folder: Path) -> None:
    os.environ |= {"GONGKAI_MODE": "demo", "GONGKAI_DATA": str(folder)}
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")
    import django  # noqa: PLC0415  # settings are read from the environment set above

    django.setup()
    from benchmarks.ledger import add_extensions, fill  # noqa: PLC0415  # models need the settings

    (folder / "static").mkdir()
    fill(_rows(_CASES))
    add_extensions(date.today())
    visitor, officer = _client(None), _client("demo-officer")
    for title, address, bar in _PAGES:
        client = visitor if "sign-in" in address else officer
        seconds = median_seconds(lambda client=client, address=address: _open(client, address))  # type: ignore[misc]
        say(title, f"{seconds * 1000:.0f} ms, {_queries(client, address)} queries", bar)


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
