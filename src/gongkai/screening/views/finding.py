"""Finding what an address names. Another agency's answers as one that does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from gongkai.agencies.standing import Standing
from gongkai.screening.models import Screening
from gongkai.screening.queries import visible_screenings

REFUSED = 409


def screening_or_404(standing: Standing, uid: UUID) -> Screening:
    """Return an examination one may see."""
    found = visible_screenings(standing).filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found
