"""Two copies of one report, such as the web page and the file to download: S-15."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annualreport.checking.cells import value_as
from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.wording import squeeze

_TABLES = {"t2": "表二", "t3": "表三", "t4": "表四"}
_MOST_SHOWN = 3


def compare_tables(
    one: Report, other: Report, *, names: tuple[str, str] = ("网页", "附件")
) -> list[Finding]:
    """Return where two copies of a report differ, one finding a table (S-15); `names` tells them apart.

    An amount written 12.50 equals 12.5, and 0 differs from a blank.
    """
    return [*_whose(one, other, names), *_cells(one, other, names)]


def _whose(one: Report, other: Report, names: tuple[str, str]) -> Iterator[Finding]:
    for what, first, second in (
        ("机关", squeeze(one.issuer), squeeze(other.issuer)),
        ("年度", str(one.year or ""), str(other.year or "")),
    ):
        if first and second and first != second:
            yield finding(
                "S-15",
                f"{names[0]}写的{what}是“{first}”，{names[1]}是“{second}”；请确认是不是同一份报告。",
                expected=first,
                actual=second,
            )


def _cells(one: Report, other: Report, names: tuple[str, str]) -> Iterator[Finding]:
    for table, title in _TABLES.items():
        pairs = {
            key: (one.figures[key], value_as(other, key))
            for key in one.form.kinds
            if key.startswith(f"{table}.")
        }
        wrong = {key: pair for key, pair in pairs.items() if not _same(*pair)}
        if wrong:
            shown = "、".join(
                f"{one.form.names[key]}（{names[0]} {_show(first)}，{names[1]} {_show(second)}）"
                for key, (first, second) in list(wrong.items())[:_MOST_SHOWN]
            )
            yield finding(
                "S-15",
                f"{title}有 {len(wrong)} 格{names[0]}与{names[1]}不一致：{shown}"
                f"{' 等' if len(wrong) > _MOST_SHOWN else ''}；请以核定的数字为准改正另一份。",
                cells=wrong,
                expected=_show(next(iter(wrong.values()))[0]),
                actual=_show(next(iter(wrong.values()))[1]),
            )


def _same(first: Cell, second: Cell) -> bool:
    amounts = decimal_of(first), decimal_of(second)
    return first == second or (None not in amounts and amounts[0] == amounts[1])


def _show(cell: Cell) -> str:
    return "空白" if cell is None else str(cell)
