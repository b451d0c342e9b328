"""Units by name or code, at their returns."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.agencies.found import MOST, Found
from gongkai.agencies.models import AgencyName
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing


def search(standing: Standing, text: str) -> Iterator[Found]:
    """Yield the returns pages of units whose present name or code contains *text*."""
    year = standing.on.year - 1 if standing.on.month <= 3 else standing.on.year
    names = AgencyName.objects.filter(
        agency__in=visible_to(standing).filter(rolls_up=True), since__lte=standing.on
    ).select_related("agency")
    latest = {name.agency_id: name for name in names.order_by("since")}
    wanted = text.casefold()
    matching = [
        name
        for name in latest.values()
        if wanted in name.name.casefold() or wanted in name.agency.code.casefold()
    ]
    for name in matching[:MOST]:
        address = reverse("desk-returns-unit", args=[name.agency.code, year])
        yield Found("单位报送", f"{name.name} {year} 年报送", address, name.agency_id)
