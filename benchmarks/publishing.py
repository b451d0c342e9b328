"""Publishing one item with 10 000 and with 1 000 000 public ones in the tables, on both databases.

Each size has a process and a database of its own, and they publish in turns: what slows the machine for a while slows
both, and leaves their ratio as it is.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.clocks import say_how_fast_the_machine_is
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


@dataclass(frozen=True)
class _Followed:
    """Seconds it took to write the *pages* that one publication made due beside its own."""

    seconds: float
    pages: int


@dataclass(frozen=True)
class _County:
    """A process with a filled database: each sign on *line* has it publish once and say what that took."""

    where: str
    line: Connection

    def publish(self) -> _Taken:
        self.line.send("publish")
        taken: _Taken = self._said()
        return taken

    def follow(self) -> _Followed:
        self.line.send("follow")
        followed: _Followed = self._said()
        return followed

    def dismiss(self) -> None:
        self.line.send("")

    def _said(self) -> Any:
        try:
            return self.line.recv()
        except EOFError:
            raise SystemExit(f"publishing failed, {self.where}") from None


def run() -> None:
    """Measure on SQLite and, unless SKIP is set, on PostgreSQL."""
    _compare("sqlite")
    if "SKIP" not in os.environ:
        _compare("postgresql")


def _compare(vendor: str) -> None:
    with ExitStack() as stack:
        counties = [_county(vendor, size, stack) for size in _SIZES]
        for county in counties:
            say(f"rows made, {county.where}", f"{county.line.recv():.0f} s")
        taken: list[list[_Taken]] = [[] for _ in counties]
        for _ in range(_WARM + _ITEMS):
            for county, mine in zip(counties, taken, strict=True):
                mine.append(county.publish())
        for county, mine in zip(counties, taken, strict=True):
            _tell(county, mine[_WARM:])
        _tell_ratio(vendor, [mine[_WARM:] for mine in taken])
        say_how_fast_the_machine_is()


def _county(vendor: str, size: int, stack: ExitStack) -> _County:
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    url = f"sqlite:///{folder}/bench.sqlite3"
    if vendor == "postgresql":
        url = stack.enter_context(throwaway(LASTING))
    ours, theirs = multiprocessing.Pipe()
    settings = {"GONGKAI_MODE": "demo", "GONGKAI_DATA": folder, "DATABASE_URL": url}
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(theirs, Path(folder), settings, size)
    )
    process.start()
    theirs.close()
    county = _County(f"{vendor}, {size:,}", ours)
    stack.callback(process.join)
    stack.callback(county.dismiss)
    return county


def _tell(county: _County, taken: Sequence[_Taken]) -> None:
    wall = sorted(one.wall for one in taken)
    p95 = wall[int(len(wall) * 0.95)]
    figure = f"p50 {_median(taken, 'wall'):.1f}, p95 {p95:.1f} ms"
    beside = f"CPU {_median(taken, 'cpu'):.1f}, disk {_median(taken, 'disk'):.1f}"
    say(f"publish one, {county.where}", f"{figure}; {beside}", "bar: 50 ms")
    followed = [county.follow() for _ in range(_FOLLOWING)]
    took = statistics.median(one.seconds for one in followed)
    say(f"the {followed[-1].pages} pages that follow, {county.where}", f"{took:.2f} s", "bar: 5 s")


def _tell_ratio(vendor: str, taken: Sequence[Sequence[_Taken]]) -> None:
    ratios = [_median(taken[-1], of) / _median(taken[0], of) for of in ("wall", "cpu")]
    say(
        f"ratio of the two medians, {vendor}",
        f"{ratios[0]:.2f}; by processor time {ratios[1]:.2f}",
        "bar: 1.2",
    )


def _median(taken: Sequence[_Taken], of: str) -> float:
    return statistics.median([float(getattr(one, of)) for one in taken])


def _serve(line: Connection, folder: Path, settings: dict[str, str], size: int) -> None:
    os.environ |= settings | {"DJANGO_SETTINGS_MODULE": "gongkai.project.settings"}
    import django  # noqa: PLC0415  # settings are read from the environment set above

    django.setup()
    from benchmarks.site import Site  # noqa: PLC0415  # models need the settings

    (folder / "static").mkdir()
    began = time.perf_counter()
    site = Site.make(size)
    site.fill_to(size)
    editions = iter(site.sealed(_WARM + _ITEMS + _FOLLOWING))
    line.send(time.perf_counter() - began)
    acts = {"publish": _publish, "follow": _follow}
    while asked := line.recv():
        line.send(acts[asked](next(editions), site.cast.chen))


def _publish(edition: Any, by: Any) -> _Taken:
    from gongkai.publication.actions import publish_edition  # noqa: PLC0415

    _empty_queue()
    return _timed(lambda: publish_edition(edition, by=by))


def _follow(edition: Any, by: Any) -> _Followed:
    """Publish once more; time the writing of what that made due beside its own pages."""
    from gongkai.publication.actions import publish_edition  # noqa: PLC0415
    from gongkai.publication.actions.writing import write_all_due  # noqa: PLC0415

    write_all_due(lambda done, total: None)
    publish_edition(edition, by=by)
    began = time.perf_counter()
    pages, failed = write_all_due(lambda done, total: None)
    assert not failed
    return _Followed(time.perf_counter() - began, pages)


def _empty_queue() -> None:
    """Leave no job waiting, as where a worker is at hand: each publication asks for one."""
    from gongkai.jobs.actions import stop  # noqa: PLC0415
    from gongkai.jobs.identity import CLOCKWORK  # noqa: PLC0415
    from gongkai.jobs.models import Job, State  # noqa: PLC0415

    for job in Job.objects.filter(state=State.QUEUED):
        stop(job, by=CLOCKWORK)


def _timed(work: Callable[[], object]) -> _Taken:
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
