"""Mail that is kept in memory, in an invented county."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from gongkai.people.models import Person
from tests.rooms.cast import Cast
from tests.rooms.jobs.planted import one_connection
from tests.rooms.portal.static_root import make_static_root

__all__ = ["one_connection"]

make_static_root()


@pytest.fixture
def mailing(cast: Cast, settings: Settings, one_connection: None) -> Cast:
    """The county with a mail server, where 小陈 and 初审李 have an address and 外局孙 has none."""
    settings.MAIL = True
    settings.SITE_URL = "https://zwgk.example.gov.cn"
    settings.DEFAULT_FROM_EMAIL = "政务公开 <zwgk@example.gov.cn>"
    for person, name in ((cast.chen, "chen"), (cast.li, "li")):
        person.email = f"{name}@example.gov.cn"
        Person.objects.filter(pk=person.pk).update(email=person.email)
    return cast
