"""Who is signed in, and what to answer to somebody who may not."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from gongkai.agencies.models import AgencyName
from gongkai.agencies.queries import names_on, standing_on
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.people.models import Person, User

_KEPT = "_gongkai_standing"
_NAMES = "_gongkai_names"


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in. Staff pages only."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user.person


def standing_of(request: HttpRequest) -> Standing:
    """Return who is signed in, with today's roles. Asked of the database once a request."""
    found = getattr(request, _KEPT, None)
    if not isinstance(found, Standing):
        found = standing_on(person_of(request), clock.today())
        setattr(request, _KEPT, found)
    return found


def names_of(request: HttpRequest) -> dict[int, AgencyName]:
    """Return today's name of every agency by its row. Asked of the database once a request."""
    found = getattr(request, _NAMES, None)
    if not isinstance(found, dict):
        found = names_on(clock.today())
        setattr(request, _NAMES, found)
    return found


def require(allowed: bool, whose: str) -> None:
    """Raise ``PermissionDenied`` unless *allowed*; *whose* names the roles whose task it is."""
    if not allowed:
        raise PermissionDenied(whose)


def role_codes_of(person: Person) -> frozenset[str]:
    """Return the codes of today's roles, for the room of people, which lies below this one."""
    return frozenset(role.value for role in standing_on(person, clock.today()).roles)


def role_codes_asked(request: HttpRequest) -> frozenset[str]:
    """Return the codes of today's roles of who is signed in, from the standing of the request."""
    return frozenset(role.value for role in standing_of(request).roles)
