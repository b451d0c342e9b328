"""What every page shows: whose site it is, whether its data is invented, what its foot says."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from gongkai.agencies.access import names_of
from gongkai.agencies.models import AgencyName, Level
from gongkai.audit import clock
from gongkai.people.models import User
from gongkai.portal.imprint import faults_address, foot, site_metadata
from gongkai.portal.looks import LOOKS


def site(request: HttpRequest) -> dict[str, object]:
    """Return the values of the page frame. The name is a function: pages without a frame do not ask."""
    owner = cache(lambda: _owner(request))
    return {
        "is_demo": settings.DEMO,
        "today": clock.today(),
        "site_owner": owner,
        "meta": lambda: site_metadata(owner()),
        "foot": foot,
        "faults_address": faults_address,
        "site_looks": LOOKS,
        "look_back": _back(request),
    }


def _back(request: HttpRequest) -> str:
    """The page to return to after choosing a look: this one, or the one whose form was sent from it."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else "/"


def _owner(request: HttpRequest) -> str:
    """The county's name: among those a staff page asks for anyway, else the one row."""
    if isinstance(getattr(request, "user", None), User):
        known = names_of(request).values()
        county = [name.name for name in known if name.agency.level == Level.COUNTY]
    else:
        names = AgencyName.objects.filter(agency__level=Level.COUNTY, since__lte=clock.today())
        county = [name.name for name in names.order_by("-since")[:1]]
    return county[0] if county else "本机关"
