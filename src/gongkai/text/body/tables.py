"""Tables kept whole: merged cells, header rows, a caption; layout tables taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.text.body.inline import canonical
from gongkai.text.body.model import (
    Block,
    Break,
    Cell,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Table,
    Words,
    inlines_of,
)

_WIDEST = 1000
_TALLEST = 65_534


@dataclass(slots=True)
class TableFound:
    """A table as it was met: its rows, and whether each stood in a head."""

    caption: list[Inline] = field(default_factory=list)
    rows: list[tuple[bool, list[Cell]]] = field(default_factory=list)
    in_head: bool = False


def span(text: str, *, tall: bool = False) -> int:
    """Return what a colspan or rowspan says, within what browsers follow; 1 when it is no number."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        return 1
    return max(1, min(int(digits), _TALLEST if tall else _WIDEST))


def demoted(blocks: Sequence[Block]) -> list[Block]:
    """Return *blocks* with headings as bold paragraphs: inside a cell, item or quotation they are no outline."""
    return [
        Paragraph(_with_strong(block.inlines)) if isinstance(block, Heading) else block
        for block in blocks
    ]


def finished(found: TableFound) -> tuple[list[Block], bool]:
    """Return what takes the table's place, and whether it was only layout."""
    cells = [cell for _, row in found.rows for cell in row]
    nested = any(isinstance(block, Table) for cell in cells for block in cell.blocks)
    if nested or (len(cells) == 1 and not found.caption):
        inner = [block for cell in cells for block in cell.blocks]
        above: list[Block] = [Paragraph(found.caption)] if found.caption else []
        return above + inner, bool(inner)
    for cell in cells:
        cell.blocks = demoted(cell.blocks)
    rows = _without_empty_rows(found.rows)
    if not rows:
        return ([Paragraph(found.caption)] if found.caption else []), False
    return [_arranged(found.caption, rows)], False


def _without_empty_rows(rows: list[tuple[bool, list[Cell]]]) -> list[tuple[bool, list[Cell]]]:
    """Drop rows without a place of their own in the grid, and blank ones at the end.

    Rows of the head come first, whatever the source did.
    """
    rows = sorted(rows, key=lambda row: not row[0])
    kept: list[tuple[bool, list[Cell]]] = []
    reach = 0
    for in_head, row in rows:
        if row or reach > len(kept):
            reach = max([reach, *(len(kept) + cell.down for cell in row)])
            kept.append((in_head, row))
    while kept and all(cell.is_blank for cell in kept[-1][1]):
        kept.pop()
    return kept


def _arranged(caption: list[Inline], rows: list[tuple[bool, list[Cell]]]) -> Table:
    head = sum(in_head for in_head, _ in rows)
    grid = [row for _, row in rows]
    if not head and not caption and _is_title(grid):
        caption = without_strong([one for b in grid[0][0].blocks for one in inlines_of(b)])
        grid = grid[1:]
    head = head or _header_rows(grid)
    _clip(grid[:head])
    _clip(grid[head:])
    for cell in (cell for row in grid[:head] for cell in row):
        cell.header = True
    for cell in (cell for row in grid for cell in row if cell.header):
        cell.blocks = _plain_header(cell.blocks)
    return Table(caption, grid, head)


def _is_title(grid: list[list[Cell]]) -> bool:
    """A first row of one bold or centred cell over all columns is what the table is called."""
    if len(grid) < 3 or len(grid[0]) != 1:
        return False
    cell = grid[0][0]
    paragraphs = len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph)
    width = max(sum(other.across for other in row) for row in grid[1:])
    over_all = cell.across >= width > 1 and cell.down == 1
    return over_all and paragraphs and (cell.centred or is_bold(cell))


def _header_rows(grid: list[list[Cell]]) -> int:
    """Return how many rows at the top are the header, judged by the first and by how far it reaches."""
    first, rest = grid[0], [cell for row in grid[1:] for cell in row]
    filled = [cell for cell in first if not cell.is_blank]
    if not filled or not rest:
        return 0
    others = [cell for cell in rest if not cell.is_blank]
    typed = all(cell.header for cell in first)
    bold = all(map(is_bold, filled)) and not all(map(is_bold, others))
    centred = all(c.centred for c in filled) and not all(c.centred for c in others)
    reach = max(cell.down for cell in first)
    return reach if (typed or bold or centred) and reach < len(grid) else 0


def is_bold(cell: Cell) -> bool:
    """Whether everything written in the cell is bold."""
    words = [one for b in cell.blocks for one in inlines_of(b) if isinstance(one, Words)]
    letters = [one for one in words if one.text.strip()]
    return bool(letters) and all(Mark.STRONG in one.marks for one in letters)


def _clip(rows: list[list[Cell]]) -> None:
    for place, row in enumerate(rows):
        for cell in row:
            cell.down = min(cell.down, len(rows) - place)


def _plain_header(blocks: list[Block]) -> list[Block]:
    """A header is bold by itself."""
    return [
        Paragraph(without_strong(block.inlines)) if isinstance(block, Paragraph) else block
        for block in blocks
    ]


def _with_strong(inlines: Sequence[Inline]) -> list[Inline]:
    return canonical(
        [
            Words(one.text, one.marks | {Mark.STRONG}, one.href) if isinstance(one, Words) else one
            for one in inlines
        ]
    )


def without_strong(inlines: Sequence[Inline]) -> list[Inline]:
    """Return *inlines* without bold letters, where everything is bold by itself."""
    return canonical(
        [
            Words(one.text, one.marks - {Mark.STRONG}, one.href) if isinstance(one, Words) else one
            for one in inlines
        ]
    )


def in_one_line(blocks: Sequence[Block]) -> list[Inline]:
    """Return what stands in *blocks* as the lines of one paragraph."""
    line: list[Inline] = []
    for block in blocks:
        line += [*([Break()] if line else []), *inlines_of(block)]
    return canonical(line)
