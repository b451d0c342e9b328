"""The public folder: a file is there whole or not at all, and what was written survives a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

WAITING = ".waiting"
"""Where files lie until their moment: same file system, hidden, so that neither server hands them out."""


_OPEN = 0o755


@dataclass(frozen=True)
class Prepared:
    """Bytes that lie on the disk already and only want their name."""

    folder: Path
    path: str
    waiting: Path

    def settle(self, *, lasting: bool = True) -> None:
        """Give the file its name, in one step; whatever had it before is gone.

        Without *lasting*, the caller makes many names last at once with :func:`keep_all`.
        """
        target = self.folder / self.path
        _make(target.parent, self.folder)
        self.waiting.replace(target)
        if lasting:
            _keep(target.parent)

    def drop(self) -> None:
        """Forget the bytes: what they were for did not come about."""
        self.waiting.unlink(missing_ok=True)


def prepare(folder: Path, path: str, data: bytes, *, lasting: bool = True) -> Prepared:
    """Put *data* on the disk for *path*, invisible yet. Raises ``OSError`` when there is no room for it.

    Without *lasting*, the caller makes many files last at once with :func:`keep_all`.
    """
    _make(folder, folder.parent)
    place = folder / WAITING
    place.mkdir(exist_ok=True)
    waiting = place / uuid4().hex
    try:
        with waiting.open("xb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        waiting.chmod(0o644)  # the web server reads as another user
    except OSError:
        waiting.unlink(missing_ok=True)
        raise
    return Prepared(folder, path, waiting)


def keep_all() -> None:
    """Make last whatever was written: dearer than one file, far cheaper than a hundred."""
    os.sync()


def remove(folder: Path, path: str) -> bool:
    """Take the file at *path* away, for good; return whether there was one."""
    target = folder / path
    try:
        target.unlink()
    except FileNotFoundError:
        return False
    _keep(target.parent)
    return True


def read(folder: Path, path: str) -> bytes | None:
    """Return the bytes at *path*, or None where there is no file."""
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return (folder / path).read_bytes()
    return None


def paths(folder: Path) -> Iterator[str]:
    """Yield the path of every file that is not hidden, relative to *folder*."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield str((Path(place) / name).relative_to(folder))


def abandoned(folder: Path, *, before: float) -> list[Path]:
    """Return waiting files last touched before the instant *before* (seconds): their process is no more."""
    place = folder / WAITING
    if not place.is_dir():
        return []
    return sorted(one for one in place.iterdir() if one.stat().st_mtime < before)


def _make(place: Path, folder: Path) -> None:
    """Make *place*, and let each new folder be kept by the one above it."""
    missing = []
    while not place.is_dir() and place != folder.parent:
        missing.append(place)
        place = place.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        one.chmod(_OPEN)  # the web server looks into it as another user, whatever our own mask is
        _keep(one.parent)


def _keep(place: Path) -> None:
    """A name lasts once its folder is on the disk."""
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
