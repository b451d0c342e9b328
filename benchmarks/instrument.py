"""The report instrument: files read and checked a second, reports written a second, and how it scales."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks.measure import median_seconds, say
from gongkai.annualreport.checking.check import check
from gongkai.annualreport.model import Report, from_json
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.verdict.batch import judge_files
from gongkai.annualreport.writing.formats import write

_PUBLISHED = Path(__file__).parent.parent / "src/gongkai_demo/data/published-2024.json"
_BARS = {"html": "bar: 50 a second"}
_FORMS = ("json", "text", "html", "xlsx", "docx", "pdf")
_BATCH = 240


def run() -> None:
    """Print one line for each form, then the scaling over cores and over a cluster's workers."""
    report = from_json(_PUBLISHED.read_bytes())
    for form in _FORMS:
        data = write(report, form)
        count = 3 if form == "pdf" else 20
        seconds = median_seconds(partial(_check, data, count), runs=3)
        say(
            f"read and check {form} ({len(data) // 1024} KB)",
            f"{count / seconds:.0f} a second",
            _BARS.get(form, ""),
        )
    for form in ("docx", "pdf", "xlsx"):
        seconds = median_seconds(partial(_write, report, form, 20), runs=3)
        say(f"write {form}", f"{20 / seconds:.1f} a second")
    with tempfile.TemporaryDirectory() as folder:
        _scaling(_spread(report, Path(folder)))


def _check(data: bytes, times: int) -> None:
    for _ in range(times):
        reading = read(data, source="benchmark")
        assert reading.report is not None
        check(reading.report, printed=reading.printed)


def _write(report: Report, form: str, times: int) -> None:
    for _ in range(times):
        write(report, form)


def _spread(report: Report, folder: Path) -> list[Path]:
    page = write(report, "html")
    paths = [folder / f"{place:03d}.html" for place in range(_BATCH)]
    for path in paths:
        path.write_bytes(page)
    return paths


def _scaling(paths: Sequence[Path]) -> None:
    one = _seconds(paths, ThreadPoolExecutor(1))
    say(f"{_BATCH} pages, one worker process", f"{_BATCH / one:.0f} a second")
    two = _seconds(paths, ThreadPoolExecutor(2))
    say(
        f"{_BATCH} pages, two worker processes",
        f"{_BATCH / two:.0f} a second",
        f"{one / two:.2f} times one",
    )
    for workers in (1, 2):
        with _cluster(workers) as executor:
            seconds = _seconds(paths, executor)
        say(f"{_BATCH} pages, Dask, {workers} worker(s)", f"{_BATCH / seconds:.0f} a second")


def _seconds(paths: Sequence[Path], pool: Executor) -> float:
    list(judge_files(paths[:8], executor=pool))  # the worker processes have started
    start = time.perf_counter()
    assert sum(verdict.report is not None for verdict in judge_files(paths, executor=pool)) == len(
        paths
    )
    return time.perf_counter() - start


@contextmanager
def _cluster(workers: int) -> Iterator[Executor]:
    distributed = import_module("distributed")
    with (
        distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor()
