"""The visible text of an edition as numbered paragraphs: what a reviewer reads and a rejection points at."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from gongkai.documents.models import Edition

_MARKUP = re.compile(r"<[a-zA-Z/][^<>]*>")
_UNSEEN = {"script", "style", "template", "head", "title"}
_BREAKS = {
    *("p", "div", "br", "li", "ul", "ol", "tr", "table", "caption", "blockquote", "pre", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "figure", "figcaption"),
}
_CELLS = {"td", "th"}


@dataclass(frozen=True)
class Paragraph:
    """*n* is counted from 1 over the same bytes, so it means the same to everybody."""

    n: int
    text: str


@dataclass(frozen=True)
class Attached:
    """A file named in the bytes that are signed."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Read:
    """What an edition's canonical bytes say."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    attachments: tuple[Attached, ...]


def read(edition: Edition) -> Read:
    """Return what the signed bytes of *edition* say, not what its other columns do."""
    said = json.loads(bytes(edition.canonical))
    whole = said if isinstance(said, dict) else {}
    lines = _lines(str(whole.get("text", "")))
    files = whole.get("attachments", [])
    return Read(
        str(whole.get("title", edition.title)),
        tuple(Paragraph(n, line) for n, line in enumerate(lines, 1)),
        tuple(_attached(one) for one in files) if isinstance(files, list) else (),
    )


def _attached(one: object) -> Attached:
    if isinstance(one, Mapping):
        name = one.get("title") or one.get("name") or ""
        return Attached(str(name), str(one.get("sha256", "")))
    return Attached("", str(one))


def _lines(text: str) -> list[str]:
    if _MARKUP.search(text):
        parser = _Visible()
        parser.feed(text)
        parser.close()
        text = "".join(parser.parts)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


class _Visible(HTMLParser):
    """Collects what a reader would see, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._break(tag)
        told = dict(attrs)
        if tag == "img":
            self.parts.append(f"［图片：{told.get('alt') or '没有说明'}］")
        if tag == "a" and told.get("href"):
            self.parts.append(f"［链接 {told['href']}］")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")
