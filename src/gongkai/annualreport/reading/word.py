"""Word files: paragraphs and tables in the order of the page, as they are seen in print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.annualreport.reading.grid import Cell, table_lines
from gongkai.annualreport.reading.office import twin_in
from gongkai.annualreport.reading.page import Line, Page
from gongkai.annualreport.reading.page_rows import paragraph, without_repeated_captions
from gongkai.files.package import Package
from gongkai.files.refusal import UnreadableError
from gongkai.files.word_numbering import Numbering, Styles
from gongkai.files.word_runs import W, is_on, number, paragraph_parts, value

# Containers that print as if they were not there.
_THROUGH = {W + name for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent")}
_EMPTY = "Word 文件里没有文字（可能全是图片），无法读取；请改用有文字的版本，或人工录入。"
_EMBEDDED = "Word 文件里嵌入了另一份文件的内容，没有读到；请打开后另存一份再检查。"


def page_of_docx(data: bytes) -> Page:
    """Return a Word file as lines. Raises `UnreadableError` when it is broken or has no text.

    Numbers that Word prints before a paragraph are written out, insertions under revision are
    kept and deletions left out, hidden text is left out, text boxes are read once.
    """
    package = Package(data)
    main = package.main
    root = package.xml(main)
    body = None if root is None else root.find(W + "body")
    if main is None or root is None or body is None:
        raise UnreadableError("Word 文件里没有正文，可能已损坏；请打开后另存一份再检查。")
    reader = _Reader(package, main)
    lines = without_repeated_captions(list(reader.blocks(body)))
    if not any(line.text for line in lines):
        raise UnreadableError(_EMPTY)
    notes = (_EMBEDDED,) if root.find(f".//{W}altChunk") is not None else ()
    return Page(lines, hints=_hints(package), notes=notes, twin=twin_in(package))


class _Reader:
    """Walks the body; holds what numbers paragraphs. Depth is bounded by the parser's limit."""

    def __init__(self, package: Package, main: str) -> None:
        self._styles = Styles(package.xml(package.related(main, "styles")))
        numbering = package.xml(package.related(main, "numbering"))
        self._numbering = Numbering(numbering, self._styles)

    def blocks(self, container: Any) -> Iterator[Line]:
        """Yield the lines of a body, cell, text box or content control."""
        for child in container:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from table_lines([list(row) for row in self._rows(child)])
            elif child.tag in _THROUGH or (child.tag == W + "sdt" and not _is_contents(child)):
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Line]:
        style = value(element.find(f"{W}pPr/{W}pStyle"))
        texts, boxes = paragraph_parts(element)
        if not self._styles.is_contents(style):
            shown = any(text.strip() for text in texts)
            prefix = self._numbering.prefix(element, style) if shown else ""
            for place, text in enumerate(texts):
                line = (prefix if place == 0 else "") + text.strip(" \u3000\xa0\r\n")
                if line.strip():
                    yield paragraph(line)
        for box in boxes:
            yield from self.blocks(box)

    def _rows(self, table: Any) -> Iterator[Iterator[Cell]]:
        for row in _children(table, W + "tr"):
            properties = row.find(W + "trPr")
            gone = properties is not None and (
                properties.find(W + "del") is not None or is_on(properties.find(W + "hidden"))
            )
            if not gone:
                yield self._cells(row, properties)

    def _cells(self, row: Any, properties: Any) -> Iterator[Cell]:
        before = None if properties is None else properties.find(W + "gridBefore")
        if before is not None:
            yield Cell((), across=number(before, 1))
        for cell in _children(row, W + "tc"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            continued = merge is not None and value(merge) != "restart"
            lines = () if continued else tuple(self.blocks(cell))
            yield Cell(lines, across=number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Yield rows or cells, also those inside content controls and revisions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH or child.tag == W + "sdt":
            yield from _children(child, tag)


def _is_contents(control: Any) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return value(gallery) == "Table of Contents"


def _hints(package: Package) -> dict[str, str]:
    name = package.related("", "core-properties")
    root = package.xml(name)
    title = None if root is None else root.find("{http://purl.org/dc/elements/1.1/}title")
    text = "" if title is None else (title.text or "").strip()
    return {"title": text} if text else {}
