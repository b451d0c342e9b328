"""Work on another database than the one of the settings, under the ordinary name."""

from __future__ import annotations

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.utils import ConnectionHandler

from gongkai.project.databases import database_from_url

T = TypeVar("T")
_ALIAS = "default"


def in_database(url: str, work: Callable[[], T]) -> T:
    """Return what *work* returns when every query of it goes to the database at *url*.

    Connections belong to a thread: in a thread of its own, *work* can reach no other database.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="elsewhere") as alone:
        return alone.submit(_there, url, work).result()


def _there(url: str, work: Callable[[], T]) -> T:
    handler = ConnectionHandler({_ALIAS: _settings(url)})
    connection = handler[_ALIAS]
    connections[_ALIAS] = connection
    ContentType.objects.clear_cache()
    try:
        return work()
    finally:
        connection.close()
        del connections[_ALIAS]
        ContentType.objects.clear_cache()


def _settings(url: str) -> dict[str, Any]:
    return copy.deepcopy({**database_from_url(url), "CONN_MAX_AGE": 0})
