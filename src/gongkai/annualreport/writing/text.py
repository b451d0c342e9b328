"""Plain text with tab-separated tables in the official layout; `read` reads it back equal."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annualreport.format import ActionBlock, ReportFormat
from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.prose import Prose, contact, level_of, period, read_prose

_LABEL_CELLS = 3  # group, kind and item of a row of table 3


def write_text(report: Report) -> str:
    """Return the report as text: title, header lines that the prose does not state, sections."""
    lines = [f"{report.issuer}{report.year}年政府信息公开工作年度报告", ""]
    header = list(_header(report))
    lines += [*header, ""] if header else []
    for section in report.form.sections:
        lines += [section.heading, ""]
        lines += _paragraphs(report.sections.get(section.key, ""))
        if section.table is not None:
            lines += [*("\t".join(row) for row in _TABLES[section.table](report)), ""]
    return "\n".join(lines)


def _header(report: Report) -> Iterator[str]:
    """Lines for what would otherwise be lost, because no section says it."""
    prose = _prose_of(report)
    if report.published_on is not None:
        yield f"发布日期：{report.published_on.isoformat()}"
    if report.period is not None and period(prose) != report.period:
        yield f"统计期限：{report.period}"
    if report.contact is not None and contact(prose) != report.contact:
        yield f"联系方式：{report.contact}"
    if level_of(report.issuer) != report.level:
        yield f"机关层级：{report.level or '未注明'}"


def _prose_of(report: Report) -> Prose:
    lines = [
        Line((text,), table=False)
        for section in report.form.sections
        for text in (section.heading, *report.sections.get(section.key, "").splitlines())
    ]
    return read_prose(report.form, lines)


def _paragraphs(text: str) -> list[str]:
    """Tabs would make a paragraph look like a table row; blank lines are set here, not copied."""
    lines = (line.replace("\t", " ") for line in text.splitlines())
    return [part for line in lines if line.strip() for part in (line, "")]


def _actions(report: Report) -> Iterator[list[str]]:
    width = max(len(block.columns) for block in report.form.t2)
    for block in report.form.t2:
        yield _padded([block.label], width)
        yield _padded(list(block.columns), width)
        yield from _action_rows(report, block, width)


def _action_rows(report: Report, block: ActionBlock, width: int) -> Iterator[list[str]]:
    for row in block.rows:
        cells = [_shown(report.cell(f"t2.{cell.key}")) for cell in row.cells]
        yield _padded([row.label, *cells], width)


def _requests(report: Report) -> Iterator[list[str]]:
    table = report.form.t3
    yield from _request_head(report.form)
    above: tuple[str, ...] = ()
    for row in table.rows:
        labels = [
            ""
            if place < len(row.path) - 1 and row.path[: place + 1] == above[: place + 1]
            else text
            for place, text in enumerate(row.path)
        ]
        cells = [_shown(report.cell(f"t3.{row.key}.{column.key}")) for column in table.columns]
        yield [*_padded(labels, _LABEL_CELLS), *cells]
        above = row.path


def _request_head(form: ReportFormat) -> Iterator[list[str]]:
    table, blank = form.t3, [""] * _LABEL_CELLS
    inner = [""] * len(table.applicant_columns)
    yield [table.note, "", "", table.applicants, *inner[1:], table.total.label]
    first = [c.label if not c.organisation else "" for c in table.applicant_columns]
    first[first.index("")] = table.organisations
    yield [*blank, *first, ""]
    yield [*blank, *(c.label if c.organisation else "" for c in table.applicant_columns), ""]


def _disputes(report: Report) -> Iterator[list[str]]:
    table = report.form.t4
    heads = [block.path for block in table.blocks]
    deepest = max(map(len, heads))
    labels = [column.label for column in table.columns]
    for depth in range(deepest + 1):
        line: list[str] = []
        for place, path in enumerate(heads):
            shared = place > 0 and heads[place - 1][: depth + 1] == path[: depth + 1]
            line += _block_head(path, labels, depth, shared=shared)
        yield line
    yield [
        _shown(report.cell(f"t4.{block.key}.{column.key}"))
        for block in table.blocks
        for column in table.columns
    ]


def _block_head(path: tuple[str, ...], labels: list[str], depth: int, *, shared: bool) -> list[str]:
    if depth == len(path):
        return labels
    caption = path[depth] if depth < len(path) and not shared else ""
    return _padded([caption], len(labels))


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)


_TABLES = {"t2": _actions, "t3": _requests, "t4": _disputes}
