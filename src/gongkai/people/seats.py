"""The roles a person holds, as far as signing in asks; the room of agencies, which knows, tells them.

This room lies below that of agencies and may not import it: agencies hands in the answer when the
program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.http import HttpRequest

from gongkai.people.models import Person


class Seat(StrEnum):
    """三员分立: three administrators who watch one another; the values are those of the roles."""

    SYSTEM = "system_administrator"
    SECURITY = "security_administrator"
    AUDIT = "audit_administrator"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {Seat.SYSTEM: "系统管理员", Seat.SECURITY: "安全管理员", Seat.AUDIT: "审计管理员"}

Roles = frozenset[str]


class _Answers:
    of_person: Callable[[Person], Roles]
    of_request: Callable[[HttpRequest], Roles]


def tell(of_person: Callable[[Person], Roles], of_request: Callable[[HttpRequest], Roles]) -> None:
    """Hand in how to learn somebody's roles of today: from the database, or once a request."""
    _Answers.of_person = staticmethod(of_person)
    _Answers.of_request = staticmethod(of_request)


def roles_of(person: Person) -> Roles:
    """Return the codes of the roles *person* holds today."""
    return _Answers.of_person(person)


def roles_asked(request: HttpRequest) -> Roles:
    """Return the codes of the roles of who is signed in. Asked of the database once a request."""
    return _Answers.of_request(request)


def seat_of(roles: Roles) -> Seat | None:
    """Return the administrator's seat among *roles*; nobody holds two."""
    return next((seat for seat in Seat if seat.value in roles), None)
