"""What every test needs: guards that survive the emptying of a test database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management.commands import flush
from django.db import connections

from gongkai.audit import guards


@pytest.fixture(scope="session", autouse=True)
def _emptying_a_database_lifts_its_guards() -> Iterator[None]:
    """Let Django empty an append-only table between transactional tests, and only then.

    The guards come back with the ``post_migrate`` signal that flush sends; they are installed here
    as well, because a flush may be told to send none.
    """
    ordinary = flush.Command.handle

    def handle(command: flush.Command, **options: object) -> str | None:
        connection = connections[str(options["database"])]
        guards.drop_all(connection)
        try:
            return ordinary(command, **options)
        finally:
            guards.install_all(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield
