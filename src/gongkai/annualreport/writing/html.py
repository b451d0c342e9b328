"""Accessible HTML of a report: the official tables with captions, scopes and merged headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from gongkai.annualreport.format import ReportFormat, RequestRow
from gongkai.annualreport.model import Report

CellContent = Callable[[str], str]


def write_html(report: Report, *, cell_content: CellContent | None = None) -> str:
    """Return the report as one `<article>`.

    `cell_content(key)` gives the markup inside a figure's cell, for instance a link to its
    records; whoever passes it answers for escaping. Without it the figure itself is printed.
    """
    content = cell_content or (lambda key: cell_text(report, key))
    parts = [f"<h1>{escape(title_of(report))}</h1>"]
    for section in report.form.sections:
        parts.append(f"<h2>{escape(section.heading)}</h2>")
        parts += [
            f"<p>{escape(text.strip())}</p>"
            for text in report.sections.get(section.key, "").splitlines()
            if text.strip()
        ]
        if section.table is not None:
            parts.append(table_html(report, section.table, cell_content=content))
    return '<article class="annual-report">\n' + "\n".join(parts) + "\n</article>\n"


def write_html_page(report: Report) -> str:
    """Return a whole page, to be kept as a file."""
    title = escape(title_of(report))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n</head>\n<body>\n<main>\n{write_html(report)}</main>\n"
        "</body>\n</html>\n"
    )


def table_html(report: Report, table: str, *, cell_content: CellContent | None = None) -> str:
    """Return one table: "t2", "t3" or "t4"; see `write_html` for `cell_content`."""
    content = cell_content or (lambda key: cell_text(report, key))
    rows = {"t2": _actions, "t3": _requests, "t4": _disputes}[table](report.form, content)
    section = next(section for section in report.form.sections if section.table == table)
    caption = escape(section.heading.partition("、")[2])
    body = "\n".join(rows)
    return f'<table class="report-table report-{table}">\n<caption>{caption}</caption>\n{body}\n</table>'


def title_of(report: Report) -> str:
    """The official title of a report."""
    return f"{report.issuer}{report.year}年政府信息公开工作年度报告"


def cell_text(report: Report, key: str) -> str:
    """The escaped figure in a cell; a blank one is empty."""
    value = report.cell(key)
    return "" if value is None else escape(str(value))


def _actions(form: ReportFormat, content: CellContent) -> Iterator[str]:
    width = max(len(block.columns) for block in form.t2) - 1
    for block in form.t2:
        yield "<tbody>"
        yield f"<tr>{_head(block.label, 'colgroup', cols=width + 1)}</tr>"
        span = width // (len(block.columns) - 1)
        heads = [_head(block.columns[0], "col")]
        heads += [_head(label, "col", cols=span) for label in block.columns[1:]]
        yield f"<tr>{''.join(heads)}</tr>"
        for row in block.rows:
            cells = [_data(content(f"t2.{cell.key}"), cols=span) for cell in row.cells]
            yield f"<tr>{_head(row.label, 'row')}{''.join(cells)}</tr>"
        yield "</tbody>"


def _requests(form: ReportFormat, content: CellContent) -> Iterator[str]:
    yield "<thead>"
    yield from _request_heads(form)
    yield "</thead>\n<tbody>"
    deepest = max(len(row.path) for row in form.t3.rows)
    above: RequestRow | None = None
    for row in form.t3.rows:
        heads = _row_heads(form, row, above, deepest)
        cells = [_data(content(f"t3.{row.key}.{column.key}")) for column in form.t3.columns]
        yield f"<tr>{''.join(heads)}{''.join(cells)}</tr>"
        above = row
    yield "</tbody>"


def _request_heads(form: ReportFormat) -> Iterator[str]:
    table = form.t3
    deepest = max(len(row.path) for row in table.rows)
    applicants = table.applicant_columns
    note = f'<td class="report-note" colspan="{deepest}" rowspan="3">{escape(table.note)}</td>'
    total = _head(table.total.label, "col", rows=3)
    yield f"<tr>{note}{_head(table.applicants, 'colgroup', cols=len(applicants))}{total}</tr>"
    own = [_head(c.label, "col", rows=2) for c in applicants if not c.organisation]
    others = [c for c in applicants if c.organisation]
    group = _head(table.organisations, "colgroup", cols=len(others))
    yield f"<tr>{''.join(own)}{group}</tr>"
    yield f"<tr>{''.join(_head(column.label, 'col') for column in others)}</tr>"


def _row_heads(
    form: ReportFormat, row: RequestRow, above: RequestRow | None, deepest: int
) -> Iterator[str]:
    """Group labels once with their rowspan; the innermost label takes what is left of the width."""
    before = above.path if above else ()
    for depth, label in enumerate(row.path[:-1]):
        stem = row.path[: depth + 1]
        if before[: depth + 1] != stem:
            rows = sum(other.path[: depth + 1] == stem for other in form.t3.rows)
            yield _head(label, "rowgroup", rows=rows)
    yield _head(row.label, "row", cols=deepest - len(row.path) + 1)


def _disputes(form: ReportFormat, content: CellContent) -> Iterator[str]:
    table = form.t4
    width, deepest = len(table.columns), max(len(block.path) for block in table.blocks)
    yield "<thead>"
    for depth in range(deepest + 1):
        heads: list[str] = []
        for place, block in enumerate(table.blocks):
            stem = block.path[: depth + 1]
            before = table.blocks[place - 1].path[: depth + 1] if place else ()
            if depth == len(block.path):
                heads += [_head(c.label, "col", rows=deepest - depth + 1) for c in table.columns]
            elif depth < len(block.path) and before != stem:
                same = sum(other.path[: depth + 1] == stem for other in table.blocks)
                heads.append(_head(block.path[depth], "colgroup", cols=width * same))
        yield f"<tr>{''.join(heads)}</tr>"
    keys = [f"t4.{block.key}.{column.key}" for block in table.blocks for column in table.columns]
    cells = "".join(_data(content(key)) for key in keys)
    yield f"</thead>\n<tbody>\n<tr>{cells}</tr>\n</tbody>"


def _head(label: str, scope: str, *, cols: int = 1, rows: int = 1) -> str:
    return f'<th scope="{scope}"{_spans(cols, rows)}>{escape(label)}</th>'


def _data(markup: str, *, cols: int = 1) -> str:
    return f"<td{_spans(cols, 1)}>{markup}</td>"


def _spans(cols: int, rows: int) -> str:
    across = f' colspan="{cols}"' if cols > 1 else ""
    return across + (f' rowspan="{rows}"' if rows > 1 else "")
