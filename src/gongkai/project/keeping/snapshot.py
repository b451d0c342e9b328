"""The database at one instant, as files, while others go on writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from gongkai.project.keeping.actions import clear_sessions
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.manifest import Content, Head

Say = Callable[[str], None]
SQLITE = "gongkai.sqlite3"
SESSIONS = "django_session"
"""Who is signed in just now: a copy of it would be a bundle of keys, so everybody signs in again."""
_PAGES = 2_000
_HEADS = "SELECT stream, seq, hash FROM audit_head ORDER BY stream"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"


def take(connection: BaseDatabaseWrapper, folder: Path, say: Say) -> Content:
    """Write the database of *connection* into *folder* as it stands at one instant; say what it is.

    Uses a connection of its own, so that a transaction of the caller's is not in the copy.
    """
    folder.mkdir(mode=0o700, parents=True)
    if connection.vendor == "sqlite":
        return _from_sqlite(Path(connection.settings_dict["NAME"]), folder / SQLITE, say)
    beside = connection.copy()
    try:
        beside.ensure_connection()
        with connection.wrap_database_errors:
            return _from_postgresql(beside.connection, folder, say)
    finally:
        beside.close()


def sqlite_content(path: Path) -> Content:
    """Return what the SQLite database at *path* holds."""
    with closing(sqlite3.connect(path)) as database:
        tables = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY name"
            )
        ]
        rows = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # the database's own name
            for name in tables
        }
        return Content(
            vendor="sqlite",
            server=sqlite3.sqlite_version,
            migrations=database.execute(_MIGRATIONS).fetchall(),
            rows=rows,
            columns={},
            sequences={},
            heads=_heads(database.execute(_HEADS).fetchall()),
        )


def postgresql_content(database: psycopg.Connection[Any]) -> Content:
    """Return what the PostgreSQL database holds, for the transaction *database* is in."""
    columns = _columns(database)
    return Content(
        vendor="postgresql",
        server=str(database.info.server_version // 10_000),
        migrations=_all(database, _MIGRATIONS),
        rows={table: _count(database, table) for table in columns},
        columns=columns,
        sequences=_sequences(database),
        heads=_heads(_all(database, _HEADS)),
    )


def _from_sqlite(source: Path, target: Path, say: Say) -> Content:
    if not source.is_file():
        raise KeepingRefused(f"没有找到数据库 {source}。请核对 GONGKAI_DATA 与 DATABASE_URL。")

    def progress(_: int, remaining: int, total: int) -> None:
        say(f"数据库已复制 {100 * (total - remaining) // max(total, 1)}%")

    with (
        closing(sqlite3.connect(source, timeout=60, isolation_level=None)) as ours,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # A read transaction pins one snapshot of the write-ahead log: without it, every write of
        # somebody else would start the copy over again.
        ours.execute("BEGIN")
        ours.execute("SELECT count(*) FROM sqlite_master").fetchone()
        ours.backup(copy, pages=_PAGES, progress=progress, sleep=0)
        ours.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE").fetchone()
        clear_sessions(copy)
    return sqlite_content(target)


def _from_postgresql(database: psycopg.Connection[Any], folder: Path, say: Say) -> Content:
    database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        content = postgresql_content(database)
        for done, (table, columns) in enumerate(content.columns.items(), start=1):
            _copy_out(database, table, columns, folder / f"{table}.copy")
            say(f"数据库已复制 {done}/{len(content.columns)} 张表")
    finally:
        database.execute("ROLLBACK")
    if SESSIONS in content.rows:
        content.rows[SESSIONS] = 0
    return content


def _copy_out(
    database: psycopg.Connection[Any], table: str, columns: Iterable[str], target: Path
) -> None:
    rows = sql.SQL("SELECT {} FROM {}").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
    )
    none = sql.SQL(" WHERE false" if table == SESSIONS else "")
    command = sql.SQL("COPY ({}{}) TO STDOUT").format(rows, none)
    with target.open("xb") as file, database.cursor() as cursor, cursor.copy(command) as copy:
        for block in copy:
            file.write(block)


def _columns(database: psycopg.Connection[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in _all(database, _COLUMNS):
        found.setdefault(table, []).append(column)
    return found


def _sequences(database: psycopg.Connection[Any]) -> dict[str, tuple[str, int, bool]]:
    found = {}
    for table, column, sequence in _all(database, _OWNED):
        state = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(sequence))
        last, called = database.execute(state).fetchall()[0]
        found[table] = (str(column), int(last), bool(called))
    return found


def _count(database: psycopg.Connection[Any], table: str) -> int:
    command = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    return int(database.execute(command).fetchall()[0][0])


def _all(database: psycopg.Connection[Any], command: str) -> list[Any]:
    return database.execute(command.encode()).fetchall()


def _heads(rows: Iterable[tuple[str, int, str]]) -> list[Head]:
    return [Head(*row) for row in rows]


_COLUMNS = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY c.relname COLLATE "C", a.attnum
"""
_OWNED = """
SELECT t.relname, a.attname, s.relname FROM pg_class s
JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace
ORDER BY t.relname COLLATE "C"
"""
