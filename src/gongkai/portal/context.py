"""What every page shows: whose site it is, whether its data is invented, and today's log heads."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from gongkai.agencies.models import AgencyName, Level
from gongkai.audit import clock


def site(request: HttpRequest) -> dict[str, object]:
    """Return the values of the page frame. The name is a function: pages without a frame do not ask."""
    return {"is_demo": settings.DEMO, "today": clock.today(), "site_owner": _owner}


def _owner() -> str:
    names = AgencyName.objects.filter(agency__level=Level.COUNTY, since__lte=clock.today())
    found = names.order_by("since").last()
    return found.name if found else "本机关"
