"""What every test needs: guards that survive emptying a database, sessions that survive a short cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management.commands import flush
from django.test import Client
from django.test.client import ClientMixin

from gongkai.people.actions.sessions import begin_session
from gongkai.people.models import User
from gongkai.people.tokens import digest_of
from tests.emptying import emptied
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
def _a_database_is_emptied_past_its_guards() -> Iterator[None]:
    """Let what Django does between transactional tests empty append-only tables too, and be quick about it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", emptied)
        yield
