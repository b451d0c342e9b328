"""The public folder: a file is there whole or not at all, and what was written survives a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
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

    def settle(self) -> list[Path]:
        """Give the file its name, in one step; whatever had it before is gone.

        Return the folders that changed: the caller makes the name last with :func:`keep_names` or :func:`keep_all`.
        """
        target = self.folder / self.path
        changed = _make(target.parent, self.folder)
        self.waiting.replace(target)
        return [*changed, target.parent]

    def drop(self) -> None:
        """Forget the bytes: what they were for did not come about."""
        self.waiting.unlink(missing_ok=True)


def prepare(folder: Path, path: str, data: bytes) -> Prepared:
    """Put *data* on the disk for *path*, invisible yet. Raises ``OSError`` when there is no room for it.

    The caller makes it last with :func:`keep_bytes` or :func:`keep_all`.
    """
    for above in _make(folder, folder.parent):
        _keep(above)
    place = folder / WAITING
    place.mkdir(exist_ok=True)
    waiting = place / uuid4().hex
    try:
        with waiting.open("xb") as file:
            file.write(data)
        waiting.chmod(0o644)  # the web server reads as another user
    except OSError:
        waiting.unlink(missing_ok=True)
        raise
    return Prepared(folder, path, waiting)


def keep_bytes(files: Iterable[Prepared]) -> None:
    """Make the bytes of a few files last. Raises ``OSError`` when there is no room for them."""
    handles: list[int] = []
    try:
        for one in files:
            handles.append(os.open(one.waiting, os.O_RDONLY))
            # All are on their way to the disk before the first is waited for: then they wait together.
            os.posix_fadvise(handles[-1], 0, 0, os.POSIX_FADV_DONTNEED)
        for handle in handles:
            os.fsync(handle)
    finally:
        for handle in handles:
            os.close(handle)


def keep_names(changed: Iterable[Path]) -> None:
    """Make the names in the folders *changed* last."""
    for place in dict.fromkeys(changed):
        _keep(place)


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


def _make(place: Path, folder: Path) -> list[Path]:
    """Make *place*; return the folders above new ones, which have to be kept."""
    missing = []
    while not place.is_dir() and place != folder.parent:
        missing.append(place)
        place = place.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        one.chmod(_OPEN)  # the web server looks into it as another user, whatever our own mask is
    return [one.parent for one in reversed(missing)]


def _keep(place: Path) -> None:
    """A name lasts once its folder is on the disk."""
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
