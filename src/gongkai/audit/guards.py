"""Database triggers that refuse what no form, script or shell may do, on SQLite and PostgreSQL alike.

A room declares its guards when it is ready; they are installed after every migrate and looked for
at start-up. The words of a refusal are Chinese because a person may meet them in a log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_FUNCTION = "gongkai_refuse"


class Unguarded(Exception):
    """Triggers that protect the log are missing."""


@dataclass(frozen=True)
class Guard:
    """Refuses *operations* on rows of *table* for which *when* (SQL over OLD) holds.

    *exists* is a query over NEW: rows it finds are what the new row may not stand beside.
    """

    table: str
    name: str
    operations: tuple[str, ...]
    message: str
    when: str | None = None
    exists: str | None = None

    def trigger(self, operation: str) -> str:
        return f"{self.table}_{self.name}_{operation.lower()}"


_declared: dict[tuple[str, str], Guard] = {}


def append_only(table: str) -> Guard:
    """A table whose rows are written once and stay."""
    message = f"{table} 只可追加，不可修改或删除（不变量八）"
    return Guard(table, "append_only", ("UPDATE", "DELETE", "TRUNCATE"), message)


def kept(*tables: str) -> tuple[Guard, ...]:
    """Tables whose rows may move on but never disappear: what is ended is ended by another row."""
    return tuple(
        Guard(
            table,
            "kept",
            ("DELETE", "TRUNCATE"),
            f"{table} 的记录不可删除，请用撤回、退出或更正（不变量三）",
        )
        for table in tables
    )


def immutable_when(table: str, name: str, when: str, message: str) -> Guard:
    """A table whose rows stay as they are once *when* (SQL over OLD) is true."""
    return Guard(table, name, ("UPDATE", "DELETE"), message, when)


def declare(*guards: Guard) -> None:
    """Add guards to those installed after migrate and looked for at start-up."""
    for guard in guards:
        _declared[guard.table, guard.name] = guard


def declared() -> tuple[Guard, ...]:
    return tuple(_declared.values())


def install_all(connection: BaseDatabaseWrapper) -> None:
    """Create every declared trigger whose table exists. Safe to run again."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for guard in declared():
            if guard.table in tables:
                if guard.exists and connection.vendor == "postgresql":
                    cursor.execute(_postgresql_search(guard))
                for statement in _statements(guard, connection.vendor):
                    cursor.execute(statement)


def drop_all(connection: BaseDatabaseWrapper) -> None:
    """Remove every declared trigger: only for emptying a test database or a planned repair."""
    with connection.cursor() as cursor:
        for name, table in installed(connection):
            suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{suffix}")


def lift_for_migration(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers that would keep a migration from changing a table.

    SQLite refuses to rename a table into place while some trigger names one that is not there;
    PostgreSQL refuses to change a column that the condition of a trigger names. ``install_all``
    puts them back when the migrate is done.
    """
    postgresql = connection.vendor == "postgresql"
    in_the_way = {
        guard.trigger(op)
        for guard in declared()
        if (guard.when if postgresql else guard.exists)
        for op in guard.operations
    }
    with connection.cursor() as cursor:
        for name, table in installed(connection):
            if name in in_the_way:
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of declared triggers that are not in the database."""
    present = {name for name, _ in installed(connection)}
    return sorted(
        guard.trigger(operation)
        for guard in declared()
        for operation in _operations(guard, connection.vendor)
        if guard.trigger(operation) not in present
    )


def installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Return (trigger, table) of every declared trigger found in the database."""
    ours = {guard.trigger(op) for guard in declared() for op in guard.operations}
    query = _INSTALLED[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [(name, table) for name, table in cursor.fetchall() if name in ours]


def install_after_migrate(sender: AppConfig, using: str = "default", **_: Any) -> None:
    install_all(connections[using])


def lift_before_migrate(sender: AppConfig, using: str = "default", **_: Any) -> None:
    lift_for_migration(connections[using])


def refuse_unguarded(connection: BaseDatabaseWrapper) -> None:
    """Start-up check: raise ``Unguarded`` for a database that does not protect its log.

    Not a Django system check: those run before ``migrate``, which is what puts the triggers back.
    """
    absent = missing(connection)
    if absent:
        raise Unguarded(
            f"数据库缺少保护触发器：{'、'.join(absent)}。请运行 gongkai migrate 重新安装；"
            "触发器缺失期间的改动请用 gongkai audit verify 核对。"
        )


def _operations(guard: Guard, vendor: str) -> tuple[str, ...]:
    # SQLite has no TRUNCATE; PostgreSQL's TRUNCATE passes row triggers and needs its own.
    if vendor == "postgresql":
        return guard.operations
    return tuple(operation for operation in guard.operations if operation != "TRUNCATE")


def _statements(guard: Guard, vendor: str) -> list[str]:
    build = _postgresql_trigger if vendor == "postgresql" else _sqlite_trigger
    return [build(guard, operation) for operation in _operations(guard, vendor)]


def _sqlite_trigger(guard: Guard, operation: str) -> str:
    condition = f"EXISTS ({guard.exists})" if guard.exists else guard.when
    when = f"WHEN {condition} " if condition else ""
    # What a new row may not stand beside is asked afterwards: before, SQLite has given it no id.
    moment = "AFTER" if guard.exists else "BEFORE"
    return (
        f"CREATE TRIGGER IF NOT EXISTS {guard.trigger(operation)} {moment} {operation} ON {guard.table} "
        f"{when}BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    )


def _postgresql_search(guard: Guard) -> str:
    """A condition of a PostgreSQL trigger may not query: the function does."""
    return f"""
CREATE OR REPLACE FUNCTION {_search_name(guard)}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({guard.exists}) THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""


def _search_name(guard: Guard) -> str:
    return f"gongkai_{guard.table}_{guard.name}"


def _postgresql_trigger(guard: Guard, operation: str) -> str:
    level = "STATEMENT" if operation == "TRUNCATE" else "ROW"
    function = _search_name(guard) if guard.exists else _FUNCTION
    when = f"WHEN ({guard.when}) " if guard.when and level == "ROW" else ""
    return (
        f"CREATE OR REPLACE TRIGGER {guard.trigger(operation)} BEFORE {operation} ON {guard.table} "
        f"FOR EACH {level} {when}EXECUTE FUNCTION {function}('{guard.message}')"
    )


_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

_INSTALLED = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal"
    ),
}
