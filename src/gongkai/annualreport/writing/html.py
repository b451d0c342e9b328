"""Accessible HTML of a report: the official tables with captions, scopes and merged headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from gongkai.annualreport.model import Report
from gongkai.annualreport.writing.front import fact_lines, paragraphs, shown, title_of
from gongkai.annualreport.writing.layout import Figure, Heading, Row, Table, official_table

CellContent = Callable[[str], str]

_STYLE = """\
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.8 "FangSong_GB2312", "FangSong", "Noto Serif CJK SC", serif; color: #111; }
h1 { font-size: 1.6rem; text-align: center; }
h2 { font: bold 1.15rem/1.6 "SimHei", "Noto Sans CJK SC", sans-serif; }
p { text-indent: 2em; margin: 0.4em 0; }
.report-fact { text-align: center; text-indent: 0; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: 0.9rem; line-height: 1.4; }
caption { font-weight: bold; padding: 0.4rem; }
th, td { border: 1px solid #333; padding: 0.3rem; text-align: center; font-weight: normal; }
tbody th[scope="row"], .report-note { text-align: left; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } }
"""


def write_html(report: Report, *, cell_content: CellContent | None = None) -> str:
    """Return the report as one `<article>`.

    `cell_content(key)` gives the markup inside a figure's cell, for instance a link to its
    records; whoever passes it answers for escaping. Without it the figure itself is printed.
    """
    parts = [f"<h1>{escape(title_of(report))}</h1>"]
    parts += [f'<p class="report-fact">{escape(line)}</p>' for line in fact_lines(report)]
    for section in report.form.sections:
        parts.append(f"<h2>{escape(section.heading)}</h2>")
        text = report.sections.get(section.key, "")
        parts += [f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs(text)]
        if section.table is not None:
            parts.append(table_html(report, section.table, cell_content=cell_content))
    return '<article class="annual-report">\n' + "\n".join(parts) + "\n</article>\n"


def write_html_page(report: Report) -> str:
    """Return a whole page, to be kept as a file."""
    title = escape(title_of(report))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{write_html(report)}</main>\n</body>\n</html>\n"
    )


def table_html(report: Report, table: str, *, cell_content: CellContent | None = None) -> str:
    """Return one table: "t2", "t3" or "t4"; see `write_html` for `cell_content`."""
    content = cell_content or (lambda key: cell_text(report, key))
    laid = official_table(report.form, table)
    body = "\n".join(_rows(laid, content))
    caption = f"<caption>{escape(laid.caption)}</caption>"
    return f'<table class="report-table report-{table}">\n{caption}\n{body}\n</table>'


def cell_text(report: Report, key: str) -> str:
    """The escaped figure in a cell; a blank one is empty."""
    return escape(shown(report.cell(key)))


def _rows(table: Table, content: CellContent) -> Iterator[str]:
    if table.head:
        yield "<thead>"
        yield from (_row(row, content) for row in table.head)
        yield "</thead>"
    for body in table.bodies:
        yield "<tbody>"
        yield from (_row(row, content) for row in body)
        yield "</tbody>"


def _row(row: Row, content: CellContent) -> str:
    cells = (
        _heading(cell) if isinstance(cell, Heading) else _figure(cell, content(cell.key))
        for cell in row
    )
    return f"<tr>{''.join(cells)}</tr>"


def _heading(cell: Heading) -> str:
    if not cell.scope:
        return f'<td class="report-{cell.kind}"{_spans(cell)}>{escape(cell.text)}</td>'
    return f'<th id="{escape(cell.id)}" scope="{cell.scope}"{_spans(cell)}>{escape(cell.text)}</th>'


def _figure(cell: Figure, markup: str) -> str:
    return f'<td headers="{escape(" ".join(cell.headers))}"{_spans(cell)}>{markup}</td>'


def _spans(cell: Heading | Figure) -> str:
    across = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return across + (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "")
