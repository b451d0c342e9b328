"""Following every internal link of a site, page by page, as a reader with much time would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tests.journeys.nginx import Answer, Site, asked

_HERE = "https://localhost"


class _Links(HTMLParser):
    """Collects what a page points to, and the ids it may be pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [str(values[name]) for name in ("href", "src") if values.get(name)]
        if values.get("id"):
            self.ids.add(str(values["id"]))


@dataclass
class Crawled:
    """Every address that was asked for with its answer, and links to a place a page does not have."""

    answers: dict[str, Answer] = field(default_factory=dict)
    dangling: list[str] = field(default_factory=list)


def crawl(site: Site, *, away: tuple[str, ...]) -> Crawled:
    """Ask for ``/`` and whatever it leads to; addresses that begin with one of *away* are asked, not followed."""
    done, ahead, ids = Crawled(), ["/"], dict[str, set[str]]()
    anchors: list[tuple[str, str, str]] = []
    connection = site.connection()
    while ahead:
        where = ahead.pop()
        if where in done.answers:
            continue
        answer = done.answers[where] = asked(connection, where)
        if where.startswith(away) or not answer.headers.get("content-type", "").startswith(
            "text/html"
        ):
            continue
        links = _Links()
        links.feed(answer.body.decode())
        ids[where] = links.ids
        for link in links.found:
            address, anchor = urldefrag(urljoin(_HERE + where, link))
            if address.startswith(f"{_HERE}/"):
                path = address.removeprefix(_HERE)
                ahead.append(path)
                anchors += [(where, path, unquote(anchor))] if anchor else []
    connection.close()
    done.dangling = [
        f"{where} → {path}#{anchor}"
        for where, path, anchor in anchors
        if path in ids and anchor not in ids[path]
    ]
    return done


def file_of(address: str) -> str:
    """Return the path below the public folder of the page at *address*."""
    path = unquote(urlsplit(address).path).removeprefix("/")
    return path + "index.html" if path == "" or path.endswith("/") else path
