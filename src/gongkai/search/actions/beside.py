"""PostgreSQL: the index of an audience made anew in tables beside the old ones, which answer until it is whole.

An index is built several times faster once the entries are all there than it grows while they come. But a table that
loses its index loses it for everybody: it is locked until the transaction ends. So nothing is taken from the old
tables. The new ones take their names at the end, which is a matter of a moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from typing import Any

from django.db import connection

from gongkai.search.places import Tables

_FRESH = "_fresh"
_MEMORY = "256MB"
"""For building the index."""
_SHAPES = (
    "SELECT indexname, split_part(indexdef, ' USING ', 2) FROM pg_indexes WHERE tablename = %s"
)
_OPTIONS = "SELECT array_to_string(reloptions, ', ') FROM pg_class WHERE relname = %s AND reloptions IS NOT NULL"


def lock_out_writers(tables: Tables) -> None:
    """Let who only searches go on, and who wants to change an entry wait until the transaction ends."""
    _tell(f"LOCK TABLE {tables.entry} IN EXCLUSIVE MODE")


@contextmanager
def made_beside(tables: Tables) -> Iterator[Tables]:
    """Lend tables like *tables*, empty and without the index of numbers; afterwards they are *tables*.

    The last step waits for those who are searching at that moment. Of what was lent nothing is left after a failure.
    """
    lock_out_writers(tables)
    fresh = Tables(*(name + _FRESH for name in astuple(tables)))
    for old, new in _both(tables, fresh):
        _create_like(old, new)
    _tell(f"DROP INDEX {_shapes(fresh.entry)[_shape_of(tables)]}")
    yield fresh
    index_numbers(fresh)
    for old, new in _both(tables, fresh):
        _tell(f"ANALYZE {new}")
        _take_place(old, new)


def index_numbers(tables: Tables) -> None:
    """Build the index of the numbers that are in *tables*, of which there is none."""
    _tell(f"SET LOCAL maintenance_work_mem = '{_MEMORY}'")
    _tell(f"CREATE INDEX {tables.tokens} ON {tables.entry} USING gin (tokens)")


def _both(tables: Tables, fresh: Tables) -> tuple[tuple[str, str], ...]:
    return (tables.entry, fresh.entry), (tables.body, fresh.body)


def _create_like(old: str, new: str) -> None:
    _tell(f"CREATE TABLE {new} (LIKE {old} INCLUDING ALL)")
    for (options,) in _ask(_OPTIONS, old):
        _tell(f"ALTER TABLE {new} SET ({options})")


def _take_place(old: str, new: str) -> None:
    """Let the table *new* bear every name of *old*, which goes: its own, of its indexes, of its sequence."""
    names, fresh = _shapes(old), _shapes(new)
    _tell(f"DROP TABLE {old}")
    _tell(f"ALTER TABLE {new} RENAME TO {old}")
    for shape, name in names.items():
        _tell(f"ALTER INDEX {fresh[shape]} RENAME TO {name}")
    _tell(f"ALTER SEQUENCE IF EXISTS {new}_id_seq RENAME TO {old}_id_seq")


def _shape_of(tables: Tables) -> str:
    """Return over what the index of numbers is."""
    return next(shape for shape, name in _shapes(tables.entry).items() if name == tables.tokens)


def _shapes(table: str) -> dict[str, str]:
    """Return the indexes of *table*: how each is made, and its name."""
    return {shape: name for name, shape in _ask(_SHAPES, table)}


def _ask(statement: str, name: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [name])
        return list(cursor.fetchall())


def _tell(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
