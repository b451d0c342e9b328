"""The snapshot of the public index, written beside the old one and put in its place when it is whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from gongkai.audit import clock
from gongkai.search import snapshot
from gongkai.search.actions.indexing import Say
from gongkai.search.actions.rows import Indexed, Row, insert_sqlite
from gongkai.search.entry import Audience
from gongkai.search.fts import create_indexes
from gongkai.search.labels import labels_of
from gongkai.search.models import PublicEntry, Synonym
from gongkai.search.places import TABLES
from gongkai.text import bigrams

_BATCH = 500
_TABLES = TABLES[Audience.PUBLIC]


def write_snapshot(say: Say) -> int:
    """Write the public entries of this moment to ``search.sqlite``; return how many they are.

    Raises ``OSError`` or ``sqlite3.Error`` (a full disk); the old file is then still there.
    """
    path = snapshot.path()
    fresh = path.with_name(f".{path.name}.part")
    fresh.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(fresh, isolation_level=None)) as file:
            done = _fill(file, say)
        _settle(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return done


def _fill(file: sqlite3.Connection, say: Say) -> int:
    def ask(statement: str, values: Sequence[Any]) -> list[Any]:
        return file.execute(statement.replace("%s", "?"), values).fetchall()

    def tell(statement: str, rows: Sequence[Sequence[Any]]) -> None:
        file.executemany(statement.replace("%s", "?"), rows)

    # Nobody reads the file before it is whole, so nothing need be undone.
    file.execute("PRAGMA journal_mode=OFF")
    file.execute("PRAGMA synchronous=OFF")
    file.executescript(_SCHEMA)
    file.execute("BEGIN")
    for statement in create_indexes(_TABLES):
        file.execute(statement)
    tell(
        "INSERT INTO search_snapshot VALUES (%s, %s)",
        [[clock.today().isoformat(), bigrams.VERSION]],
    )
    tell(
        "INSERT INTO search_synonym VALUES (%s, %s)",
        list(Synonym.objects.values_list("folded_term", "folded_equal")),
    )
    done, rest = 0, _rows()
    while batch := list(islice(rest, _BATCH)):
        insert_sqlite(ask, tell, _TABLES, batch)
        done += len(batch)
        say(f"已写入 {done} 条")
    for name in (_TABLES.index, _TABLES.titles):
        tell(f"INSERT INTO {name} ({name}) VALUES (%s)", [["optimize"]])  # noqa: S608  # our own names
    file.execute("COMMIT")
    return done


def _rows() -> Iterator[Row]:
    """Yield every public entry as one statement finds them: of one moment, whoever is publishing."""
    found = PublicEntry.objects.filter(body__analyzer_version=bigrams.VERSION)
    for entry in found.select_related("body").order_by("pk").iterator(_BATCH):
        body = entry.body
        uid, day = entry.uid.hex, entry.published_on
        yield Row(
            day,
            (uid, entry.folded_title, entry.agency_id, entry.kind, entry.columns, entry.year,
             day.isoformat(), entry.effect),
            (uid, body.title, body.number, body.url, body.folded, bytes(body.shown),
             body.analyzer_version),
            Indexed(
                entry.folded_title,
                body.folded,
                tuple(
                    labels_of(entry.agency_id, entry.kind, entry.columns, entry.year, entry.effect)
                ),
            ),
        )  # fmt: skip


def _settle(fresh: Path, path: Path) -> None:
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


_SCHEMA = f"""
CREATE TABLE search_snapshot (taken_on text NOT NULL, analyzer_version integer NOT NULL);
CREATE TABLE search_synonym (folded_term text NOT NULL, folded_equal text NOT NULL);
CREATE TABLE {_TABLES.entry} (
    id integer PRIMARY KEY, uid text NOT NULL, folded_title text NOT NULL, agency_id integer NOT NULL,
    kind text NOT NULL, columns text NOT NULL, year integer NOT NULL, published_on text NOT NULL,
    effect text NOT NULL);
CREATE TABLE {_TABLES.body} (
    entry_id text PRIMARY KEY, title text NOT NULL, number text NOT NULL, url text NOT NULL,
    folded text NOT NULL, shown blob NOT NULL, analyzer_version integer NOT NULL) WITHOUT ROWID;
"""
