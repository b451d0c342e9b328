"""The ways in which web pages set the tables: spans, blanks for zero, Word's markup, padded heads."""

from __future__ import annotations

import random
from collections.abc import Callable
from html import escape

from gongkai.annualreport.model import Report
from tests.pure.annualreport.prints.page import (
    actions,
    dispute_heads,
    disputes,
    request_heads,
    requests,
    section,
    title,
)

Cell = Callable[..., str]
Print = Callable[[Report, random.Random], bytes]


def _cell(markup: str, cols: int, rows: int) -> str:
    spans = (f' colspan="{cols}"' if cols > 1 else "") + (f' rowspan="{rows}"' if rows > 1 else "")
    return f"<td{spans}>{markup}</td>"


def _td(text: str, cols: int = 1, rows: int = 1) -> str:
    return _cell(escape(text), cols, rows)


def _table(*rows: str) -> str:
    return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def tables(report: Report, td: Cell = _td, pad: int = 0) -> tuple[str, str, str]:
    """The three tables with the official spans; `td` prints a cell, `pad` widens the heads of table 4."""
    return _second(report, td), _third(report, td), _fourth(report, td, pad)


def _second(report: Report, td: Cell) -> str:
    width = max(len(block.heads) for block in actions(report))
    rows: list[str] = []
    for block in actions(report):
        last = width - len(block.heads) + 1
        rows.append(td(block.caption, cols=width))
        rows.append("".join(map(td, block.heads[:-1])) + td(block.heads[-1], cols=last))
        for row in block.rows:
            cells = [td(row.label), *map(td, row.cells[:-1]), td(row.cells[-1], cols=last)]
            rows.append("".join(cells))
    return _table(*rows)


def _third(report: Report, td: Cell) -> str:
    note, applicants, natural, organisations, total, *others = request_heads(report)
    rows = [
        td(note, cols=3, rows=3) + td(applicants, cols=7),
        td(natural, rows=2) + td(organisations, cols=5) + td(total, rows=2),
        "".join(map(td, others)),
    ]
    paths = [row.path for row in report.form.t3.rows]
    for row, path in zip(requests(report), paths, strict=True):
        cells = [
            td(label, rows=sum(label in other[:-1] for other in paths)) for label in row.groups
        ]
        cells.append(td(row.label, cols=3 - len(path) + 1))
        rows.append("".join([*cells, *map(td, row.cells)]))
    return _table(*rows)


def _fourth(report: Report, td: Cell, pad: int) -> str:
    heads = dispute_heads(report)
    columns, direct, after = heads[2:7], heads[7], heads[8]
    return _table(
        td("行政复议", cols=5) + td("行政诉讼", cols=10) + td("") * pad,
        "".join(td(column, rows=2) for column in columns) + td(direct, cols=5) + td(after, cols=5),
        "".join(map(td, [*columns, *columns])),
        "".join(map(td, disputes(report))),
    )


def _page(report: Report, set_tables: tuple[str, str, str], charset: str = "utf-8") -> bytes:
    parts = [f"<h1>{escape(title(report))}</h1>"]
    for place, key in enumerate("123456"):
        heading, text = section(report, key)
        parts.append(f"<p><strong>{escape(heading)}</strong></p>")
        parts += [f"<p>　　{escape(line)}</p>" for line in text.splitlines()]
        parts += [set_tables[place - 1]] if key in "234" else []
    head = f'<meta charset="{charset}"><title>{escape(title(report))}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}</body></html>".encode(
        charset
    )


def spans(report: Report, rng: random.Random) -> bytes:
    """Official spans, every figure in a paragraph of its own."""
    del rng

    def td(text: str, cols: int = 1, rows: int = 1) -> str:
        return _cell(f'<p align="center">{escape(text)}</p>', cols, rows)

    return _page(report, tables(report, td))


def blanks_for_zero(report: Report, rng: random.Random) -> bytes:
    """`&nbsp;` where a zero belongs."""
    del rng

    def td(text: str, cols: int = 1, rows: int = 1) -> str:
        return _cell("<p>&nbsp;</p>" if text == "0" else escape(text), cols, rows)

    return _page(report, tables(report, td))


def word(report: Report, rng: random.Random) -> bytes:
    """Word's markup: one label split over spans, `o:p` in empty cells."""

    def td(text: str, cols: int = 1, rows: int = 1) -> str:
        at = rng.randrange(len(text)) if text else 0
        parts = [part for part in (text[:at], text[at:]) if part]
        style = 'lang=EN-US style="mso-fareast-language:ZH-CN"'
        pieces = "".join(f"<span {style}>{escape(part)}</span>" for part in parts)
        return _cell(f"<p class=MsoNormal>{pieces or '<o:p>&nbsp;</o:p>'}</p>", cols, rows)

    return _page(report, tables(report, td))


def padded_heads(report: Report, rng: random.Random) -> bytes:
    """The first head row of table 4 has more cells than the figures below."""
    return _page(report, tables(report, pad=rng.randrange(1, 9)))


def gbk(report: Report, rng: random.Random) -> bytes:
    """A page in GB18030 that says so."""
    del rng
    return _page(report, tables(report), "gb18030")


def nested(report: Report, rng: random.Random) -> bytes:
    """The whole page inside the cells of a layout table, with navigation around it."""
    del rng
    page = _page(report, tables(report)).decode()
    body = page.partition("<body>")[2].partition("</body>")[0]
    links = "".join(f"<a href='/{n}'>栏目{n}</a> | " for n in range(12))
    layout = (
        f"<table width=1000><tr><td colspan=2>{links}</td></tr>"
        f"<tr><td width=200><ul><li>政府信息公开指南</li><li>政府信息公开年报</li></ul></td><td>{body}</td></tr>"
        "<tr><td colspan=2>主办单位：青禾县人民政府办公室</td></tr></table>"
    )
    return page.replace(body, layout).encode()


def no_tables(report: Report, rng: random.Random) -> bytes:
    """The tables are pictures."""
    del rng
    picture = '<p><img src="table.png" alt=""></p>'
    return _page(report, (picture, picture, picture))


EXACT: dict[str, Print] = {
    "L17": spans,
    "L18": word,
    "L19": padded_heads,
    "GBK": gbk,
    "nested": nested,
}
