"""Finding what an address names. Another agency's answers as one that does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from gongkai.agencies.standing import Standing
from gongkai.registers.models import Entry, Import
from gongkai.registers.queries import visible_entries, visible_imports

REFUSED = 409


def entry_or_404(standing: Standing, uid: UUID) -> Entry:
    """Return a row one may see."""
    found = visible_entries(standing).select_related("agency").filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found


def staged_or_404(standing: Standing, uid: UUID) -> Import:
    """Return a file one may see."""
    found = visible_imports(standing).filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found
