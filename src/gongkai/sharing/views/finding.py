"""Finding what an address names. Another unit's answers as one that does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from gongkai.agencies.standing import Standing
from gongkai.sharing.models import Delivery, Offer
from gongkai.sharing.queries import visible_deliveries, visible_offers

REFUSED = 409


def offer_or_404(standing: Standing, uid: UUID) -> Offer:
    """Return a piece one may see."""
    found = (
        visible_offers(standing).select_related("edition__document__agency").filter(uid=uid).first()
    )
    if found is None:
        raise Http404(uid)
    return found


def delivery_or_404(standing: Standing, uid: UUID) -> Delivery:
    """Return something passed on that one may see."""
    found = visible_deliveries(standing).filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found
