"""Entries into the index and out of it, in the transaction of what they tell of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from gongkai.search.actions.beside import lock_out_writers, made_beside
from gongkai.search.actions.rows import (
    Indexed,
    Row,
    delete_sqlite,
    insert_postgresql,
    insert_sqlite,
    row_of,
)
from gongkai.search.entry import Audience, Entry
from gongkai.search.labels import labels_of
from gongkai.search.places import TABLES, Tables
from gongkai.text import bigrams

Say = Callable[[str], None]
_BATCH = 500


class IndexOutdated(Exception):
    """The index was built by another version of the program."""


def index(entry: Entry) -> None:
    """Let *entry* be found, in place of what was under its key before.

    Called inside the transaction of the publication: both are kept or neither. The index is derived
    and nobody's act, so no event tells of it. Raises ``RuntimeError`` outside a transaction,
    :class:`IndexOutdated` when what is there was built by another analyser.
    """
    remove(entry.key, audience=entry.audience)
    _insert(TABLES[entry.audience], [row_of(entry)])


def add(entries: Iterable[Entry], *, audience: Audience) -> int:
    """Let many *entries* be found, none of which is there yet; return how many.

    Raises ``RuntimeError`` outside a transaction, ``ValueError`` for an entry of another audience.
    """
    _refuse_outside()
    return _insert_all(TABLES[audience], audience, entries, lambda said: None)


def remove(key: UUID, *, audience: Audience) -> None:
    """Let what is under *key* be found no more; nothing there is nothing to do. Raises like :func:`index`."""
    _refuse_outside()
    tables = TABLES[audience]
    # Locked with the first look: who looked and only then waited for a rebuild would stop it at its end.
    locked = "" if connection.vendor == "sqlite" else " FOR UPDATE OF e"
    found = _ask(
        "SELECT e.id, b.analyzer_version, e.folded_title, b.folded, e.agency_id, e.kind, e.columns, "  # noqa: S608  # our own names
        "e.year, e.effect "
        f"FROM {tables.entry} e JOIN {tables.body} b ON b.entry_id = e.uid WHERE e.uid = %s{locked}",
        [key.hex],
    )
    for row, version, folded_title, folded, *by in found:
        if version != bigrams.VERSION:
            raise IndexOutdated(
                "检索索引由另一版本的程序建立，现在不能逐条改动。请系统管理员重建索引后再办理。"
            )
        if connection.vendor == "sqlite":
            indexed = Indexed(folded_title, folded, tuple(labels_of(*by)))
            delete_sqlite(_tell, tables, row, indexed)
        _tell(f"DELETE FROM {tables.body} WHERE entry_id = %s", [[key.hex]])  # noqa: S608  # 〃
        _tell(f"DELETE FROM {tables.entry} WHERE id = %s", [[row]])  # noqa: S608  # 〃


@transaction.atomic
def rebuild(audience: Audience, entries: Iterable[Entry], say: Say) -> int:
    """Put *entries* in place of the whole index of *audience*; return how many they are.

    Readers find the old index until the new one is complete. Whoever publishes meanwhile waits: an
    entry indexed beside a rebuild would be lost. Raises ``ValueError`` for an entry of another audience.
    """
    made_anew = _made_anew if connection.vendor == "sqlite" else made_beside
    with made_anew(TABLES[audience]) as tables:
        return _insert_all(tables, audience, entries, say)


def merge_waiting() -> int:
    """Sort what was added since into the indexes of PostgreSQL; return how many pages of it waited.

    An entry of 1 700 numbers that each look for their place takes a quarter of a second; added to a list
    that every search reads too, a few milliseconds. The list must not grow: sorted in at once, it costs little.
    """
    if connection.vendor != "postgresql":
        return 0
    merged = [
        _ask("SELECT gin_clean_pending_list(%s::regclass)", [tables.tokens])
        for tables in TABLES.values()
    ]
    return sum(rows[0][0] for rows in merged)


def empty_all() -> None:
    """Empty the index of every audience."""
    with transaction.atomic():
        for tables in TABLES.values():
            _empty(tables)


def _insert_all(tables: Tables, audience: Audience, entries: Iterable[Entry], say: Say) -> int:
    done, rest = 0, iter(entries)
    while batch := list(islice(rest, _BATCH)):
        if any(entry.audience is not audience for entry in batch):
            raise ValueError(audience)
        _insert(tables, [row_of(entry) for entry in batch])
        done += len(batch)
        say(f"已编入 {done} 条")
    return done


def _insert(tables: Tables, rows: Sequence[Row]) -> None:
    if connection.vendor == "sqlite":
        insert_sqlite(_ask, _tell, tables, rows)
    else:
        insert_postgresql(_tell, tables, rows)


def _empty(tables: Tables) -> None:
    # On PostgreSQL others could write beside us; on SQLite the first write takes the only turn.
    if connection.vendor == "postgresql":
        lock_out_writers(tables)
    _tell(f"DELETE FROM {tables.body}", [[]])  # noqa: S608  # our own names
    _tell(f"DELETE FROM {tables.entry}", [[]])  # noqa: S608  # 〃
    if connection.vendor == "sqlite":
        _command(tables, "delete-all")


@contextmanager
def _made_anew(tables: Tables) -> Iterator[Tables]:
    """SQLite shows readers what was there until the commit, so the tables are emptied and filled again."""
    _empty(tables)
    yield tables
    _command(tables, "optimize")


def _command(tables: Tables, command: str) -> None:
    for name in (tables.index, tables.titles):
        _tell(f"INSERT INTO {name} ({name}) VALUES (%s)", [[command]])  # noqa: S608  # our own names


def _refuse_outside() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("the index is written in the transaction of what it tells of")


def _ask(statement: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _tell(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(statement, rows[0] or None)
        else:
            cursor.executemany(statement, rows)
