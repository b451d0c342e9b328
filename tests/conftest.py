"""What every test needs: guards that survive emptying a database, sessions that survive a short cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management.commands import flush
from django.db import connections
from django.test import Client
from django.test.client import ClientMixin

from gongkai.audit import guards
from gongkai.people.actions.sessions import begin_session
from gongkai.people.models import User
from gongkai.people.tokens import digest_of
from gongkai.search.actions.indexing import empty_all
from tests.journeys.browsing import browser, browser_page, page

__all__ = ["browser", "browser_page", "page"]


@pytest.fixture(scope="session", autouse=True)
def _a_forced_sign_in_has_a_session_of_our_own() -> Iterator[None]:
    """Let ``Client.force_login`` do what the sign-in page does after the last step."""
    ordinary: Callable[..., None] = vars(ClientMixin)["_login"]

    def signed_in(client: Client, user: User, backend: str | None = None) -> None:
        ordinary(client, user, backend)
        digest = digest_of(str(client.session.session_key))
        begin_session(
            user, digest=digest, address="127.0.0.1", device="测试", way="test", factor=True
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientMixin, "_login", signed_in)
        yield


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
            said = ordinary(command, **options)
            empty_all()  # SQLite's index is no table of a model: a flush does not know of it
            return said
        finally:
            guards.install_all(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield
