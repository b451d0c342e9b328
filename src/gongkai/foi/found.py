"""Requests by their number. Never by who asked: that is sealed, and looking it up is a look."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.agencies.found import MOST, Found
from gongkai.agencies.standing import Standing
from gongkai.foi.listing import numbered
from gongkai.foi.models import Case


def search(standing: Standing, text: str) -> Iterator[Found]:
    """Yield the requests whose number contains *text*, the newest first."""
    seen = Case.objects.filter(pk__in=numbered(standing, text).values("pk"))
    for case in seen.order_by("-received_on", "-pk")[:MOST]:
        yield Found(
            "申请",
            case.number,
            reverse("desk-case", args=[case.url_key]),
            case.agency_id,
            case.get_state_display(),
        )
