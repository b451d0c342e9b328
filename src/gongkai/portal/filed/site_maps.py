"""Maps of the site: one for people, and for search engines an index with parts (sitemaps.org 0.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from django.conf import settings

from gongkai.agencies.queries import tree_on
from gongkai.audit import clock
from gongkai.portal.filed import addresses
from gongkai.portal.filed.entrances import OTHERS, STATUTORY, standing
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.portal.filed.organs import every_organ
from gongkai.portal.filed.reports import every_report
from gongkai.publication.listings import ALL
from gongkai.publication.models import Publication
from gongkai.publication.newest import whereabouts
from gongkai.publication.queries import every_listing, places_of, taken

STANDING = "pages"
"""The part that names what is no item: the pages of agencies, reports and the site itself."""
PART = 5_000
"""Items of a part: the protocol allows 50 000, and the last part is written anew with every publication."""
_OPEN = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def render_site_map(key: str) -> bytes:
    """The map for people: the ways in, the agencies, the reports."""
    tree = tree_on(clock.today())
    values = {
        "entrances": [*standing(STATUTORY), *standing(OTHERS)],
        "tree": tree.shown(lambda node: not tree.is_gone(node)),
    }
    return page("portal/site_map.html", "/sitemap/", values, meta=column_metadata("网站地图"))


def render_index(key: str) -> bytes:
    """The index of the parts. It changes when a part is added."""
    parts = [f"{settings.SITE_URL}/{part_path(part)}" for part in every_part()]
    body = "".join(f"<sitemap><loc>{escape(part)}</loc></sitemap>\n" for part in parts)
    return f"{_OPEN}<sitemapindex {_SPACE}>\n{body}</sitemapindex>\n".encode()


def render_part(key: str) -> bytes | None:
    """A part: pages that stand, or the items of so many places of the list of everything."""
    if key == STANDING:
        return _written((where, "") for where in _standing())
    number = int(key)
    if not 0 < number <= _parts():
        return None
    return _written(_items(number))


def render_robots(key: str) -> bytes:
    """What crawlers need to know: where the map is, and what is no page to be found."""
    return (
        "User-agent: *\nDisallow: /desk/\nDisallow: /look/\n"
        f"Sitemap: {settings.SITE_URL}/sitemap.xml\n"
    ).encode()


def site_map_path(key: str) -> str:
    return f"sitemap/{addresses.INDEX}"


def index_path(key: str) -> str:
    return "sitemap.xml"


def part_path(key: str) -> str:
    return f"sitemap/{key}.xml"


def robots_path(key: str) -> str:
    return "robots.txt"


def part_keys(publications: Sequence[Publication]) -> set[str]:
    """Return the parts in which *publications* stand, and the standing one when a list begins with one of them."""
    places = places_of(publications)
    parts = {_part_of(at) for listing, at in places if listing == ALL}
    return parts | ({STANDING} if any(at == 1 for _, at in places) else set())


def index_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the index when one of *publications* may have begun a part."""
    if any(at % PART == 1 for _, at in places_of(publications, ALL)):
        yield ""


def every_part() -> Iterator[str]:
    yield STANDING
    yield from (f"{number:04d}" for number in range(1, _parts() + 1))


def _parts() -> int:
    return -(-taken(ALL) // PART)


def _part_of(ordinal: int) -> str:
    return f"{(ordinal - 1) // PART + 1:04d}"


def _items(number: int) -> Iterator[tuple[str, str]]:
    for url_key, first, changed in whereabouts(ALL, (number - 1) * PART, number * PART):
        where = addresses.item_path(f"{clock.legal_date(first).year}/{url_key}")
        yield addresses.address(where), clock.in_shanghai(changed).isoformat()


def _standing() -> Iterator[str]:
    yield "/"
    yield from (one.address for one in (*standing(STATUTORY), *standing(OTHERS)))
    yield from (f"/o/{code}/" for code in every_organ())
    yield from (f"/report/{key}/" for key in every_report())
    for listing, _ in every_listing():
        yield addresses.address(addresses.listing_path(listing))


def _written(places: Iterator[tuple[str, str]]) -> bytes:
    lines = []
    for where, changed in dict.fromkeys(places):
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escape(settings.SITE_URL + where)}</loc>{lastmod}</url>\n")
    return f"{_OPEN}<urlset {_SPACE}>\n{''.join(lines)}</urlset>\n".encode()
