"""Accounts for the pages of the letters."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.rooms.cast import Cast
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.rulebook.conftest import signed_in


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def officer(cast: Cast) -> Client:
    """初审李, of the county's openness office."""
    return signed_in(cast.li)


@pytest.fixture
def leader(cast: Cast) -> Client:
    """终审赵, who heads the county's office."""
    return signed_in(cast.zhao)


@pytest.fixture
def outsider(cast: Cast) -> Client:
    """外局孙, of another agency."""
    return signed_in(cast.sun)
