"""The frame of a page that stands alone, in the style of the verdicts on single reports."""

from __future__ import annotations

from html import escape
from pathlib import Path

from gongkai.annualreport import verdict
from gongkai.annualreport.verdict.files import SIGNATURE

_VERDICT_STYLE = Path(verdict.__file__).parent / "style"
_OWN_STYLE = Path(__file__).parent / "bench.css"
_FILES = (_VERDICT_STYLE / "page.css", _VERDICT_STYLE / "verdict.css", _OWN_STYLE)


def page(*, title: str, name: str, command: str, body: str) -> str:
    """Return a whole page around `body` (markup), its style inside; the other texts are plain.

    It begins with the signature of our pages, so that it is never read as a report itself.
    """
    style = "\n".join(file.read_text("utf-8") for file in _FILES)
    return (
        f'{SIGNATURE.decode()}\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">跳到正文</a>\n'
        f'<header class="page-head"><div class="page"><p class="page-name">公开 · {escape(name)}</p>\n'
        f"<h1>{escape(title)}</h1>\n</div></header>\n"
        '<main id="main" class="page" tabindex="-1">\n<div class="verdicts">\n'
        f"{body}\n</div>\n</main>\n"
        f'<footer class="page-foot"><div class="page"><p>由 {escape(command)} 生成，供核对时参考，'
        "不是任何机关的正式评价。</p></div></footer>\n</body>\n</html>\n"
    )


_ROLES = (
    ("<table ", '<table role="table" '),
    ("<thead>", '<thead role="rowgroup">'),
    ("<tbody>", '<tbody role="rowgroup">'),
    ("<tr>", '<tr role="row">'),
    ("<tr ", '<tr role="row" '),
    ('<th scope="col"', '<th role="columnheader" scope="col"'),
    ('<th scope="row"', '<th role="rowheader" scope="row"'),
    ("<td", '<td role="cell"'),
)


def stacked(table: str) -> str:
    """Return our own table markup with its roles spelled out.

    On a narrow screen its rows become blocks, and a browser then forgets that it is a table.
    """
    for plain, told in _ROLES:
        table = table.replace(plain, told)
    return table


def scroll(label: str, table: str) -> str:
    """Return a table that may be wider than the screen; `label` is the id of its caption."""
    return (
        f'<div class="v-scroll" role="region" tabindex="0" aria-labelledby="{label}">\n'
        f"{table}\n</div>"
    )
