"""What a print needs of a report: its tables as rows of labels and figures, and its prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annualreport.model import Report


@dataclass(frozen=True)
class PrintedRow:
    """Group labels that begin in this row, its own label, and its figures as text."""

    groups: tuple[str, ...]
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PrintedBlock:
    """A block of table 2: caption, column heads, rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[PrintedRow, ...]


def figure(report: Report, key: str) -> str:
    """The figure as a page shows it; a blank cell shows nothing."""
    value = report.cell(key)
    return "" if value is None else str(value)


def title(report: Report) -> str:
    """The title line."""
    return f"{report.issuer}{report.year}年政府信息公开工作年度报告"


def actions(report: Report) -> tuple[PrintedBlock, ...]:
    """Table 2."""
    return tuple(
        PrintedBlock(
            block.label,
            block.columns,
            tuple(
                PrintedRow(
                    (), row.label, tuple(figure(report, f"t2.{cell.key}") for cell in row.cells)
                )
                for row in block.rows
            ),
        )
        for block in report.form.t2
    )


def requests(report: Report) -> tuple[PrintedRow, ...]:
    """The body of table 3, each group label on the first of its rows."""
    return tuple(_requests(report))


def _requests(report: Report) -> Iterator[PrintedRow]:
    before: tuple[str, ...] = ()
    for row in report.form.t3.rows:
        groups = tuple(
            label
            for depth, label in enumerate(row.path[:-1])
            if before[: depth + 1] != row.path[: depth + 1]
        )
        cells = tuple(figure(report, f"t3.{row.key}.{c.key}") for c in report.form.t3.columns)
        yield PrintedRow(groups, row.label, cells)
        before = row.path


def disputes(report: Report) -> tuple[str, ...]:
    """The fifteen figures of table 4."""
    table = report.form.t4
    return tuple(
        figure(report, f"t4.{block.key}.{column.key}")
        for block in table.blocks
        for column in table.columns
    )


def request_heads(report: Report) -> tuple[str, ...]:
    """The header words of table 3 in reading order."""
    table = report.form.t3
    own = [column.label for column in table.columns if not column.organisation]
    others = [column.label for column in table.columns if column.organisation]
    return (table.note, table.applicants, own[0], table.organisations, own[1], *others)


def dispute_heads(report: Report) -> tuple[str, ...]:
    """The header words of table 4 in reading order."""
    columns = [column.label for column in report.form.t4.columns]
    return ("行政复议", "行政诉讼", *columns, "未经复议直接起诉", "复议后起诉", *columns, *columns)


def section(report: Report, key: str) -> tuple[str, str]:
    """Heading and text of one section."""
    found = next(section for section in report.form.sections if section.key == key)
    return found.heading, report.sections.get(key, "")
