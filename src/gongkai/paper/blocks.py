"""An official document as blocks: what is said, before it is known where it will be printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
Level = Literal[1, 2, 3]


@dataclass(frozen=True)
class Title:
    """The title (标题), one string a printed line; the lines together are the title."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of the text: level 1 is 一、, level 2 （一）, level 3 1."""

    text: str
    level: Level = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body, its first line indented by two characters."""

    text: str


@dataclass(frozen=True)
class Note:
    """A centred line beside the text, such as the day of publication under the title."""

    text: str


@dataclass(frozen=True)
class Line:
    """A line of the body's type without an indent: whom a letter addresses, its 文号."""

    text: str
    align: Align = "left"


@dataclass(frozen=True)
class Signature:
    """Who signs and on which day, one line each, centred over one another at the right (7.3.5).

    The lines stay together, and with the end of what stands above them.
    """

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """An empty line."""


@dataclass(frozen=True)
class Cell:
    """A table cell. `head` marks a heading; `size` in points, 0 for the table's own."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    align: Align = "center"
    head: bool = False
    size: float = 0


@dataclass(frozen=True)
class Row:
    """A table row; cells covered by a span from the left or from above are left out.

    Rows with `head` are repeated on each page that the table goes on to.
    """

    cells: tuple[Cell, ...]
    head: bool = False


@dataclass(frozen=True)
class Table:
    """A ruled table: widths of its columns in millimetres, rows, text size in points.

    `description` is read out to who cannot see the table.
    """

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    size: float
    description: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Title | Heading | Paragraph | Line | Note | Gap | Table | Signature | PageBreak


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the document: plain ASCII `name`, bytes, media type."""

    name: str
    data: bytes
    media_type: str
    description: str = ""


@dataclass(frozen=True)
class Document:
    """A document with what a reader's file list shows of it; `day` is its date, if it has one."""

    title: str
    author: str
    blocks: tuple[Block, ...]
    day: dt.date | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """Page and type of an official document, in millimetres and points (GB/T 9704-2012, 5)."""

    width: float = 210
    height: float = 297
    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26
    title_size: float = 22
    body_size: float = 16
    note_size: float = 14
    page_number_size: float = 14
    pitch: float = 28
    title_pitch: float = 36
    number_below: float = 7

    @property
    def text_width(self) -> float:
        """The width of the text area (版心) in millimetres: 156."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height of the text area in points: 638, that is 22 lines of 28 pt."""
        return (self.height - self.top - self.bottom) * 72 / 25.4


OFFICIAL = Sheet()
