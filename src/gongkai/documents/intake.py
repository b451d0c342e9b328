"""The one place where text and files from outside come in: what of them is let in, and what is refused."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import PurePath

from gongkai.documents.refusal import DocumentRefused
from gongkai.files.extract import extract
from gongkai.files.kinds import EXTENSIONS, Kind
from gongkai.files.limits import refuse_beyond
from gongkai.files.refusal import UnreadableError
from gongkai.files.sniff import sniff
from gongkai.text.body.cleaning import BodyRefused, Cleaned, clean

_MARKUP = re.compile(r"</?(?:[a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_IN_A_NAME = re.compile(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA: dict[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.OFD: "application/ofd",
    Kind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.GIF: "image/gif",
    Kind.WEBP: "image/webp",
    Kind.TXT: "text/plain",
    Kind.CSV: "text/csv",
    Kind.ZIP: "application/zip",
}
MOST_CHARACTERS = 400_000
"""Of one text: a county's longest plan has half of that; attachments take the rest."""
ACCEPTED = tuple(f".{ending}" for ending in EXTENSIONS)


class FileRefused(Exception):
    """Why a file is not let in, in the clerk's words."""


@dataclass(frozen=True)
class Inspected:
    """A file that is let in: the name it is shown under, its media type, what it says, notes on that."""

    name: str
    kind: str
    text: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_image(self) -> bool:
        return self.kind.startswith("image/")


def clean_body(typed: str) -> str:
    """Return *typed* as the HTML fragment that is kept: cleaned markup, or paragraphs of plain text.

    Cleaning what is clean changes nothing. In plain text a blank line begins a new paragraph.
    Raises :class:`DocumentRefused` for a text that is too long, or nested beyond reason.
    """
    return cleaned(typed).html


def cleaned(typed: str) -> Cleaned:
    """Return what is kept of *typed*, as :func:`clean_body`, and a sentence for each kind of thing that is not."""
    text = _CONTROL.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    try:
        return clean(text if _MARKUP.search(text) else _paragraphs(text))
    except BodyRefused as refused:
        raise DocumentRefused(str(refused)) from refused


def refuse_long(text: str) -> None:
    """Raise :class:`DocumentRefused` for a text longer than an item's may be."""
    if len(text) > MOST_CHARACTERS:
        raise DocumentRefused(
            f"正文有 {len(text)} 个字，最多 {MOST_CHARACTERS} 个。请把表格、图片等作为附件上传。"
        )


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    return "".join(
        f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>"
        for part in parts
        if part
    )


def as_typed(body: str) -> str:
    """Return a kept fragment as a clerk edits it: plain text where it is paragraphs only, else its HTML.

    :func:`clean_body` gives the same fragment back.
    """
    plain = re.sub(r"<p>(.*?)</p>", r"\1\n", body).replace("<br>", "\n")
    text = html.unescape(plain).strip()
    return text if clean_body(text) == body else body


def inspect_file(name: str, data: bytes) -> Inspected:
    """Return what a file called *name* with these bytes is. Raises :class:`FileRefused`.

    Its content decides; a name that says another kind, a package that unpacks beyond reason, a file that is broken
    or locked are refused. Reading a long one takes seconds: it is done outside a transaction.
    """
    shown = _IN_A_NAME.sub("", PurePath(name.replace("\\", "/")).name).strip()
    if not shown or shown.startswith(".") or len(shown) > _LONGEST_NAME:
        raise FileRefused(f"文件名须有 1 至 {_LONGEST_NAME} 个字，请改名后重新上传。")
    try:
        kind = sniff(data, shown)
        refuse_beyond(data, kind)
        said = extract(data, kind)
    except UnreadableError as refused:
        raise FileRefused(str(refused)) from refused
    return Inspected(shown, _MEDIA[kind], said.visible, said.notes)
