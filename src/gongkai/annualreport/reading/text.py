"""Plain text as published or pasted: lines, and rows whose cells tabs or pipes divide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annualreport.reading.page import Line, Page

_RULE = re.compile(r"[\s|:]*-{3,}[\s|:-]*")
_FIGURE = re.compile(r"[-+]?[\d.,]*\d|[/／\-—]")
_CELL = re.compile(r"[^|]*\|\s*")
_FILLER = re.compile(r"[|\s]{2,}")
_FEWEST_CELLS = 40
_WIDEST = 7


def page_of_text(text: str) -> Page:
    """Return the lines of `text`; a line with a tab, or with figures between pipes, is a table row."""
    lines = [line.strip("\r\n\ufeff") for line in text.splitlines()]
    lines = [line for line in lines if not _is_rule(line)]
    if _is_cell_by_cell(lines):
        return Page(tuple(_gathered(lines)))
    return Page(tuple(map(_line, lines)))


def _is_rule(line: str) -> bool:
    """The line under the head of a Markdown table, or what is left of one."""
    return "|" in line and bool(_RULE.fullmatch(line))


def _line(line: str) -> Line:
    if "\t" in line:
        return Line(tuple(cell.strip() for cell in line.split("\t")), table=True)
    if "|" in line:
        cells = tuple(cell.strip() for cell in line.strip().removeprefix("|").split("|"))
        cells = cells[:-1] if cells[-1] == "" else cells
        if line.rstrip().endswith("|") or any(_FIGURE.fullmatch(cell) for cell in cells):
            return Line(cells or ("",), table=True)
    return Line((line.strip(),), table=False)


def _is_cell_by_cell(lines: list[str]) -> bool:
    """One cell a line, each closed by a pipe: then a line with nothing but a pipe is an empty cell."""
    single = sum(bool(_CELL.fullmatch(line)) for line in lines)
    several = sum(line.strip("| ").count("|") > 0 for line in lines)
    return single >= _FEWEST_CELLS and several * 10 < single


def _gathered(lines: list[str]) -> Iterator[Line]:
    """Put cells printed one to a line together again: a label and the cells up to the next one.

    Lines of several pipes stand for merged cells and close a row.
    """
    row: list[str] = []
    for line in [*lines, "||"]:
        cell = line.strip().removesuffix("|").strip() if _CELL.fullmatch(line) else None
        if cell is not None and (not cell or _FIGURE.fullmatch(cell)):
            row.append(cell)
            continue
        if row:
            yield Line(tuple(_without_filler(row)), table=True)
        row = [cell] if cell is not None else []
        if cell is None and not _FILLER.fullmatch(line):
            yield Line((line.strip(),), table=False)


def _without_filler(row: list[str]) -> list[str]:
    """Behind a label stand seven figures at most; blank cells after them stand for merged ones."""
    labelled = bool(row[0]) and not _FIGURE.fullmatch(row[0])
    return row[: _WIDEST + 1] if labelled and not any(row[_WIDEST + 1 :]) else row
