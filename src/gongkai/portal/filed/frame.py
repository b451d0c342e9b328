"""The frame of a page that is written once and read by everybody: nothing in it belongs to one visitor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from gongkai.agencies.models import AgencyName, Level
from gongkai.audit import clock
from gongkai.portal.imprint import faults_address, foot, site_metadata
from gongkai.portal.looks import LOOKS

Tag = tuple[str, str]
"""Name and content of a meta tag."""


@dataclass(frozen=True)
class _Address:
    """Stands where the frame asks for the request: only the address is the same for every visitor."""

    path: str


@dataclass(frozen=True)
class Frame:
    """What surrounds every page of one day."""

    owner: str

    @classmethod
    def of_today(cls) -> Frame:
        """Return the frame of today: one query, for one page or for a thousand."""
        return cls(owner_name())

    def page(
        self, template: str, path: str, values: Mapping[str, object], *, meta: Iterable[Tag]
    ) -> bytes:
        """Return the bytes of *template* as the page at *path* (with slashes), with its *meta* tags."""
        frame = {
            "meta": [*site_metadata(self.owner), *meta],
            "foot": foot(),
            "faults_address": faults_address(),
            "request": _Address(path),
            "is_demo": settings.DEMO,
            "site_owner": self.owner,
            "site_looks": LOOKS,
            "look_back": path,
        }
        return render_to_string(template, {**frame, **values}).encode()


def page(template: str, path: str, values: Mapping[str, object], *, meta: Iterable[Tag]) -> bytes:
    """Return one page in the frame of today, as :meth:`Frame.page` makes it."""
    return Frame.of_today().page(template, path, values, meta=meta)


def owner_name() -> str:
    """Return today's name of the county whose site this is."""
    names = AgencyName.objects.filter(agency__level=Level.COUNTY, since__lte=clock.today())
    name = names.order_by("-since").values_list("name", flat=True).first()
    return name or "本机关"
