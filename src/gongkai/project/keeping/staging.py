"""A private folder beside the place where something is to appear; whatever happens, it goes."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX, _SUFFIX = ".gongkai-", ".part"


@contextmanager
def staging(parent: Path) -> Iterator[Path]:
    """Yield an empty folder in *parent*, on the same disk; remove it at the end.

    One that a killed process left behind is removed first: its lock died with the process.
    """
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=parent))
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def is_staging(name: str) -> bool:
    """Whether a folder of this *name* is one of ours."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def sync_tree(folder: Path) -> None:
    """Wait until every file below *folder* is on the disk."""
    for path in (*folder.rglob("*"), folder, folder.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*{_SUFFIX}"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue  # another process is at work in it
        finally:
            os.close(handle)
