"""Finding what an address names. Another agency's answers as one that does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from gongkai.agencies.standing import Standing
from gongkai.channels.models import Showing
from gongkai.channels.queries import visible_showings

REFUSED = 409


def showing_or_404(standing: Standing, uid: UUID) -> Showing:
    """Return a showing one may see."""
    shown = visible_showings(standing).select_related(
        "edition__document__agency", "event", "by_person", "photo", "settled_by"
    )
    found = shown.filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found
