"""Writing every public page of a site anew, as ``gongkai publish --all`` does (SQLite)."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from benchmarks.clocks import say_how_fast_the_machine_is
from benchmarks.measure import say, sizes

_ITEMS = sizes(3_000, 31_000)
"""Three pages an item, and some thousands of lists: the second is 100 000 pages."""


def run() -> None:
    """Measure each size in a process and a place of its own."""
    for items in _ITEMS:
        with tempfile.TemporaryDirectory() as folder:
            pid = os.fork()
            if pid == 0:
                _measure(Path(folder), items)
                os._exit(0)
            if os.waitpid(pid, 0)[1]:
                raise SystemExit("rebuilding failed")


def _measure(folder: Path, items: int) -> None:
    os.environ |= {"GONGKAI_MODE": "demo", "GONGKAI_DATA": str(folder)}
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.project.settings"
    import django  # noqa: PLC0415  # settings are read from the environment set above

    django.setup()
    from benchmarks.site import Site  # noqa: PLC0415  # models need the settings
    from gongkai.publication.actions.writing import ask_everything, write_all_due  # noqa: PLC0415

    (folder / "static").mkdir()
    Site.make(items, long=True).fill_to(items)
    wall, cpu = time.perf_counter(), time.process_time()
    pages = ask_everything()
    written, failed = write_all_due(lambda done, total: None)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert not failed, failed
    say(
        f"{pages} pages written anew",
        f"{wall:.0f} s, {written / wall:.0f} a second",
        "bar: 600 s at 100,000",
    )
    say("of it in this process", f"CPU {cpu:.0f} s, {written / cpu:.0f} a second")
    say_how_fast_the_machine_is()
