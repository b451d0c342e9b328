"""Putting a copy back: the only writes here, into a place that is empty or was ours a moment ago."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from gongkai.audit import guards
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.manifest import Content

_BLOCK = 1 << 20


def clear_sessions(copy: sqlite3.Connection) -> None:
    """Forget, in a copy, who is signed in, and leave no trace of it on its pages."""
    copy.execute("PRAGMA secure_delete=ON").fetchone()
    present = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_session'").fetchone()
    if present:
        copy.execute("DELETE FROM django_session")


def refuse_unknown(connection: BaseDatabaseWrapper, content: Content) -> None:
    """Raise ``KeepingRefused`` for a copy with a migration that this program does not have."""
    known = MigrationExecutor(connection).loader.graph.nodes
    strange = [f"{app}.{name}" for app, name in content.migrations if (app, name) not in known]
    if strange:
        raise KeepingRefused(
            f"备份里有本机程序没有的迁移（{'、'.join(strange[:3])}，共 {len(strange)} 项）："
            "备份由较新的版本生成。请先安装生成备份的那个版本或更新的版本，再恢复。"
        )


def refill_sqlite(copy: Path, target: Path) -> None:
    """Make the database at *target* what *copy* is, in one transaction of SQLite."""
    with (
        closing(sqlite3.connect(copy, isolation_level=None)) as source,
        closing(sqlite3.connect(target, timeout=60, isolation_level=None)) as database,
    ):
        source.backup(database)


def refill_postgresql(connection: BaseDatabaseWrapper, folder: Path, content: Content) -> None:
    """Build the tables as of the copy's migrations and fill them: all in one transaction.

    What was there before goes in the same transaction, so a failure leaves everything as it was.
    """
    refuse_unknown(connection, content)
    with transaction.atomic(using=connection.alias):
        _drop_everything(connection)
        _build(connection, content.migrations)
        with connection.wrap_database_errors:
            _fill(connection.connection, folder, content)
        _check(connection)
        guards.install_all(connection)


def _drop_everything(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")


def _build(connection: BaseDatabaseWrapper, migrations: Iterable[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        # A data migration followed by a change of the same table would otherwise meet its own
        # unchecked foreign keys.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate(_leaves(executor, set(migrations)))
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        names = ", ".join(map(connection.ops.quote_name, tables))
        cursor.execute(f"TRUNCATE {names}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _leaves(executor: MigrationExecutor, wanted: set[tuple[str, str]]) -> list[tuple[str, str]]:
    nodes = executor.loader.graph.node_map
    return sorted(
        one
        for one in wanted
        if not any(child.key in wanted and child.key[0] == one[0] for child in nodes[one].children)
    )


def _fill(database: psycopg.Connection[Any], folder: Path, content: Content) -> None:
    for table, columns in content.columns.items():
        command = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with (
            (folder / f"{table}.copy").open("rb") as file,
            database.cursor() as cursor,
            cursor.copy(command) as copy,
        ):
            while block := file.read(_BLOCK):
                copy.write(block)
    for table, (column, last, called) in content.sequences.items():
        database.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
            [f'"{table}"', column, last, called],
        )


def _check(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # every foreign key, before the commit
