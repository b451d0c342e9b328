"""重建索引的同时有人检索、有人发布：检索照常，发布等一等，谁也不丢。"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from gongkai.search.actions import rebuild
from gongkai.search.entry import Audience, Entry
from tests.rooms.search.conftest import entry, found, put

pytestmark = pytest.mark.django_db(transaction=True)
_CATALOGUE = """
    SELECT c.relname, c.relkind, c.reloptions, pg_get_indexdef(c.oid), k.conname
    FROM pg_class c LEFT JOIN pg_constraint k ON k.conindid = c.oid OR k.conrelid = c.oid AND k.contype = 'c'
    WHERE c.relname LIKE 'search\\_%' ORDER BY 1, 5
"""
_COLUMNS = """
    SELECT table_name, column_name, data_type, column_default, is_nullable, is_identity, a.attstorage
    FROM information_schema.columns
    JOIN pg_attribute a ON a.attrelid = table_name::regclass AND a.attname = column_name
    WHERE table_name LIKE 'search\\_%' ORDER BY 1, 2
"""


def asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def elsewhere(others: ThreadPoolExecutor, work: Any, *given: Any) -> Future[Any]:
    """Do *work* on a connection of its own."""

    def done() -> Any:
        try:
            return work(*given)
        finally:
            connection.close()

    return others.submit(done)


def test_who_searches_meanwhile_finds_the_old_and_who_publishes_waits() -> None:
    """“重建期间可以照常检索”：旧的一直找得到；同时发布的在重建完成以后编入，不丢。"""
    put(entry(1, "旧的一条"))
    seen: list[list[int]] = []
    with ThreadPoolExecutor(2) as others:
        waiting: list[Future[Any]] = []

        def fresh() -> Iterator[Entry]:
            yield entry(2, "新的一条")
            waiting.append(elsewhere(others, put, entry(3, "同时发布的一条")))
            seen.append(elsewhere(others, found, "一条").result(timeout=30))

        assert rebuild(Audience.PUBLIC, fresh(), lambda said: None) == 1
        waiting[0].result(timeout=30)
    assert (seen, found("一条")) == ([[1]], [2, 3])


def test_the_tables_that_take_over_are_like_those_before() -> None:
    """新表与旧表处处相同：名称、索引、约束、存放方式；号码接着自己的序列。"""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 在原表里重建。")
    before = asked(_CATALOGUE), asked(_COLUMNS)
    assert "search_public_tokens" in {row[0] for row in before[0]}
    rebuild(Audience.PUBLIC, [entry(n, f"第{n}条") for n in (1, 2)], lambda said: None)
    rebuild(Audience.PUBLIC, [entry(n, f"第{n}条") for n in (1, 2, 3)], lambda said: None)
    assert (asked(_CATALOGUE), asked(_COLUMNS)) == before
    put(entry(4, "第4条"))
    assert found("第") == [1, 2, 3, 4]
