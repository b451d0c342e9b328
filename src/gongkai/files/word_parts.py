"""The text of a Word file part by part: body with its tables, text boxes, headers, footers, notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.files.package import Package
from gongkai.files.refusal import UnreadableError
from gongkai.files.word_numbering import Numbering, Styles
from gongkai.files.word_runs import W, is_on, paragraph_parts, value

_THROUGH = {W + name for name in ("ins", "moveTo", "customXml", "smartTag", "sdt", "sdtContent")}
_THROUGH |= {W + name for name in ("footnote", "endnote", "body")}
COMMENTS = "批注"
"""What is not printed, and still goes out with the file."""
_TITLES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": COMMENTS,
}


def parts_of_docx(package: Package) -> list[tuple[str, str]]:
    """Return title and text of each part with text, the body first.

    Numbers that Word prints before paragraphs are written out; hidden and deleted text is left out.
    Raises `UnreadableError` when there is no body.
    """
    main = package.main
    root = package.xml(main)
    body = None if root is None else root.find(W + "body")
    if main is None or body is None:
        raise UnreadableError("Word 文件里没有正文，可能已损坏；请打开后另存一份再试。")
    reader = _Reader(package, main)
    parts = [("正文", reader.text(body))]
    for relation in package.relations(main):
        title = _TITLES.get(relation.kind)
        inside = package.xml(relation.target) if title else None
        if title and inside is not None:
            parts.append((title, reader.text(inside)))
    return [(title, text) for title, text in parts if text]


class _Reader:
    def __init__(self, package: Package, main: str) -> None:
        self._styles = Styles(package.xml(package.related(main, "styles")))
        numbering = package.xml(package.related(main, "numbering"))
        self._numbering = Numbering(numbering, self._styles)

    def text(self, container: Any) -> str:
        return "\n".join(self._lines(container))

    def _lines(self, container: Any) -> Iterator[str]:
        for child in container:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._rows(child)
            elif child.tag in _THROUGH or child.tag == W + "comment":
                yield from self._lines(child)

    def _paragraph(self, element: Any) -> Iterator[str]:
        style = value(element.find(f"{W}pPr/{W}pStyle"))
        texts, boxes = paragraph_parts(element)
        if any(text.strip() for text in texts):
            prefix = self._numbering.prefix(element, style)
            lines = [text.strip() for text in texts]
            lines[0] = prefix + lines[0]
            yield from filter(None, lines)
        for box in boxes:
            yield from self._lines(box)

    def _rows(self, table: Any) -> Iterator[str]:
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is not table or _is_hidden(row):
                continue
            cells = [
                " ".join(self._lines(cell))
                for cell in row.iter(W + "tc")
                if next(cell.iterancestors(W + "tr")) is row
            ]
            if any(cells):
                yield "\t".join(cells)


def _is_hidden(row: Any) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and (
        properties.find(W + "del") is not None or is_on(properties.find(W + "hidden"))
    )
