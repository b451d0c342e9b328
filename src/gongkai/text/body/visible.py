"""What a reader sees of a text, block by block: searched, compared, and pointed at by reviewers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from gongkai.text.body.cleaning import body_of
from gongkai.text.body.model import (
    Block,
    Break,
    Cell,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Table,
    Words,
)
from gongkai.text.body.writing import cell_html, line_html

_SEPARATOR = "\t"


class Part(StrEnum):
    """What a numbered paragraph is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph with the number (from 1) reviewers point at; a row of a table is one, with its cells.

    *markup* is the same as HTML, cell by cell: it differs where only a link, an image or bold letters do.
    """

    number: int
    part: Part
    cells: tuple[str, ...]
    markup: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The fragment of its address on a page."""
        return f"p-{self.number}"

    @property
    def text(self) -> str:
        """Its visible text, cells separated by a tab."""
        return _SEPARATOR.join(self.cells)


def visible_text(html: str) -> str:
    """Return what a reader sees of *html*: a line a paragraph or table row, cells separated by tabs.

    A paragraph with line breaks takes several lines. The description of an image is not seen and not here.
    """
    pieces = (piece for block in body_of(html).blocks for piece in _pieces(block))
    return "\n".join(_SEPARATOR.join(cells) for _, cells, _ in pieces)


def paragraphs(html: str) -> list[Numbered]:
    """Return the numbered paragraphs of *html*: headings, paragraphs, list items, rows of tables."""
    found = (piece for block in body_of(html).blocks for piece in _pieces(block))
    return [
        Numbered(number, part, cells, markup())
        for number, (part, cells, markup) in enumerate(found, start=1)
    ]


def line_text(inlines: Iterable[Inline]) -> str:
    """Return the letters of one line."""
    return "".join(
        one.text if isinstance(one, Words) else "\n" if isinstance(one, Break) else ""
        for one in inlines
    )


def cell_text(cell: Cell) -> str:
    """Return the letters of a cell in one line."""
    texts = (text for block in cell.blocks for _, cells, _ in _pieces(block) for text in cells)
    return " ".join(text.replace("\n", " ") for text in texts if text)


_Piece = tuple[Part, tuple[str, ...], Callable[[], tuple[str, ...]]]
"""What it is, its cells, and how to get their markup: a search never asks for that."""


def _pieces(block: Block) -> Iterator[_Piece]:
    if isinstance(block, Paragraph):
        yield _line(Part.PARAGRAPH, block.inlines)
    elif isinstance(block, Heading):
        yield _line(Part.HEADING, block.inlines)
    elif isinstance(block, Quote):
        yield from (piece for inner in block.blocks for piece in _pieces(inner))
    elif isinstance(block, Listing):
        for item in block.items:
            yield from _item(item)
    elif isinstance(block, Table):
        if block.caption:
            yield _line(Part.CAPTION, block.caption)
        for row in block.rows:
            yield Part.ROW, tuple(map(cell_text, row)), partial(_cells_html, row)


def _item(blocks: Sequence[Block]) -> Iterator[_Piece]:
    for block in blocks:
        for part, cells, markup in _pieces(block):
            yield (Part.ITEM if part is Part.PARAGRAPH else part), cells, markup


def _line(part: Part, inlines: Sequence[Inline]) -> _Piece:
    return part, (line_text(inlines),), lambda: (line_html(inlines),)


def _cells_html(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(map(cell_html, row))
