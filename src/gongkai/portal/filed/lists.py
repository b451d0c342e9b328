"""Public lists: the newest first, and an archive numbered from the oldest, whose full pages never move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.agencies.queries import names_on
from gongkai.audit import clock
from gongkai.columns.queries import named
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.publication.listings import ALL, FULL, column_of, page_of
from gongkai.publication.models import Publication
from gongkai.publication.queries import Entry, entries, every_listing, lists_of, places_of, taken


@dataclass(frozen=True)
class Row:
    """A line of a list. The title of what was withdrawn is not repeated."""

    title: str
    address: str
    kind: str
    day: str
    is_live: bool


def render_listing(listing: str) -> bytes | None:
    """The newest entries of *listing*, and the way into its archive."""
    last = taken(listing)
    if not last:
        return None
    rows = [row_of(entry) for entry in entries(listing, last - FULL, last)]
    older = addresses.address(addresses.archive_path(addresses.archive_key(listing, page_of(last))))
    return _page(listing, rows, addresses.listing_path(listing), {"older": older, "count": last})


def render_archive(key: str) -> bytes | None:
    """One page of the archive: the places from (n−1)·50+1 to n·50, newest first."""
    listing, number = addresses.archive_of(key)
    rows = [row_of(entry) for entry in entries(listing, (number - 1) * FULL, number * FULL)]
    if not rows:
        return None
    older = None
    if number > 1:
        older = addresses.address(
            addresses.archive_path(addresses.archive_key(listing, number - 1))
        )
    values = {"older": older, "number": number, "newest": _newest(listing)}
    return _page(listing, rows, addresses.archive_path(key), values)


def listing_keys(publications: Sequence[Publication]) -> set[str]:
    """Return the lists that change with *publications*; a column's newest are part of the column's own page."""
    return {listing for listing in lists_of(publications) if not column_of(listing)}


def archive_keys(publications: Sequence[Publication]) -> set[str]:
    """Return the pages of archives that change with *publications*."""
    return {
        addresses.archive_key(listing, page_of(ordinal))
        for listing, ordinal in places_of(publications)
    }


def every_archive() -> Iterator[str]:
    for listing, last in every_listing():
        for number in range(1, page_of(last) + 1):
            yield addresses.archive_key(listing, number)


def every_list() -> Iterator[str]:
    for listing, _ in every_listing():
        if not column_of(listing):
            yield listing


def _page(listing: str, rows: list[Row], path: str, values: Mapping[str, object]) -> bytes:
    title = listing_title(listing)
    shared = {
        "title": title,
        "rows": rows,
        "of_all": listing == ALL,
        "of_column": bool(column_of(listing)),
    }
    meta = column_metadata(title)
    return page("portal/list.html", addresses.address(path), {**shared, **values}, meta=meta)


def _newest(listing: str) -> str:
    return addresses.address(addresses.listing_path(listing))


def listing_title(listing: str) -> str:
    """Return what the list is called today."""
    if listing == ALL:
        return "公开信息"
    if slug := column_of(listing):
        return named(clock.today(), [slug])[slug]
    code = listing.partition("/")[2]
    names = {name.agency.code: name.name for name in names_on(clock.today()).values()}
    return f"{names.get(code, code)}公开信息"


def row_of(entry: Entry) -> Row:
    """Return the line of *entry*."""
    year = clock.legal_date(entry.first).year
    return Row(
        entry.title if entry.is_live else "本条信息已撤下",
        addresses.address(addresses.item_path(f"{year}/{entry.url_key}")),
        entry.kind.label,
        clock.legal_date(entry.first).isoformat(),
        entry.is_live,
    )
