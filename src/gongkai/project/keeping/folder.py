"""Which files of the data folder a backup takes: all but what is derived, and never a key."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gongkai.project.keeping.staging import is_staging

LOCK = "running.lock"
LAST_BACKUP = "last-backup.json"
BACKUPS = "backups"
DERIVED = {"static", "submissions", "cache", "uploads", BACKUPS}
"""Made again by the program itself, or (the copies taken before an upgrade) copies already."""
_OWN = {LAST_BACKUP, "search.sqlite"}
_LOCKS = ".lock"
_SQLITE_TAILS = ("", "-wal", "-shm", "-journal")
_MOST_OF_A_KEY_FILE = 1 << 20


def kept_files(data: Path, *, database: Path | None, out: Path) -> Iterator[Path]:
    """Yield the ordinary files below *data* that belong into a backup, the database apart."""
    apart = {Path(f"{database}{tail}").resolve() for tail in _SQLITE_TAILS} if database else set()
    for folder, folders, names in os.walk(data):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if _is_entered(here / name, data, out))
        for name in sorted(names):
            path = here / name
            mine = here == data and (name in _OWN or name.endswith(_LOCKS))
            if (
                path.is_file()
                and not path.is_symlink()
                and not mine
                and path.resolve() not in apart
            ):
                yield path


def is_kept_for_good(path: Path) -> bool:
    """Whether *path*, seen from the data folder, is a file that the database refers to by its hash."""
    return path.parts[:2] == ("private", "blobs") and not path.name.startswith(".")


def key_files(environment: Mapping[str, str]) -> set[Path]:
    """Return the files in which the operator keeps secrets."""
    return {
        Path(value).resolve()
        for name, value in environment.items()
        if name.startswith("GONGKAI_") and name.endswith("_FILE") and value
    }


def holds_a_key(path: Path, keys: Iterable[str]) -> bool:
    """Whether a small file contains one of the *keys*, under whatever name."""
    if path.stat().st_size > _MOST_OF_A_KEY_FILE:
        return False
    body = path.read_bytes()
    return any(key.encode() in body for key in keys if key)


def _is_entered(folder: Path, data: Path, out: Path) -> bool:
    if folder.is_symlink() or folder.resolve() == out.resolve() or is_staging(folder.name):
        return False
    return not (folder.parent == data and folder.name in DERIVED)
