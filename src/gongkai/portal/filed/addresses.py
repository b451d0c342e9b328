"""Where filed pages are, for ever. No agency and no column is part of an item's address: both change."""

from __future__ import annotations

from gongkai.audit import clock
from gongkai.documents.canonical import Attached
from gongkai.publication.listings import column_of
from gongkai.publication.models import Publication
from gongkai.publication.queries import first_of
from gongkai.text.body.addresses import file_address

INDEX = "index.html"


def item_key(publication: Publication) -> str:
    """Return the key of the item page: the year the document first went out, and its own eight characters."""
    year = clock.legal_date(first_of(publication).published_at).year
    return f"{year}/{publication.document.url_key}"


def item_path(key: str) -> str:
    return f"n/{key}/{INDEX}"


def twin_path(key: str) -> str:
    return f"n/{key}/index.json"


def file_name(attached: Attached) -> str:
    """Return a file's address relative to its item: other bytes have another one, also under the same name."""
    return file_address(attached.sha256, attached.name)


def file_of(key: str) -> tuple[str, str]:
    """Return the item's key and the file's address relative to it."""
    year, url_key, name = key.split("/", 2)
    return f"{year}/{url_key}", name


def file_path(key: str) -> str:
    return f"n/{key}"


def seal_key(publication: Publication) -> str:
    return f"{publication.document.url_key}/{publication.edition.n}"


def seal_path(key: str) -> str:
    return f"seal/{key}.json"


def listing_path(listing: str) -> str:
    """The page of a list's newest entries."""
    return f"{_root(listing)}{INDEX}"


def archive_key(listing: str, number: int) -> str:
    return f"{listing}:{number:04d}"


def archive_of(key: str) -> tuple[str, int]:
    """Return the list and the number that *key* names."""
    listing, _, number = key.rpartition(":")
    return listing, int(number)


def archive_path(key: str) -> str:
    listing, number = archive_of(key)
    return f"{_root(listing)}p/{number:04d}/{INDEX}"


def address(path: str) -> str:
    """Return the address a reader asks for: the folder instead of its index."""
    return "/" + path.removesuffix(INDEX)


def column_path(slug: str) -> str:
    return f"c/{slug}/{INDEX}"


def _root(listing: str) -> str:
    if column_of(listing):
        return f"{listing}/"
    return "n/" if listing == "n" else f"{listing}/n/"
