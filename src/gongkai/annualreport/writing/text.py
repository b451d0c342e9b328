"""Plain text with tab-separated tables in the official layout; `read` reads it back equal."""

from __future__ import annotations

from gongkai.annualreport.model import Report
from gongkai.annualreport.writing.front import fact_lines, paragraphs, shown, title_of
from gongkai.annualreport.writing.layout import Heading, Table, official_tables, place


def write_text(report: Report) -> str:
    """Return the report as text: title, header lines that the prose does not state, sections."""
    lines = [title_of(report), ""]
    facts = list(fact_lines(report))
    lines += [*facts, ""] if facts else []
    tables = official_tables(report.form)
    for section in report.form.sections:
        lines += [section.heading, ""]
        for paragraph in paragraphs(report.sections.get(section.key, "")):
            lines += [paragraph, ""]
        if section.key in tables:
            lines += [*("\t".join(row) for row in _grid(report, tables[section.key])), ""]
    return "\n".join(lines)


def _grid(report: Report, table: Table) -> list[list[str]]:
    """The rows of a table; a merged cell is printed at its upper left corner, the rest is blank."""
    grid = [[""] * table.width for _ in table.rows]
    for one in place(table):
        cell = one.cell
        text = cell.text if isinstance(cell, Heading) else shown(report.cell(cell.key))
        grid[one.row][one.column] = " ".join(text.split())
    return grid
