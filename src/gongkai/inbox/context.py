"""How many messages wait, for the frame of staff pages."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.inbox.queries import unread_of
from gongkai.people.models import User


def unread(request: HttpRequest) -> dict[str, object]:
    """Return ``unread``: a function, so that a page whose frame does not ask costs no query."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    person_id = user.person_id
    return {"unread": lambda: unread_of(person_id)}
