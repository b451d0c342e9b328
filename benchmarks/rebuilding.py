"""Writing every public page of a site anew, as ``gongkai publish --all`` does (SQLite)."""

from __future__ import annotations

import os
import time
from pathlib import Path

from benchmarks.clocks import say_how_fast_the_machine_is
from benchmarks.counties import each
from benchmarks.measure import say, sizes

_ITEMS = sizes(3_000, 31_000)
"""Three pages an item, and some thousands of lists: the second is 100 000 pages."""
_CORES = len(os.sched_getaffinity(0))


def run() -> None:
    """Measure each size in a process and a place of its own."""
    each(_ITEMS, _measure)


def _measure(folder: Path, items: int) -> None:
    from benchmarks.site import Site  # noqa: PLC0415  # models need the settings
    from gongkai.publication.actions.hands import hands  # noqa: PLC0415
    from gongkai.publication.actions.writing import ask_everything, write_all_due  # noqa: PLC0415

    (folder / "static").mkdir()
    Site.make(items, long=True).fill_to(items)
    wall = time.perf_counter()
    pages = ask_everything()
    with hands(_CORES) as by:
        written, failed = write_all_due(lambda done, total: None, by)
    wall = time.perf_counter() - wall
    assert not failed, failed
    say(
        f"{pages} pages written anew",
        f"{wall:.0f} s, {written / wall:.0f} a second",
        "bar: 600 s at 100,000",
    )
    spent = sum(os.times()[:4])
    say("all processes, what was made for it included", f"CPU {spent:.0f} s")
    say_how_fast_the_machine_is()
