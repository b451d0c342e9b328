"""Administrators, a clock that can be moved, and a browser's way through the sign-in pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from pytest_django import Settings

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.people.actions import open_account, register_person
from gongkai.people.actions.factors import enrol_factor
from gongkai.people.models import Person, User
from tests.rooms.cast import SINCE, Cast

PASSWORD = "晒场-北斗-1987"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REASON = "为新到岗人员开通账号"


class MovedClock:
    """The machine's clock under the test's hand."""

    def __init__(self) -> None:
        self.at = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    """Return a clock at ten in the morning of 3 June 2024."""
    found = MovedClock()
    monkeypatch.setattr(clock, "now", found.now)
    return found


@dataclass(frozen=True)
class Office:
    """The cast, and the three administrators."""

    cast: Cast
    system: Person
    security: Person
    audit: Person


@pytest.fixture
def office(cast: Cast) -> Office:
    """Return the county with its three administrators, one person each."""
    found = []
    for n, role in enumerate(
        (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
    ):
        person = register_person(name=f"{role.label}甲", staff_no=f"G00{n}", by=cast.li)
        appoint(person, cast.county, role=role, since=SINCE, by=cast.li)
        found.append(person)
    return Office(cast, *found)


@pytest.fixture
def chen(cast: Cast) -> User:
    """Return 小陈's account."""
    return open_account(cast.chen, login="chen", password=PASSWORD, by=cast.li)


@pytest.fixture
def sign_in_set(settings: Settings) -> Callable[..., None]:
    """Set values of the sign-in settings: ``sign_in_set(lock_tries=3)``."""

    def change(**values: Any) -> None:
        settings.SIGN_IN = replace(settings.SIGN_IN, **values)

    return change


def sign_in(client: Client, login: str = "chen", password: str = PASSWORD, **more: str) -> Any:
    """Send the sign-in form."""
    return client.post("/desk/sign-in/", {"username": login, "password": password, **more})


def code(at: datetime, secret: str = SECRET) -> str:
    """Return what an authenticator shows at *at*."""
    return pyotp.TOTP(secret).at(at)


def enrol(account: User, moved: MovedClock) -> list[str]:
    """Give *account* an authenticator with the tests' secret, and let its first code pass by."""
    codes = enrol_factor(account, secret=SECRET, code=code(moved.at), by=account.person)
    moved.forward(seconds=60)
    return codes


def administer(client: Client, *, minutes: int = 15, given: str = PASSWORD) -> Any:
    """Begin an administrator session."""
    sent = {"reason": REASON, "minutes": minutes, "code": given}
    return client.post("/desk/administration/", sent)


def administrator_at(person: Person) -> Client:
    """Return a client of *person*, signed in, with an administrator session running."""
    account = open_account(person, login=person.staff_no, password=PASSWORD, by=person)
    client = Client()
    client.force_login(account)
    assert administer(client).status_code == 302
    return client
