"""Files on disk, known by the hash of what is in them: ``private/blobs/{aa}/{sha256}``, never served from there.

A file is whole before its row commits. A crash between the two leaves a file without a row, which
harms nobody and is used again by the next upload of the same bytes; never a row without its file.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_OWNER_ONLY = 0o700
_PART = ".part-"


@dataclass(frozen=True)
class Stored:
    """What was put on disk."""

    sha256: str
    size: int


def folder() -> Path:
    """Return where the files are."""
    root: Path = settings.DATA
    return root / "private" / "blobs"


def path_of(sha256: str) -> Path:
    """Return where the file with this hash is, or would be."""
    return folder() / sha256[:2] / sha256


def store(chunks: Iterable[bytes]) -> Stored:
    """Put a file on disk for good and return its hash. Raises ``OSError`` when the disk refuses."""
    folder().mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PART, dir=folder())  # made 0600
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            hashed, size = hashlib.sha256(), 0
            for chunk in chunks:
                file.write(chunk)
                hashed.update(chunk)
                size += len(chunk)
            file.flush()
            os.fsync(file.fileno())
        found = Stored(hashed.hexdigest(), size)
        _settle(part, path_of(found.sha256))
    finally:
        part.unlink(missing_ok=True)
    return found


def discard(hashes: Iterable[str]) -> None:
    """Take files off the disk for good: what the law had destroyed."""
    for sha256 in hashes:
        path_of(sha256).unlink(missing_ok=True)


def sweep(*, before: float) -> None:
    """Remove halves of files last touched before the instant *before* (seconds): their process is no more."""
    for part in folder().glob(f"{_PART}*"):
        if part.stat().st_mtime < before:
            part.unlink(missing_ok=True)


def hash_on_disk(sha256: str) -> str | None:
    """Return the hash of what lies where *sha256* should lie, None where nothing does."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def names_on_disk() -> Iterator[str]:
    """Yield the hash each file on disk is named by."""
    for path in sorted(folder().glob("??/*")) if folder().is_dir() else ():
        yield path.name


def _settle(part: Path, target: Path) -> None:
    target.parent.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    part.rename(target)
    for place in (target.parent, folder()):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
