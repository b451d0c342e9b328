"""The frame of a page that is written once and read by everybody: nothing in it belongs to one visitor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from gongkai.agencies.models import AgencyName, Level
from gongkai.audit import clock
from gongkai.portal.imprint import faults_address, foot, site_metadata
from gongkai.portal.looks import LOOKS


@dataclass(frozen=True)
class _Address:
    """Stands where the frame asks for the request: only the address is the same for every visitor."""

    path: str


def page(
    template: str, path: str, values: Mapping[str, object], *, meta: Sequence[tuple[str, str]]
) -> bytes:
    """Return the bytes of *template* as the page at *path* (with slashes), with its *meta* tags."""
    owner = owner_name()
    frame = {
        "meta": [*site_metadata(owner), *meta],
        "foot": foot(),
        "faults_address": faults_address(),
        "request": _Address(path),
        "is_demo": settings.DEMO,
        "site_owner": owner,
        "site_looks": LOOKS,
        "look_back": path,
    }
    return render_to_string(template, {**frame, **values}).encode()


def owner_name() -> str:
    """Return today's name of the county whose site this is."""
    names = AgencyName.objects.filter(agency__level=Level.COUNTY, since__lte=clock.today())
    name = names.order_by("-since").values_list("name", flat=True).first()
    return name or "本机关"
