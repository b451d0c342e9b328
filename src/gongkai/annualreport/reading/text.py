"""Plain text as published or pasted: lines, and tab-separated table rows."""

from __future__ import annotations

from gongkai.annualreport.reading.page import Line, Page


def page_of_text(text: str) -> Page:
    """Return the lines of `text`; a line with a tab in it is a table row."""
    lines = (line.strip("\r\n\ufeff") for line in text.splitlines())
    return Page(tuple(_line(line) for line in lines))


def _line(line: str) -> Line:
    if "\t" in line:
        return Line(tuple(cell.strip() for cell in line.split("\t")), table=True)
    return Line((line.strip(),), table=False)
