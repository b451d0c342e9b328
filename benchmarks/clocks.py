"""Deadlines a second, with and without the day-by-day proof; and by them, how fast the machine is today."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from benchmarks.measure import median_seconds, say
from gongkai.law.clock import deadline, due_date
from gongkai.law.rules import Rules

_COUNT = 5_000


def run() -> None:
    """Measure over receipt days spread through 2024 and 2025."""
    say("deadline with proof", f"{_a_second(deadline):,.0f} /s")
    say("due date alone", f"{_a_second(due_date):,.0f} /s")


def say_how_fast_the_machine_is() -> None:
    """Print how many due dates it does a second and its load: figures of another hour compare by these."""
    say(
        "due dates a second, load of the machine",
        f"{_a_second(due_date):,.0f} /s, {os.getloadavg()[0]:.1f}",
    )


def _a_second(work: Callable[..., object]) -> float:
    rules, days = _rules(), [date(2024, 1, 1) + timedelta(days=n % 640) for n in range(_COUNT)]
    limit = rules.limit("reply.limit")
    return _COUNT / median_seconds(lambda: [work(day, (), limit, rules) for day in days])


@cache
def _rules() -> Rules:
    return Rules.national(date(2025, 12, 31))
