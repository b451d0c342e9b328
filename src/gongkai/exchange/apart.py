"""A throw-away ledger: the real tables, guards and actions, in memory, gone when the work is done."""

from __future__ import annotations

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from gongkai.audit.guards import refuse_unguarded

T = TypeVar("T")
_ALIAS = "default"
_SETTINGS = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ":memory:",
    "OPTIONS": {"init_command": "PRAGMA foreign_keys=ON;"},
    "ATOMIC_REQUESTS": False,
}
_furnished: list[bytes] = []


def in_throwaway_ledger(work: Callable[[], T]) -> T:
    """Return what *work* returns when run over an empty ledger of its own.

    Connections belong to a thread: in a thread of its own, every action and query of *work* finds this
    ledger under the ordinary name and can reach no other. Safe beside a running site.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="throwaway-ledger") as alone:
        return alone.submit(_with_ledger, work).result()


def _with_ledger(work: Callable[[], T]) -> T:
    connection = DatabaseWrapper(_settings(), _ALIAS)
    connections[_ALIAS] = connection
    try:
        connection.ensure_connection()
        _furnish(connection)
        refuse_unguarded(connection)
        return work()
    finally:
        connection.close()
        del connections[_ALIAS]


def _furnish(connection: DatabaseWrapper) -> None:
    """Give *connection* the ledger's tables and guards: migrated once a process, then copied."""
    if _furnished:
        connection.connection.deserialize(_furnished[0])
        return
    call_command("migrate", verbosity=0, interactive=False)
    # Kept by alias for the whole process: the next to ask shall not get this ledger's keys.
    ContentType.objects.clear_cache()
    _furnished.append(connection.connection.serialize())


def _settings() -> dict[str, object]:
    # What a site may set beside engine and name (time zone, test options) has Django's defaults.
    return {**copy.deepcopy(connections.settings[_ALIAS]), **copy.deepcopy(_SETTINGS)}
