"""The 政府信息公开目录 (条例第十二条): 索引、名称、内容概述、生成日期 of everything public, numbered from the oldest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.agencies.queries import names_on
from gongkai.audit import clock
from gongkai.columns.directory import DirectoryEntry
from gongkai.columns.models import CatalogueItem
from gongkai.documents.canonical import content_of
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.publication.listings import ALL, FULL, page_of
from gongkai.publication.models import Publication
from gongkai.publication.queries import Placed, every_listing, placed, places_of, taken
from gongkai.text.body.visible import visible_text

TITLE = "政府信息公开目录"
_SUMMARY = 60
"""Characters of the text that stand for its 内容概述."""


@dataclass(frozen=True)
class Line:
    """A line of the catalogue: its four elements, whose it is, and where it is."""

    entry: DirectoryEntry
    agency: str
    code: str
    address: str


def catalogue_path(key: str) -> str:
    """The newest have the empty key, a page of the archive its number."""
    return f"catalogue/p/{key}/{addresses.INDEX}" if key else f"catalogue/{addresses.INDEX}"


def render_catalogue(key: str) -> bytes | None:
    """The newest fifty lines, or one full page from the oldest on."""
    last = taken(ALL)
    if not key:
        return _page(key, last - FULL, last, _key(page_of(last)) if last else "")
    number = int(key)
    if number < 1 or number > page_of(last) or not last:
        return None
    return _page(key, (number - 1) * FULL, number * FULL, _key(number - 1) if number > 1 else "")


def catalogue_keys(publications: Sequence[Publication]) -> set[str]:
    """Return the pages that change with *publications*."""
    pages = {_key(page_of(n)) for _, n in places_of(publications, ALL)}
    return pages | {""} if pages else pages


def every_page() -> Iterator[str]:
    yield ""
    last = dict(every_listing()).get(ALL, 0)
    yield from (_key(n) for n in range(1, page_of(last) + 1 if last else 1))


def _key(number: int) -> str:
    return f"{number:04d}"


def _page(key: str, after: int, to: int, older: str) -> bytes:
    today = clock.today()
    names = {pk: name.short for pk, name in names_on(today).items()}
    values = {
        "lines": [_line(one, names[one.document.agency_id]) for one in placed(ALL, after, to)],
        "number": int(key) if key else None,
        "older": addresses.address(catalogue_path(older)) if older else "",
        "count": to,
        "standard": CatalogueItem.objects.exists(),
    }
    where = addresses.address(catalogue_path(key))
    return page("portal/catalogue.html", where, values, meta=column_metadata(TITLE))


def _line(one: Placed, agency: str) -> Line:
    edition, first = one.shown.edition, clock.legal_date(one.first)
    # What was imported was often typed in long after it went out.
    made = min(clock.legal_date(edition.closed_at), first) if edition.closed_at else first
    title, summary = "本条信息已撤下", ""
    if one.shown.live:
        said = content_of(bytes(edition.canonical))
        title, summary = edition.title, _summary(said.text)
    year, document = first.year, one.document
    return Line(
        DirectoryEntry(document.index_no, title, summary, made),
        agency,
        document.agency.code,
        addresses.address(addresses.item_path(f"{year}/{document.url_key}")),
    )


def _summary(text: str) -> str:
    words = " ".join(visible_text(text).split())
    return f"{words[:_SUMMARY]}……" if len(words) > _SUMMARY else words
