"""Tables with merged cells, as every kind of file has them, laid out on a grid and read as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.page_rows import LONG_TEXT, is_heading, joined
from gongkai.files.refusal import UnreadableError

# The forms have at most 15 columns and 30 rows; what claims far more is rubbish or an attack.
_WIDEST = 200
_MOST_PLACES = 400_000
_FEW_CELLS = 3


@dataclass(frozen=True)
class Cell:
    """A cell as the file gives it: its content in lines, and over how many places it reaches.

    `down` 0 means to the last row. Lines with `table` set are rows of a table inside the cell.
    """

    lines: tuple[Line, ...]
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """The content as one text; a label broken over lines is put together again."""
        return joined(line.text for line in self.lines)

    @property
    def has_table(self) -> bool:
        """Whether a table is laid out inside."""
        return any(line.table for line in self.lines)


Row = Sequence[Cell]
Placed = list[Cell | None]


def table_lines(rows: Sequence[Row]) -> tuple[Line, ...]:
    """Return a table as lines in reading order.

    A merged cell stands in its top left place; the other places are "". A table that only lays
    out a page comes back as what it holds: paragraphs, and the rows of the tables inside it.
    Raises `UnreadableError` when the table is beyond all reason.
    """
    if sum(map(len, rows)) == 1:
        return next(row[0].lines for row in rows if row)
    grid = expand(rows)
    if not any(any(_filled(row)) for row in grid):
        return ()
    opened = [_is_layout(row) for row in grid]
    lines: list[Line] = []
    for place, row in enumerate(grid):
        if opened[place] or (_stands_alone(row) or (any(opened) and _is_apart(grid, place))):
            lines += [line for cell in row if cell for line in cell.lines]
        elif any(_filled(row)) or not any(opened):
            lines.append(Line(tuple(cell.text if cell else "" for cell in row), table=True))
    return tuple(lines)


def expand(rows: Sequence[Row]) -> list[Placed]:
    """Return the grid: each cell in its top left place, None in the places it covers or lacks.

    Spans are cut to the table; where two cells claim a place the earlier one has it.
    """
    taken: list[dict[int, Cell | None]] = [{} for _ in rows]
    count = 0
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            left = _first_free(taken[top], left)
            width, height = _extent(cell, len(rows) - top)
            count += width * height
            _require_sane(left + width, count)
            _take(taken[top : top + height], left, width, cell)
    width = max((max(places) + 1 for places in taken if places), default=0)
    return [[places.get(place) for place in range(width)] for places in taken]


def _first_free(places: dict[int, Cell | None], left: int) -> int:
    while left in places:
        left += 1
    return left


def _extent(cell: Cell, rows_left: int) -> tuple[int, int]:
    down = rows_left if cell.down == 0 else max(1, min(cell.down, rows_left))
    return max(1, min(cell.across, _WIDEST)), down


def _take(taken: list[dict[int, Cell | None]], left: int, width: int, cell: Cell) -> None:
    for depth, places in enumerate(taken):
        for place in range(left, left + width):
            if depth == 0 and place == left:
                places[place] = cell
            else:
                places.setdefault(place, None)


def _require_sane(width: int, places: int) -> None:
    if width > _WIDEST * 2 or places > _MOST_PLACES:
        raise UnreadableError(
            "表格大得不像年度报告（列数或合并单元格过多），请只保留报告的三张表后重新保存。"
        )


def _filled(row: Placed) -> Iterator[Cell]:
    return (cell for cell in row if cell is not None and cell.text)


def _is_layout(row: Placed) -> bool:
    """A row that lays out the page: a table stands in a cell, or prose with little beside it."""
    cells = list(_filled(row))
    if any(cell.has_table for cell in cells):
        return True
    return len(cells) <= _FEW_CELLS and any(len(cell.text) > LONG_TEXT for cell in cells)


def _stands_alone(row: Placed) -> bool:
    cells = list(_filled(row))
    return len(cells) == 1 and is_heading(cells[0].text)


def _is_apart(grid: Sequence[Placed], place: int) -> bool:
    """In a table that lays out the page, a single text away from any real row is a paragraph."""
    near = [*grid[max(0, place - 1) : place], *grid[place + 1 : place + 2]]
    if len(list(_filled(grid[place]))) != 1:
        return False
    return all(_is_layout(row) or len(list(_filled(row))) <= 1 for row in near)
