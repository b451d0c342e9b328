"""What a reader saw on another channel beside what was approved: paragraph by paragraph."""

from __future__ import annotations

from html import escape

from gongkai.documents.canonical import Content
from gongkai.documents.intake import clean_body
from gongkai.text.body.comparison import Change, Row, compare
from gongkai.text.body.visible import visible_text


def differing(content: Content, pasted: str) -> list[Row]:
    """Return the rows of a comparison that are not the same; none when only blanks and line breaks differ.

    The heading of the article may stand first or be left out: it is shown apart there.
    """
    approved = _lines(visible_text(clean_body(content.text)))
    shown = _lines(pasted)
    if shown and _close(shown[0]) == _close(content.title):
        shown = shown[1:]
    if _close("".join(approved)) == _close("".join(shown)):
        return []
    return [row for row in compare(_body(approved), _body(shown)) if row.change is not Change.SAME]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _close(text: str) -> str:
    return "".join(text.split())


def _body(lines: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
