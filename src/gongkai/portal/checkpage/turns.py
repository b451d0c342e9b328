"""Whose turn it is: files of one submission at a time are read on the whole machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.people.limits import locked


@contextmanager
def only_one(folder: Path) -> Iterator[bool]:
    """Offer the one place at which files are read, or False when it stays taken.

    The rest of the workers stay free for the rest of the site.
    """
    with locked(folder / "check.lock") as held:
        yield held
