"""Requests by their number, and what came in by the number on the applicant's slip.

Never by who asked: that is sealed, and looking it up is a look.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.agencies.found import MOST, Found
from gongkai.agencies.standing import Standing
from gongkai.foi.listing import numbered
from gongkai.foi.models import Case
from gongkai.foi.receiving import queries as receiving
from gongkai.foi.receiving.models import Submission


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


def search_received(standing: Standing, text: str) -> Iterator[Found]:
    """Yield what came in under the 收件编号 *text*: what a citizen reads out at the counter or on the telephone."""
    for one in receiving.numbered(standing, text)[:MOST]:
        page = reverse("intake-one", args=[one.number])
        yield Found("收件", one.number, page, one.agency_id, _where(one))


def _where(one: Submission) -> str:
    return f"受理编号 {one.case.number}" if one.case else str(one.get_state_display())
