"""The first pass: nh3 parses whatever was pasted as a browser would, and what is dropped is counted.

It lets through more than may stay (styles, event handlers, any address), so that the builder can tell
the author what is missing. Nothing of that is stored: the builder writes only what it knows, and nh3
has the last word with the strict list.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import nh3

from gongkai.text.body.addresses import SCHEMES

_KEPT = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th"),
    *("td", "strong", "em", "sub", "sup", "br", "hr", "blockquote", "a", "img"),
}
_PASSING = {
    *("h1", "h5", "h6", "b", "i", "u", "s", "strike", "del", "ins", "span", "font", "big", "small"),
    *("div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "center"),
    *("figcaption", "address", "dl", "dt", "dd", "pre", "tfoot", "form", "fieldset", "legend"),
}
_WITH_CONTENT = {
    *("script", "style", "title", "xml", "iframe", "object", "svg", "math", "select", "textarea"),
    *(
        "button",
        "noscript",
        "template",
        "audio",
        "video",
        "canvas",
        "applet",
        "noframes",
        "noembed",
    ),
}
_SEEN = {"style", "class", "align", "hidden"}
_FIRST = nh3.Cleaner(
    tags=_KEPT | _PASSING,
    clean_content_tags=_WITH_CONTENT,
    attributes={
        "*": _SEEN,
        "a": {"href", "name"},
        "img": {"src", "alt", "data-decorative"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    generic_attribute_prefixes={"on"},
    url_schemes={
        *SCHEMES,
        *("javascript", "vbscript", "data", "file", "ftp", "tel", "blob", "cid"),
    },
    link_rel=None,
)
_LAST = nh3.Cleaner(
    tags=_KEPT,
    clean_content_tags=_WITH_CONTENT,
    attributes={
        "a": {"href"},
        "img": {"src", "alt"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    tag_attribute_values={"img": {"data-decorative": {"true"}}},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?: [^\s=<>]+="[^"]*")*)>|([^<]+)')
_PART = re.compile(r' ([^\s=<>]+)="([^"]*)"')
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_GONE = re.compile(
    r"<(script|iframe|frame|object|embed|applet|svg|math|canvas|audio|video|"
    r"input|select|textarea|button)\b",
    re.I,
)


class Token(NamedTuple):
    """A start tag with its attributes, an end tag, or letters (*tag* is empty)."""

    tag: str
    closes: bool
    attributes: dict[str, str]
    text: str


def dropped_elements(html: str) -> Counter[str]:
    """Count by name the elements that go with everything inside them."""
    rest = _COMMENT.sub("", html) if "<!--" in html else html
    return Counter(found.lower() for found in _GONE.findall(rest))


def tokens(html: str) -> Iterator[Token]:
    """Yield what nh3 lets through in the first pass; every start tag but void ones has its end tag."""
    text = html.encode("utf-8", "ignore").decode()  # half of a pair of surrogates is no letter
    for slash, tag, attributes, letters in _TOKEN.findall(_FIRST.clean(text)):
        if letters:
            yield Token("", False, {}, _plain(letters))
        else:
            found = _PART.findall(attributes) if attributes else ()
            yield Token(tag, bool(slash), {name: _plain(value) for name, value in found}, "")


def strictly(html: str) -> str:
    """Return *html* with nothing but what may be stored."""
    return _LAST.clean(html)


def _plain(text: str) -> str:
    return entities.unescape(text) if "&" in text else text
