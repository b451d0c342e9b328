"""The one place where text and files from outside come in: what of them is let in, and what is refused.

Conservative on purpose: a few structural tags, a few kinds of files known by their first bytes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import PurePath

import nh3

_TAGS = {
    *("p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "a", "sub", "sup"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "td": {"rowspan", "colspan"},
    "th": {"rowspan", "colspan", "scope"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_MARKUP = re.compile(r"</?(?:[a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_IN_A_NAME = re.compile(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 120
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".ofd": ("application/ofd", (_ZIP,)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (_ZIP,)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (_ZIP,)),
    ".doc": ("application/msword", (_OLE,)),
    ".xls": ("application/vnd.ms-excel", (_OLE,)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
}
ACCEPTED = tuple(_KINDS)
HEAD = 16
"""How many first bytes of a file tell its kind."""


class FileRefused(Exception):
    """Why a file is not let in, in the clerk's words."""


@dataclass(frozen=True)
class Inspected:
    """A file that is let in: the name it is shown under and its media type."""

    name: str
    kind: str

    @property
    def is_image(self) -> bool:
        return self.kind.startswith("image/")


def clean_body(typed: str) -> str:
    """Return *typed* as the HTML fragment that is kept: cleaned markup, or paragraphs of plain text.

    Cleaning what is clean changes nothing. In plain text a blank line begins a new paragraph.
    """
    text = _CONTROL.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if _MARKUP.search(text):
        cleaned = nh3.clean(
            text, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
        ).strip()
        if _MARKUP.search(cleaned):
            return cleaned
        text = html.unescape(cleaned)  # nothing of the markup was kept: it is plain text
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text)]
    return "\n".join(
        f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>"
        for part in paragraphs
        if part
    )


def as_typed(body: str) -> str:
    """Return a kept fragment as a clerk edits it: plain text where it is paragraphs only, else its HTML.

    :func:`clean_body` gives the same fragment back.
    """
    plain = re.sub(r"<p>(.*?)</p>", r"\1\n", body).replace("<br>", "\n")
    text = html.unescape(plain).strip()
    return text if clean_body(text) == body else body


def paragraphs_of(body: str) -> list[str]:
    """Return the readable text of an HTML fragment, one entry a paragraph, cell or list item."""
    broken = re.sub(r"</?(?:p|h[2-4]|li|tr|caption|blockquote)[^>]*>|<br\s*/?>", "\n", body)
    plain = html.unescape(nh3.clean(re.sub(r"</t[dh]>", " ", broken), tags=set()))
    return [line.strip() for line in plain.split("\n") if line.strip()]


def inspect_file(name: str, head: bytes) -> Inspected:
    """Return what a file called *name* that begins with *head* is. Raises :class:`FileRefused`."""
    shown = _IN_A_NAME.sub("", PurePath(name.replace("\\", "/")).name).strip()
    if not shown or shown.startswith(".") or len(shown) > _LONGEST_NAME:
        raise FileRefused(f"文件名须有 1 至 {_LONGEST_NAME} 个字，请改名后重新上传。")
    known = _KINDS.get(PurePath(shown).suffix.lower())
    if known is None:
        raise FileRefused(f"“{shown}”的类型不能上传，可以上传 {'、'.join(ACCEPTED)}。")
    kind, beginnings = known
    if not head.startswith(beginnings):
        raise FileRefused(f"“{shown}”的内容与扩展名不符，请用原来的软件重新保存后上传。")
    return Inspected(shown, kind)
