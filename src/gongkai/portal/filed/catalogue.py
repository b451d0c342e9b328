"""The 政府信息公开目录 (条例第十二条): 索引、名称、内容概述、生成日期 of everything public, numbered from the oldest.

One of the county, and one of each agency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.agencies.queries import names_on
from gongkai.audit import clock
from gongkai.columns.directory import DirectoryEntry
from gongkai.columns.models import CatalogueItem
from gongkai.documents.canonical import content_of
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.publication.listings import ALL, FULL, agency_of, of_agency, page_of
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


def organ_catalogue_path(key: str) -> str:
    """An agency's newest have its code as the key, a page of its archive a colon and the number more."""
    code, _, number = key.partition(":")
    return f"o/{code}/{catalogue_path(number)}"


def render_catalogue(key: str) -> bytes | None:
    """The newest fifty lines, or one full page from the oldest on."""
    return _page(ALL, key, {"standard": CatalogueItem.objects.exists()}, catalogue_path)


def render_organ_catalogue(key: str) -> bytes | None:
    """The same of one agency, those that are no more among them."""
    code, _, number = key.partition(":")
    name = next((one for one in names_on(clock.today()).values() if one.agency.code == code), None)
    if name is None:
        return None
    return _page(
        of_agency(code), number, {"organ": name}, lambda page: organ_catalogue_path(_of(code, page))
    )


def catalogue_keys(publications: Sequence[Publication]) -> set[str]:
    """Return the pages that change with *publications*."""
    pages = {_key(page_of(n)) for _, n in places_of(publications, ALL)}
    return pages | {""} if pages else pages


def organ_catalogue_keys(publications: Sequence[Publication]) -> set[str]:
    """Return the pages of agencies that change with *publications*."""
    found = [(agency_of(listing), n) for listing, n in places_of(publications)]
    return {_of(code, number) for code, n in found if code for number in ("", _key(page_of(n)))}


def every_page() -> Iterator[str]:
    yield ""
    yield from _numbers(dict(every_listing()).get(ALL, 0))


def every_organ_page() -> Iterator[str]:
    """Yield the pages of every agency: its newest are there from the start."""
    last = dict(every_listing())
    for code in sorted(name.agency.code for name in names_on(clock.today()).values()):
        yield code
        yield from (_of(code, number) for number in _numbers(last.get(of_agency(code), 0)))


def _numbers(last: int) -> Iterator[str]:
    yield from (_key(n) for n in range(1, page_of(last) + 1 if last else 1))


def _key(number: int) -> str:
    return f"{number:04d}"


def _of(code: str, number: str) -> str:
    return f"{code}:{number}" if number else code


def _page(
    listing: str, key: str, more: Mapping[str, object], path: Callable[[str], str]
) -> bytes | None:
    """A page of the catalogue of *listing*, or None where its number has no page."""
    last, number = taken(listing), int(key) if key else None
    if number is None:
        after, to, older = last - FULL, last, _key(page_of(last)) if last else ""
    elif 1 <= number <= page_of(last) and last:
        after, to = (number - 1) * FULL, number * FULL
        older = _key(number - 1) if number > 1 else ""
    else:
        return None
    names = {pk: name.short for pk, name in names_on(clock.today()).items()}
    values = {
        "lines": [_line(one, names[one.document.agency_id]) for one in placed(listing, after, to)],
        "number": number,
        "older": addresses.address(path(older)) if older else "",
        "count": to,
        **more,
    }
    meta = column_metadata(TITLE)
    return page("portal/catalogue.html", addresses.address(path(key)), values, meta=meta)


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
