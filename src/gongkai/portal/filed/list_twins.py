"""Public lists as data: the newest entries, and the pages of the archive."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.audit import clock
from gongkai.portal.filed import addresses
from gongkai.portal.filed.lists import listing_title
from gongkai.publication.listings import FULL, page_of
from gongkai.publication.queries import Entry, entries, every_listing, taken
from gongkai.text.canonical import Plain, canonical_bytes


def render_list_twin(listing: str) -> bytes | None:
    """The newest entries of *listing*, and where its archive begins."""
    last = taken(listing)
    if not last:
        return None
    newest = entries(listing, last - FULL, last)
    return _twin(listing, newest, older=page_of(last), count=last)


def render_archive_twin(key: str) -> bytes | None:
    """One page of the archive: the places from (n−1)·50+1 to n·50, newest first."""
    listing, number = addresses.archive_of(key)
    found = entries(listing, (number - 1) * FULL, number * FULL)
    return _twin(listing, found, older=number - 1) if found else None


def every_head() -> Iterator[str]:
    """Yield every list there is, columns among them."""
    for listing, _ in every_listing():
        yield listing


def list_twin_path(listing: str) -> str:
    return _twin_of(addresses.listing_path(listing))


def archive_twin_path(key: str) -> str:
    return _twin_of(addresses.archive_path(key))


def _twin_of(path: str) -> str:
    return path.removesuffix(addresses.INDEX) + "index.json"


def _twin(listing: str, found: list[Entry], *, older: int, count: int | None = None) -> bytes:
    shown: dict[str, Plain] = {
        "title": listing_title(listing),
        "entries": [_line(entry) for entry in found],
        "older": _archive(listing, older) if older else None,
    }
    if count is not None:
        shown["count"] = count
    return canonical_bytes(shown)


def _archive(listing: str, number: int) -> str:
    return "/" + archive_twin_path(addresses.archive_key(listing, number))


def _line(entry: Entry) -> dict[str, Plain]:
    """An entry; the title of what was withdrawn is not repeated."""
    day = clock.legal_date(entry.first)
    return {
        "ordinal": entry.ordinal,
        "title": entry.title if entry.is_live else None,
        "address": addresses.address(addresses.item_path(f"{day.year}/{entry.url_key}")),
        "kind": entry.kind.value,
        "first_published_on": day.isoformat(),
        "state": "live" if entry.is_live else "withdrawn",
    }
