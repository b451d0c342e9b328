"""What the shell shows of an administrator session: on every staff page, while it runs."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.audit import clock
from gongkai.people.models import AdministratorSession, User
from gongkai.people.presence import administration_of
from gongkai.people.seats import Seat, roles_asked, seat_of


def administration(request: HttpRequest) -> dict[str, object]:
    """Return ``administration``: a function, asked only by the staff frame, nothing for others."""

    def running() -> dict[str, object] | None:
        if not isinstance(getattr(request, "user", None), User):
            return None
        if seat_of(roles_asked(request)) is None:
            return None
        found = administration_of(request)
        return _shown(found) if found else None

    return {"administration": running}


def _shown(found: AdministratorSession) -> dict[str, object]:
    seconds = (found.ends_at - clock.now()).total_seconds()
    return {
        "seat": Seat(found.seat).label,
        "reason": found.reason,
        "ends_at": found.ends_at,
        "minutes": max(1, -int(-seconds // 60)),
    }
