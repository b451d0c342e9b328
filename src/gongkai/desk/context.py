"""What the shell of every staff page shows: who is signed in, in which roles, and where one can go."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.agencies.access import names_of, standing_of
from gongkai.desk.menu import Entry, menu_of
from gongkai.people.models import User


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the values of the staff frame. Functions: a public page does not ask for them."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}

    def menu() -> list[Entry]:
        return menu_of(standing_of(request))

    def posts() -> list[tuple[str, str]]:
        standing = standing_of(request)
        names = names_of(request)
        return [(names[held.agency_id].name, held.role.label) for held in standing.held]

    return {"menu": menu, "standing": lambda: standing_of(request), "posts": posts}
