"""The report of a county with ten thousand and with a million cases, from the projected columns."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.counties import each
from benchmarks.measure import median_seconds, say

_YEAR = 2024


def run() -> None:
    """Fill a scratch SQLite ledger, then compile its county report."""
    each((10_000, 1_000_000), _measure)


def _measure(folder: Path, cases: int) -> None:
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
