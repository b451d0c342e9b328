"""Under which keys the sealed values lie, and which of them cannot be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count

from gongkai.vault import legacy
from gongkai.vault.cipher import Unreadable
from gongkai.vault.columns import declared
from gongkai.vault.ring import ring

_EVERY = 1_000  # values between two lines of progress


@dataclass(frozen=True)
class Lot:
    """So many values of one column that lie under one key."""

    title: str
    key_id: str
    count: int

    @property
    def key_is_here(self) -> bool:
        """Whether a key of this installation may open them; for key ``1`` only opening tells."""
        return self.key_id == legacy.KEY_ID or ring().named(self.key_id) is not None

    @property
    def is_current(self) -> bool:
        return self.key_id == ring().current.id


@dataclass(frozen=True)
class Closed:
    """A value that cannot be opened, by the uid of its row, and why."""

    title: str
    uid: str
    why: str


def lots() -> list[Lot]:
    """Return how many values of each column lie under each key."""
    found = []
    for column in declared():
        counted = column.rows().order_by().values(column.key_id).annotate(count=Count("pk"))
        by_key = sorted((row[column.key_id], row["count"]) for row in counted)
        found += [Lot(column.title, key_id, count) for key_id, count in by_key]
    return found


def unreadable(say: Callable[[str], None]) -> Iterator[Closed]:
    """Open every value, show none, and yield those that do not open. Tells *say* how far it is."""
    for column in declared():
        whole = column.rows().count()
        for n, row in enumerate(column.rows().iterator(chunk_size=column.at_once), start=1):
            try:
                column.open(row)
            except Unreadable as wrong:
                yield Closed(column.title, str(row.uid), str(wrong))
            if n % _EVERY == 0 or n == whole:
                say(f"{column.title}：已核对 {n} / {whole}")
