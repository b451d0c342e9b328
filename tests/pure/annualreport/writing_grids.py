"""What a table must look like, worked out from the format alone, and the same read from files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import pdfplumber
from hypothesis import strategies as st

from gongkai.annualreport.format import ReportFormat, load_format
from gongkai.annualreport.model import Cell, Report, build
from tests.pure.annualreport.reports import PROSE

Grid = list[list[str]]
TABLES = ("t2", "t3", "t4")


def report_of(form: str, cells: dict[str, Cell] | None = None, **changed: str) -> Report:
    """An invented report in which every cell has a number of its own, so that none can be swapped."""
    own: dict[str, Cell] = {
        key: f"{number}.5" if kind in ("money", "amount") else number
        for number, (key, kind) in enumerate(load_format(form).kinds.items(), 1000)
    }
    return build(
        issuer="青禾县人民政府",
        year=2024,
        format=form,
        level="county",
        period="2024-01-01/2024-12-31",
        contact="青禾县人民政府办公室 0999-1234567",
        cells=own | (cells or {}),
        sections=PROSE | changed,
    )


def expected_grid(report: Report, table: str) -> Grid:
    """The table with each label repeated in every cell it is merged over."""
    shown = {key: "" if cell is None else str(cell) for key, cell in report.figures.items()}
    return {"t2": _actions, "t3": _requests, "t4": _disputes}[table](report.form, shown)


def _actions(form: ReportFormat, shown: dict[str, str]) -> Grid:
    grid = []
    for block in form.t2:
        grid.append([block.label] * 4)
        grid.append(_stretched(block.columns, 4))
        for row in block.rows:
            grid.append(_stretched([row.label, *(shown[f"t2.{c.key}"] for c in row.cells)], 4))
    return grid


def _requests(form: ReportFormat, shown: dict[str, str]) -> Grid:
    table = form.t3
    own, others = table.columns[0].label, [c.label for c in table.columns[1:-1]]
    note, total = [table.note] * 3, table.columns[-1].label
    grid = [
        [*note, *[table.applicants] * 7],
        [*note, own, *[table.organisations] * 5, total],
        [*note, own, *others, total],
    ]
    for row in table.rows:
        figures = [shown[f"t3.{row.key}.{column.key}"] for column in table.columns]
        grid.append([*_stretched(row.path, 3), *figures])
    return grid


def _disputes(form: ReportFormat, shown: dict[str, str]) -> Grid:
    blocks, columns = form.t4.blocks, form.t4.columns
    head = [
        [_at((*block.path, column.label), level) for block in blocks for column in columns]
        for level in range(3)
    ]
    return [*head, [shown[f"t4.{block.key}.{c.key}"] for block in blocks for c in columns]]


def _at(path: Sequence[str], level: int) -> str:
    return path[min(level, len(path) - 1)]


def _stretched(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[cells[-1]] * (width - len(cells))]


def word_grids(data: bytes) -> list[Grid]:
    """The tables of a Word file; a merged cell is repeated over all that it covers."""
    document = docx.Document(io.BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in one.rows] for one in document.tables]


def sheet_grid(sheet: Any) -> Grid:
    """A sheet with the content of merged ranges repeated."""
    grid = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row - 1, merged.max_row):
            for column in range(merged.min_col - 1, merged.max_col):
                grid[row][column] = grid[merged.min_row - 1][merged.min_col - 1]
    return grid


def print_grids(data: bytes) -> list[list[list[str | None]]]:
    """The ruled tables of a PDF without white space; None where a merged cell reaches."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    return [
        [[None if cell is None else "".join(cell.split()) for cell in row] for row in one]
        for one in tables
    ]


def merged_away(grid: Grid) -> list[list[str | None]]:
    """`grid` as a print shows it: a label once, at the upper left corner of what it is merged over.

    Works where no two cells side by side, or one above the other, have the same text by chance.
    """
    return [
        [
            None
            if (column and row[column - 1] == cell) or (number and grid[number - 1][column] == cell)
            else "".join(cell.split())
            for column, cell in enumerate(row)
        ]
        for number, row in enumerate(grid)
    ]


HOSTILE = st.lists(
    st.sampled_from(
        [
            *"#$*_`@<>[]{}\\/=-+~\"'&;:.,1a \t县“》",
            "#panic()",
            "https://a.cn/",
            "= ",
            "@ref",
            "<label>",
        ]
    ),
    max_size=40,
).map("".join)
"""Text that a typesetter, a browser or a spreadsheet might take for an instruction."""
