"""Publishing one item with 10 000 and with 1 000 000 public ones in the tables, on both databases."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import say, sizes
from tests.postgres import LASTING, throwaway

_SIZES = sizes(10_000, 1_000_000)
_ITEMS = 40
_WARM = 5
_FOLLOWING = 5
"""After how many publications the rest of the pages is waited for."""


@dataclass(frozen=True)
class _Taken:
    """Milliseconds: on the wall, of this process, and waited for the disk."""

    wall: float
    cpu: float
    disk: float


def run() -> None:
    """Measure on SQLite and on PostgreSQL, each in a process and a place of its own."""
    with tempfile.TemporaryDirectory() as folder:
        _apart(Path(folder), f"sqlite:///{folder}/bench.sqlite3")
    if "SKIP" in os.environ:
        return
    with throwaway(LASTING) as url, tempfile.TemporaryDirectory() as folder:
        _apart(Path(folder), url)


def _apart(folder: Path, url: str) -> None:
    pid = os.fork()
    if pid == 0:
        os.environ |= {"GONGKAI_MODE": "demo", "GONGKAI_DATA": str(folder), "DATABASE_URL": url}
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.project.settings"
        _measure(folder)
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        raise SystemExit("publishing failed")


def _measure(folder: Path) -> None:
    import django  # noqa: PLC0415  # settings are read from the environment set above

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from benchmarks.site import Site  # noqa: PLC0415  # models need the settings

    (folder / "static").mkdir()
    site, medians = Site.make(_SIZES[-1]), []
    for size in _SIZES:
        began = time.perf_counter()
        site.fill_to(size)
        where = f"{connection.vendor}, {size:,}"
        say(f"rows made, {where}", f"{time.perf_counter() - began:.0f} s")
        medians.append(_publish(site, where))
        _follow(site, where)
    say(
        f"ratio of the two medians, {connection.vendor}",
        f"{medians[-1] / medians[0]:.2f}",
        "bar: 1.2",
    )
    say("load of the machine", f"{os.getloadavg()[0]:.1f}")


def _publish(site: Any, where: str) -> float:
    """Publish item after item; return the median of their milliseconds."""
    from gongkai.publication.actions import publish_edition  # noqa: PLC0415

    editions = site.sealed(_WARM + _ITEMS)
    taken: list[_Taken] = []
    for edition in editions:
        _empty_queue()
        taken.append(_timed(lambda edition=edition: publish_edition(edition, by=site.cast.chen)))
    wall = sorted(one.wall for one in taken[_WARM:])
    median = statistics.median(wall)
    cpu, disk = (
        statistics.median(getattr(one, name) for one in taken[_WARM:]) for name in ("cpu", "disk")
    )
    p95 = wall[int(len(wall) * 0.95)]
    figure = f"p50 {median:.1f}, p95 {p95:.1f} ms; CPU {cpu:.1f}, disk {disk:.1f}"
    say(f"publish one, {where}", figure, "bar: 50 ms")
    return median


def _empty_queue() -> None:
    """Leave no job waiting, as where a worker is at hand: each publication asks for one."""
    from gongkai.jobs.actions import stop  # noqa: PLC0415
    from gongkai.jobs.identity import CLOCKWORK  # noqa: PLC0415
    from gongkai.jobs.models import Job, State  # noqa: PLC0415

    for job in Job.objects.filter(state=State.QUEUED):
        stop(job, by=CLOCKWORK)


def _follow(site: Any, where: str) -> None:
    """Write whatever one publication made due beside its own pages."""
    from gongkai.publication.actions import publish_edition  # noqa: PLC0415
    from gongkai.publication.actions.writing import write_all_due  # noqa: PLC0415

    write_all_due(lambda done, total: None)
    taken, pages = [], 0
    for edition in site.sealed(_FOLLOWING):
        publish_edition(edition, by=site.cast.chen)
        began = time.perf_counter()
        pages, failed = write_all_due(lambda done, total: None)
        taken.append(time.perf_counter() - began)
        assert not failed
    say(f"the {pages} pages that follow, {where}", f"{statistics.median(taken):.2f} s", "bar: 5 s")


def _timed(work: Any) -> _Taken:
    with _waiting() as waited:
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return _Taken(wall * 1000, cpu * 1000, sum(waited) * 1000)


@contextmanager
def _waiting() -> Iterator[list[float]]:
    """Yield the seconds that files and folders are waited for; the database's own waiting is not among them."""
    waited: list[float] = []
    fsync = os.fsync

    def counted(handle: int) -> None:
        began = time.perf_counter()
        fsync(handle)
        waited.append(time.perf_counter() - began)

    os.fsync = counted  # type: ignore[assignment]
    try:
        yield waited
    finally:
        os.fsync = fsync
