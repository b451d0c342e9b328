"""The front page: search first, then what the law expects, what is new, and who publishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.agencies.models import AgencyName, Level
from gongkai.agencies.queries import names_on, tree_on
from gongkai.audit import clock
from gongkai.documents.models import Kind
from gongkai.portal.filed import addresses
from gongkai.portal.filed.entrances import STATUTORY, standing
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.publication.listings import ALL
from gongkai.publication.newest import Live, newest
from gongkai.publication.queries import taken
from gongkai.reporting.queries import released

FRONT = ("",)
"""The only key of a kind that has one page."""

_NEWEST = 10
_REPORTS = 6
_GROUPS = (
    ("县政府和办公室", (Level.COUNTY, Level.OFFICE)),
    ("县政府部门", (Level.BUREAU,)),
    ("乡镇和街道", (Level.TOWNSHIP,)),
    ("其他单位", (Level.INSTITUTION,)),
)


@dataclass(frozen=True)
class Newest:
    """A line of what is new."""

    title: str
    address: str
    kind: str
    agency: str
    day: str


def render_home(key: str) -> bytes:
    """The front page."""
    names = names_on(clock.today())
    reports = released().defer("released__canonical")[:_REPORTS]
    values = {
        "entrances": standing(STATUTORY),
        "newest": newest_lines(ALL, _NEWEST, names),
        "count": taken(ALL),
        "groups": _groups(),
        "reports": [(row, names[row.agency_id].name) for row in reports],
    }
    return page("portal/home.html", "/", values, meta=column_metadata("首页"))


def home_path(key: str) -> str:
    return addresses.INDEX


def newest_lines(listing: str, most: int, names: Mapping[int, AgencyName]) -> list[Newest]:
    """The newest items that are still live, each with what *names* calls its agency."""
    return [
        Newest(
            one.publication.edition.title,
            _address(one),
            Kind(one.publication.document.kind).label,
            names[one.publication.document.agency_id].name,
            clock.legal_date(one.first).isoformat(),
        )
        for one in newest(listing, most)
    ]


def _address(one: Live) -> str:
    year = clock.legal_date(one.first).year
    return addresses.address(addresses.item_path(f"{year}/{one.publication.document.url_key}"))


def _groups() -> list[tuple[str, Sequence[AgencyName]]]:
    tree = tree_on(clock.today())
    living = [node for node in tree.nodes.values() if not tree.is_gone(node)]
    groups = [
        (title, [node.named for node in living if node.level in levels])
        for title, levels in _GROUPS
    ]
    return [(title, group) for title, group in groups if group]
