"""Letting rows be found, in the transaction that shows them, and no longer than they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from gongkai.publication.actions.finding import renew_snapshot_soon
from gongkai.registers.found_by import in_batches
from gongkai.registers.models import Entry
from gongkai.registers.refusal import RegisterRefused
from gongkai.search import actions as search
from gongkai.search.actions.indexing import IndexOutdated
from gongkai.search.entry import Audience


def let_find_new(rows: Sequence[Entry]) -> None:
    """Let *rows*, none of which was found before, be found."""
    search.add(in_batches(rows), audience=Audience.PUBLIC)


def let_find_again(rows: Sequence[Entry]) -> None:
    """Let *rows* be found by what they say now. Raises :class:`RegisterRefused`."""
    with _told_plainly():
        for entry in in_batches(rows):
            search.index(entry)


def let_find_no_more(rows: Sequence[Entry]) -> None:
    """Let *rows* be found no more, in the snapshot either. Raises :class:`RegisterRefused`."""
    with _told_plainly():
        for row in rows:
            search.remove(row.uid, audience=Audience.PUBLIC)
    renew_snapshot_soon()


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except IndexOutdated as outdated:
        raise RegisterRefused(f"没有办成。{outdated}") from outdated
