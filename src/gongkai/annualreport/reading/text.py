"""Plain text as published or pasted: lines, and rows whose cells tabs or pipes divide."""

from __future__ import annotations

import re

from gongkai.annualreport.reading.page import Line, Page

_RULE = re.compile(r"[\s|:]*-{3,}[\s|:-]*")
_FIGURE = re.compile(r"[-+]?[\d.,]*\d|[/／\-—]")


def page_of_text(text: str) -> Page:
    """Return the lines of `text`; a line with a tab, or with figures between pipes, is a table row."""
    lines = (line.strip("\r\n\ufeff") for line in text.splitlines())
    return Page(tuple(_line(line) for line in lines if not (line.strip() and _is_rule(line))))


def _is_rule(line: str) -> bool:
    """The line under the head of a Markdown table, or what is left of one."""
    return bool(_RULE.fullmatch(line)) if "|" in line else False


def _line(line: str) -> Line:
    if "\t" in line:
        return Line(tuple(cell.strip() for cell in line.split("\t")), table=True)
    if "|" in line:
        cells = tuple(cell.strip() for cell in line.strip().removeprefix("|").split("|"))
        cells = cells[:-1] if cells[-1] == "" else cells
        if line.rstrip().endswith("|") or any(_FIGURE.fullmatch(cell) for cell in cells):
            return Line(cells or ("",), table=True)
    return Line((line.strip(),), table=False)
