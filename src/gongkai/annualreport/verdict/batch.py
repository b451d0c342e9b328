"""Many files, judged on any `concurrent.futures.Executor`, their verdicts in the order of the files.

The work of one file runs in a process of its own (`apart`), wherever the executor puts it: threads of
this machine by default, or the workers of a cluster.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gongkai.annualreport.model import Report
from gongkai.annualreport.verdict import apart
from gongkai.annualreport.verdict.files import FileRefused, load, shown
from gongkai.annualreport.verdict.shelf import Shelf, units_of
from gongkai.annualreport.verdict.verdict import Verdict, unreadable

if TYPE_CHECKING:
    from gongkai.annualreport.reading.page import Reading

JUDGE = "gongkai.annualreport.verdict.judge"
_AHEAD = 2  # files waiting for each worker: enough to keep it busy, few enough to stay in memory
T = TypeVar("T")


def judge_apart(
    source: str, data: bytes, *, seconds: float = apart.SECONDS, module: str = JUDGE
) -> Verdict:
    """Return the verdict on one file, judged in a process of its own. Never raises for the file's sake.

    `module` is where `judge`, `read_report` and `conclude` are looked up.
    """
    return cast("Verdict", _apart(source, module, "judge", source, data, seconds=seconds))


def read_apart(
    source: str, data: bytes, *, seconds: float = apart.SECONDS, module: str = JUDGE
) -> Reading | Verdict:
    """Return what was read of one file, or the verdict that it cannot be."""
    found = _apart(source, module, "read_report", source, data, seconds=seconds)
    return cast("Reading | Verdict", found)


def conclude_apart(
    reading: Reading, *, seconds: float = apart.SECONDS, module: str = JUDGE, **given: object
) -> Verdict:
    """Return the verdict on what was read."""
    found = _apart(reading.source, module, "conclude", reading, seconds=seconds, options=given)
    return cast("Verdict", found)


def _apart(source: str, module: str, name: str, *args: object, **how: Any) -> object:
    try:
        return apart.mine().call(module, name, *args, **how)
    except apart.ApartError as error:
        return unreadable(source, str(error))


@contextmanager
def workers(executor: Executor | None, files: int) -> Iterator[tuple[Executor, int]]:
    """Offer an executor and how many jobs it works on at a time; ours uses every core."""
    if executor is not None:
        yield executor, _width(executor)
        return
    width = max(1, min(_cores(), files))
    ours = ThreadPoolExecutor(max_workers=width, thread_name_prefix="verdict")
    try:
        yield ours, width
    finally:
        ours.shutdown(wait=True, cancel_futures=True)


def judge_files(
    paths: Sequence[Path],
    *,
    prev: Shelf | None = None,
    units: Sequence[Report] | None = None,
    executor: Executor | None = None,
    seconds: float = apart.SECONDS,
    module: str = JUDGE,
) -> Iterator[Verdict]:
    """Yield one verdict a file, in order, as soon as it and those before it are known.

    What the executor itself raises (a lost cluster) is raised; nothing is for a file's sake.
    """
    how = {"seconds": seconds, "module": module}
    with workers(executor, len(paths)) as (pool, width):
        ahead = width * _AHEAD
        if prev is None and units is None:
            yield from _in_order((_on(pool, judge_apart, path, how) for path in paths), ahead)
            return
        readings = _in_order((_on(pool, read_apart, path, how) for path in paths), ahead)
        yield from _in_order(
            (_compared(pool, reading, prev, units, how) for reading in readings), ahead
        )


def read_files(paths: Sequence[Path], *, executor: Executor | None = None) -> Iterator[Verdict]:
    """Yield the reports in files, unchecked; an unreadable one with its reason."""
    with workers(executor, len(paths)) as (pool, width):
        readings = (_on(pool, read_apart, path, {}) for path in paths)
        for found in _in_order(readings, width * _AHEAD):
            if isinstance(found, Verdict):
                yield found
            else:
                yield Verdict(source=found.source, report=found.report, reason=found.reason)


def _on(
    pool: Executor, work: Callable[..., Any], path: Path, how: Mapping[str, Any]
) -> Future[Any]:
    """Start the work on one file; a file that cannot be loaded is known at once."""
    source = shown(path)
    try:
        data = load(path)
    except FileRefused as refused:
        return _known(unreadable(source, str(refused)))
    return pool.submit(work, source, data, **how)


def _compared(
    pool: Executor,
    reading: Reading | Verdict,
    prev: Shelf | None,
    units: Sequence[Report] | None,
    how: Mapping[str, Any],
) -> Future[Verdict]:
    """Start the checks of what was read, now that it is known whose report of which year it is."""
    if isinstance(reading, Verdict):
        return _known(reading)
    if reading.report is None:
        return _known(unreadable(reading.source, reading.reason or ""))
    before, no_year = (None, None) if prev is None else prev.before(reading.report)
    own, no_units = (None, None) if units is None else units_of(reading.report, units)
    note = "".join(one for one in (no_year, no_units) if one) or None
    return pool.submit(conclude_apart, reading, prev=before, units=own, note=note, **how)


def _in_order(futures: Iterable[Future[T]], ahead: int) -> Iterator[T]:
    """Yield results in the order of `futures`, which are started as they are drawn, `ahead` at most."""
    waiting: deque[Future[T]] = deque()
    for future in futures:
        waiting.append(future)
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _known(verdict: Verdict) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(verdict)
    return future


def _width(executor: Executor) -> int:
    """How many jobs an executor works on at a time, as far as it says."""
    return int(getattr(executor, "_max_workers", 0) or _cores())


def _cores() -> int:
    """The cores this process may use, which in a container are fewer than there are."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
