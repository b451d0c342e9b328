"""Timing with the median of several runs, printed as one line a figure."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable


def median_seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Return the median wall time of *work* over *runs* after one warm-up."""
    work()
    return statistics.median(_once(work) for _ in range(runs))


def sizes(*usual: int) -> tuple[int, ...]:
    """Return how much to make before measuring: *usual*, or what ``BENCH_ITEMS`` says (``10000,100000``)."""
    said = os.environ.get("BENCH_ITEMS")
    return tuple(map(int, said.split(","))) if said else usual


def say(title: str, figure: str, bar: str = "") -> None:
    """Print one measured figure, with its bar."""
    print(f"{title:<44} {figure:>22}   {bar}", flush=True)


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
