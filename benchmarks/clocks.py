"""Deadlines a second, with and without the day-by-day proof."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.measure import median_seconds, say
from gongkai.law.clock import deadline, due_date
from gongkai.law.rules import Rules

_COUNT = 5_000


def run() -> None:
    """Measure over receipt days spread through 2024 and 2025."""
    rules = Rules.national(date(2025, 12, 31))
    limit = rules.limit("reply.limit")
    days = [date(2024, 1, 1) + timedelta(days=n % 640) for n in range(_COUNT)]
    for title, work in (("deadline with proof", deadline), ("due date alone", due_date)):
        seconds = median_seconds(lambda work=work: [work(day, (), limit, rules) for day in days])  # type: ignore[misc]
        say(title, f"{_COUNT / seconds:,.0f} /s")
