"""A report as an official document: the blocks that both Word and PDF are set from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from gongkai.annualreport.model import Report, to_json
from gongkai.annualreport.writing import layout
from gongkai.annualreport.writing.front import (
    paragraphs,
    printed_facts,
    shown,
    title_of,
    year_and_subject,
)
from gongkai.paper.blocks import (
    Align,
    Attachment,
    Block,
    Cell,
    Document,
    Gap,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    Title,
)

TWIN = "annual-report.json"
"""The name under which a document carries its own report as data."""

_SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。；：:]{1,28}")
_TITLE_LINE = 20
"""Characters of the title's size (22 pt) in a line of 156 mm."""
_TEXT_WIDTH = 156.0
_SIZES = {"t2": 12.0, "t3": 10.0, "t4": 10.0}


def official_document(report: Report) -> Document:
    """Return the report laid out as an official document, with its JSON twin inside."""
    return Document(
        title=title_of(report),
        author=report.issuer,
        blocks=tuple(_blocks(report)),
        day=report.published_on,
        attachments=(Attachment(TWIN, to_json(report), "application/json", "本报告的数据"),),
    )


def _blocks(report: Report) -> Iterator[Block]:
    yield Title(_title_lines(report))
    yield from (Note(line) for line in printed_facts(report))
    yield Gap()
    tables = layout.official_tables(report.form)
    for section in report.form.sections:
        yield Heading(section.heading)
        for text in paragraphs(report.sections.get(section.key, "")):
            yield Heading(text, 2) if _SUBHEADING.fullmatch(text) else Paragraph(text)
        if section.key in tables:
            yield _table(report, tables[section.key])


def _title_lines(report: Report) -> tuple[str, ...]:
    """The title in one line, else body and subject in lines of their own (GB/T 9704-2012, 7.3.1)."""
    title, issuer = title_of(report), report.issuer
    if _ems(title) <= _TITLE_LINE or not issuer:
        return (title,)
    length = math.ceil(len(issuer) / math.ceil(_ems(issuer) / _TITLE_LINE))
    parts = [issuer[at : at + length] for at in range(0, len(issuer), length)]
    return (*parts, year_and_subject(report))


def _ems(text: str) -> float:
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def _table(report: Report, table: layout.Table) -> Table:
    rows = tuple(
        Row(tuple(_cell(report, cell) for cell in row), head=layout.is_heading_row(row))
        for row in table.rows
    )
    return Table(_widths(table), rows, _SIZES[table.id], table.caption)


def _widths(table: layout.Table) -> tuple[float, ...]:
    """Column widths in millimetres: labels first, the figures share the rest alike."""
    labels = {"t2": (48.0,), "t3": (12.5, 18.5, 51.5), "t4": ()}[table.id]
    figures = table.width - len(labels)
    return (*labels, *[(_TEXT_WIDTH - sum(labels)) / figures] * figures)


def _cell(report: Report, cell: layout.Heading | layout.Figure) -> Cell:
    if isinstance(cell, layout.Figure):
        return Cell(shown(report.cell(cell.key)), cell.colspan, cell.rowspan)
    align: Align = "left" if cell.kind in ("leaf", "note") else "center"
    return Cell(cell.text, cell.colspan, cell.rowspan, align, head=bool(cell.scope))
