"""What is new in a list, for programs that follow it: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

from gongkai.agencies.queries import names_on
from gongkai.audit import clock
from gongkai.documents.canonical import content_of
from gongkai.documents.intake import clean_body
from gongkai.portal.filed import addresses
from gongkai.portal.filed.lists import listing_title
from gongkai.publication.models import Publication
from gongkai.publication.newest import Live, newest
from gongkai.publication.queries import every_listing, lists_of
from gongkai.text.body.visible import visible_text
from gongkai.text.canonical import Plain, canonical_bytes

FORMATS = ("atom", "rss", "json")
_ENTRIES = 20
_SUMMARY = 120
"""Characters of the text that an entry repeats."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Feed:
    """A list as it is followed: all addresses are whole."""

    title: str
    page: str
    itself: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max(entry.updated for entry in self.entries)


@dataclass(frozen=True)
class Entry:
    """An item of a feed; its address is its identity for ever."""

    title: str
    address: str
    agency: str
    first: datetime
    updated: datetime
    summary: str


def render_feed(key: str) -> bytes | None:
    """The feed *key* (list and format); none while nothing in the list is live."""
    listing, format_name = _parts(key)
    live = newest(listing, _ENTRIES)
    if not live:
        return None
    names = {code: name.name for code, name in names_on(clock.today()).items()}
    root = settings.SITE_URL
    page = addresses.address(addresses.listing_path(listing))
    feed = Feed(
        listing_title(listing),
        root + page,
        root + addresses.address(feed_path(key)),
        [_entry(one, names) for one in live],
    )
    return _WRITERS[format_name](feed)


def feed_path(key: str) -> str:
    listing, format_name = _parts(key)
    folder = addresses.listing_path(listing).removesuffix(addresses.INDEX)
    return f"{folder}feed.{format_name}"


def feed_keys(publications: Sequence[Publication]) -> Iterator[str]:
    for listing in lists_of(publications):
        yield from feed_keys_of(listing)


def every_feed() -> Iterator[str]:
    for listing, _ in every_listing():
        yield from feed_keys_of(listing)


def feed_keys_of(listing: str) -> Iterator[str]:
    """Yield the feeds of *listing*, one a format."""
    yield from (f"{listing}:{name}" for name in FORMATS)


def _parts(key: str) -> tuple[str, str]:
    listing, _, format_name = key.rpartition(":")
    return listing, format_name


def _entry(one: Live, names: Mapping[int, str]) -> Entry:
    publication = one.publication
    year = clock.legal_date(one.first).year
    where = addresses.item_path(f"{year}/{publication.document.url_key}")
    text = clean_body(content_of(bytes(publication.edition.canonical)).text)
    return Entry(
        publication.edition.title,
        settings.SITE_URL + addresses.address(where),
        names[publication.document.agency_id],
        clock.in_shanghai(one.first),
        clock.in_shanghai(publication.published_at),
        " ".join(visible_text(text).split())[:_SUMMARY],
    )


def _atom(feed: Feed) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">',
        _tag("title", feed.title),
        _tag("id", feed.page),
        f'<link rel="self" href={quoteattr(feed.itself)}/><link href={quoteattr(feed.page)}/>',
        _tag("updated", feed.updated.isoformat()),
    ]
    for one in feed.entries:
        lines += [
            "<entry>",
            _tag("title", one.title),
            _tag("id", one.address),
            f"<link href={quoteattr(one.address)}/>",
            _tag("published", one.first.isoformat()),
            _tag("updated", one.updated.isoformat()),
            f"<author>{_tag('name', one.agency)}</author>",
            _tag("summary", one.summary),
            "</entry>",
        ]
    return _joined([*lines, "</feed>"])


def _rss(feed: Feed) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>',
        _tag("title", feed.title),
        _tag("link", feed.page),
        _tag("description", f"{feed.title}的最新条目"),
        _tag("language", "zh-CN"),
        f'<atom:link rel="self" type="application/rss+xml" href={quoteattr(feed.itself)}/>',
        _tag("lastBuildDate", format_datetime(feed.updated)),
    ]
    for one in feed.entries:
        lines += [
            "<item>",
            _tag("title", one.title),
            _tag("link", one.address),
            _tag("guid", one.address),
            _tag("pubDate", format_datetime(one.updated)),
            _tag("dc:creator", one.agency),
            _tag("description", one.summary),
            "</item>",
        ]
    return _joined([*lines, "</channel></rss>"])


def _json(feed: Feed) -> bytes:
    items: list[Plain] = [
        {
            "id": one.address,
            "url": one.address,
            "title": one.title,
            "content_text": one.summary,
            "date_published": one.first.isoformat(),
            "date_modified": one.updated.isoformat(),
            "authors": [{"name": one.agency}],
        }
        for one in feed.entries
    ]
    return canonical_bytes(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.page,
            "feed_url": feed.itself,
            "language": "zh-Hans",
            "items": items,
        }
    )


_WRITERS: Mapping[str, Callable[[Feed], bytes]] = {"atom": _atom, "rss": _rss, "json": _json}


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(_NOT_XML.sub('', text))}</{name}>"


def _joined(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
