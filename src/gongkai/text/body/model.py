"""A text as blocks: what is left of any HTML once everything that is only looks is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Mark(StrEnum):
    """How letters are set, where it means something. The order is that of nesting."""

    STRONG = "strong"
    EM = "em"
    SUB = "sub"
    SUP = "sup"


@dataclass(frozen=True, slots=True)
class Words:
    """Letters set alike, perhaps a link."""

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line ends here, the paragraph goes on."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture from the item's own files, by its relative address; *alt* is None when nobody wrote one."""

    src: str
    alt: str | None
    decorative: bool = False
    href: str = ""


Inline: TypeAlias = "Words | Break | Image"


@dataclass(slots=True)
class Paragraph:
    """A paragraph."""

    inlines: list[Inline]


@dataclass(slots=True)
class Heading:
    """A heading; level 2 is the highest, because level 1 is the title of the page."""

    level: int
    inlines: list[Inline]


@dataclass(slots=True)
class Rule:
    """A line across."""


@dataclass(slots=True)
class Quote:
    """A quotation."""

    blocks: list[Block]


@dataclass(slots=True)
class Listing:
    """A list; *start* is the first number of an ordered one."""

    ordered: bool
    start: int
    items: list[list[Block]]


@dataclass(slots=True)
class Cell:
    """A cell; what was bold or centred when it was pasted tells which row is a header."""

    blocks: list[Block]
    header: bool = False
    across: int = 1
    down: int = 1
    bold: bool = False
    centred: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.blocks


@dataclass(slots=True)
class Table:
    """A table: the first *head* rows are its header."""

    caption: list[Inline]
    rows: list[list[Cell]]
    head: int = 0


Block: TypeAlias = "Paragraph | Heading | Rule | Quote | Listing | Table"


@dataclass(slots=True)
class Body:
    """A whole text."""

    blocks: list[Block] = field(default_factory=list)


def inlines_of(block: Block) -> Iterator[Inline]:
    """Yield everything set in a line anywhere inside *block*, in reading order."""
    if isinstance(block, Paragraph | Heading):
        yield from block.inlines
    elif isinstance(block, Quote):
        for inner in block.blocks:
            yield from inlines_of(inner)
    elif isinstance(block, Listing):
        for inner in (inner for item in block.items for inner in item):
            yield from inlines_of(inner)
    elif isinstance(block, Table):
        yield from block.caption
        for inner in (inner for row in block.rows for cell in row for inner in cell.blocks):
            yield from inlines_of(inner)
