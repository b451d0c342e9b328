"""Where the cells of a table stand once their spans are laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.paper.blocks import Cell, Row, Table


@dataclass(frozen=True)
class Placed:
    """A cell and the column it begins in; `covered` where a cell above reaches down into this row."""

    cell: Cell
    column: int
    covered: bool = False


def laid_out(table: Table) -> Iterator[tuple[Row, list[Placed]]]:
    """Yield each row with all that stands in it, from the left, spans from above included.

    Raises `ValueError` when the cells of a row do not fill the columns exactly.
    """
    reaching: dict[int, tuple[Cell, int]] = {}
    for number, row in enumerate(table.rows):
        placed = _fill(row, reaching)
        filled = sum(one.cell.colspan for one in placed)
        if filled != len(table.widths):
            raise ValueError(f"row {number} fills {filled} of {len(table.widths)} columns")
        reaching = {
            one.column: (one.cell, left)
            for one in placed
            if (left := _rows_left(one, reaching)) > 0
        }
        yield row, placed


def _fill(row: Row, reaching: dict[int, tuple[Cell, int]]) -> list[Placed]:
    placed: list[Placed] = []
    column = 0
    own = iter(row.cells)
    cell = next(own, None)
    while column in reaching or cell is not None:
        if column in reaching:
            placed.append(Placed(reaching[column][0], column, covered=True))
        elif cell is not None:
            placed.append(Placed(cell, column))
            cell = next(own, None)
        column += placed[-1].cell.colspan
    return placed


def _rows_left(one: Placed, reaching: dict[int, tuple[Cell, int]]) -> int:
    return (reaching[one.column][1] if one.covered else one.cell.rowspan) - 1


def width_of(table: Table, one: Placed) -> float:
    """The width of a placed cell in millimetres."""
    return sum(table.widths[one.column : one.column + one.cell.colspan])
