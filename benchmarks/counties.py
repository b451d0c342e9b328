"""An empty county to measure in: a process and a place of its own for each size."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path


def each(
    sizes: Iterable[int], measure: Callable[[Path, int], None], *, elsewhere: bool = False
) -> None:
    """Do *measure* (a data folder, a size) for each size, and end with what failed if one did.

    The database is SQLite in the scratch folder; with *elsewhere* the one that DATABASE_URL names, if it does.
    """
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            pid = os.fork()
            if pid == 0:
                begin(Path(folder), elsewhere=elsewhere)
                measure(Path(folder), size)
                os._exit(0)
            if os.waitpid(pid, 0)[1]:
                raise SystemExit(f"{measure.__module__} failed at {size}")


def begin(folder: Path, *, elsewhere: bool = False) -> None:
    """Let this process be a site that keeps everything in *folder*."""
    if not elsewhere:
        os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ |= {"GONGKAI_MODE": "demo", "GONGKAI_DATA": str(folder)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.project.settings"
    import django  # noqa: PLC0415  # settings are read from the environment set above

    django.setup()
