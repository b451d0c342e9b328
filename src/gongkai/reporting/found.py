"""Reports by year or by the agency's name."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.agencies.found import MOST, Found
from gongkai.agencies.queries import names_on, visible_to
from gongkai.agencies.standing import Standing
from gongkai.reporting.models import Report


def search(standing: Standing, text: str) -> Iterator[Found]:
    """Yield the reports whose title contains *text*, the newest first."""
    names = names_on(standing.on)
    rows = Report.objects.filter(agency__in=visible_to(standing)).select_related("agency")
    titled = (
        (f"{names[row.agency_id].name} {row.year} 年政府信息公开工作年度报告", row)
        for row in rows.order_by("-year", "agency__code")
    )
    matching = [(title, row) for title, row in titled if text.casefold() in title.casefold()]
    for title, row in matching[:MOST]:
        address = reverse("desk-report", args=[row.agency.code, row.year])
        note = "已公布" if row.released_on else "未公布"
        yield Found("年度报告", title, address, row.agency_id, note)
