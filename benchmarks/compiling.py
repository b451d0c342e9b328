"""The report of a county with ten thousand and with a million cases, from the projected columns."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import median_seconds, say

_YEAR = 2024


def run() -> None:
    """Fill a scratch SQLite ledger, then compile its county report."""
    for cases in (10_000, 1_000_000):
        with tempfile.TemporaryDirectory() as folder:
            pid = os.fork()
            if pid == 0:
                _measure(Path(folder), cases)
                os._exit(0)
            _, status = os.waitpid(pid, 0)
            if status:
                raise SystemExit(f"compiling {cases} cases failed")


def _measure(folder: Path, cases: int) -> None:
    os.environ |= {"GONGKAI_MODE": "demo", "GONGKAI_DATA": str(folder)}
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")
    import django  # noqa: PLC0415  # settings are read from the environment set above

    django.setup()
    from benchmarks.ledger import fill  # noqa: PLC0415  # models need the settings above
    from gongkai.reporting.compile import compile_draft  # noqa: PLC0415

    report = fill(_rows(cases))
    seconds = median_seconds(lambda: compile_draft(report, date(_YEAR, 12, 31)), runs=3)
    say(f"compile a county of {cases:,} cases", f"{seconds:.3f} s", "bar: 2 s at 1,000,000")


def _rows(cases: int) -> Iterator[tuple[date, date | None, str, str]]:
    """Yield (received, decided, row, class), three years around the one reported, seeded."""
    draw = random.Random(711)  # noqa: S311  # a repeatable ledger, nothing secret
    rows = ["r1", "r1", "r1", "r2", "r3_4", "r4_1", "r4_1", "r5_1", "r6_3"]
    for _ in range(cases):
        received = date(_YEAR - 1, 1, 1) + timedelta(days=draw.randrange(1_000))
        decided = received + timedelta(days=draw.randrange(40)) if draw.random() < 0.97 else None
        yield received, decided, draw.choice(rows), draw.choice(["nat"] * 8 + ["com", "law"])
