"""What ought to be found by everybody: each room that has something public tells it here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol
from uuid import UUID

from gongkai.search.entry import Entry
from gongkai.search.models import PublicEntry


class Source(Protocol):
    """Something of which all that is public is found. Keys of different sources never meet."""

    def keys(self) -> set[UUID]:
        """Return what is public now, by key."""

    def entries(self, keys: Sequence[UUID]) -> Iterator[Entry]:
        """Yield what is found of *keys*; what is not public is left out."""

    def every(self) -> Iterator[Entry]:
        """Yield an entry for everything that is public now, in few queries a batch."""


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Enter a source under its *name*, once."""
    _sources[name] = source


def every_entry() -> Iterator[Entry]:
    """Yield an entry for everything that is public now."""
    return chain.from_iterable(source.every() for source in _sources.values())


def entries_of(keys: Iterable[UUID]) -> Iterator[Entry]:
    """Yield what is found of *keys*, whosever they are; what is not public is left out."""
    wanted = list(keys)
    return chain.from_iterable(source.entries(wanted) for source in _sources.values())


def unequal_keys() -> tuple[list[UUID], list[UUID]]:
    """Return what is public and not in the index, and what is in it and not public."""
    out = set[UUID]().union(*(source.keys() for source in _sources.values()))
    found = set(PublicEntry.objects.values_list("uid", flat=True))
    return sorted(out - found), sorted(found - out)
