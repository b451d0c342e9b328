"""Tests that commit leave an empty database with its protections in place (invariant 8)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.audit import guards
from gongkai.audit.guards import Guard

TABLE = "django_session"  # any table will do; this one has no rows of its own


@pytest.fixture
def guarded(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guard]:
    """A protected table, declared as a room would, for this test only."""
    guard = guards.append_only(TABLE)
    monkeypatch.setattr(guards, "_declared", dict(guards._declared))
    guards.declare(guard)
    guards.install_all(connection)
    yield guard
    # Undeclared triggers would be nobody's: they go before the declaration does.
    guards.drop_all(connection)


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")  # noqa: S608  # a constant of this file
        count: int = cursor.fetchone()[0]
        return count


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_committed_rows_are_gone_and_triggers_back(guarded: Guard, turn: int) -> None:
    """Whichever turn comes second meets an empty table and the trigger, not the first one's row."""
    assert rows() == 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (session_key, session_data, expire_date)"  # noqa: S608  # 〃
            " VALUES ('k', '', '2024-01-01 00:00:00')"
        )
    with (
        pytest.raises(DatabaseError, match=TABLE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608  # 〃
    assert rows() == 1
