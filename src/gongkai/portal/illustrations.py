"""The charts beside a released report: how requests ended, and how many came and were settled by year."""

from __future__ import annotations

import re

from gongkai.annualreport.model import Report
from gongkai.portal.charts.bars import bar_chart, ranking
from gongkai.portal.charts.data import Data, Series
from gongkai.portal.charts.shapes import Drawing
from gongkai.portal.released import Released
from gongkai.reporting.queries import printed_report, released

_YEARS = 6
"""Years a phone shows side by side."""
_NUMBERING = re.compile(r"^（[一二三四五六七八九十]+）|（.*）$")


def illustrations(found: Released) -> list[Drawing]:
    """Return what can be drawn of *found*; by year only where there is more than one."""
    drawn = [outcomes(found.report)]
    reports = _of_earlier_years(found)
    return [*drawn, by_year(reports)] if len(reports) > 1 else drawn


def outcomes(report: Report) -> Drawing:
    """Rank the groups of table 3 三、本年度办理结果 by how many requests ended in each."""
    total = report.form.t3.total.key
    groups: dict[str, list[int | None]] = {}
    for row in report.form.t3.rows:
        if row.kind == "result":
            name = _NUMBERING.sub("", row.path[1])
            groups.setdefault(name, []).append(report.number(f"t3.{row.key}.{total}"))
    values = tuple(_sum(numbers) for numbers in groups.values())
    data = Data(f"{report.year} 年办理结果", "件", tuple(groups), (Series("件数", values),))
    return ranking("outcomes", data)


def by_year(reports: list[Report]) -> Drawing:
    """Show requests that came and that were settled, a group for each of *reports*."""
    data = Data(
        "历年新收和办结的申请",
        "件",
        tuple(f"{report.year} 年" for report in reports),
        (
            Series("新收", tuple(report.number("t3.new.tot") for report in reports)),
            Series("办结", tuple(report.number("t3.r7.tot") for report in reports)),
        ),
    )
    return bar_chart("years", data)


def _of_earlier_years(found: Released) -> list[Report]:
    rows = released().filter(agency=found.row.agency, year__lt=found.row.year)[: _YEARS - 1]
    return [*(printed_report(row) for row in reversed(rows)), found.report]


def _sum(numbers: list[int | None]) -> int | None:
    """A group with a missing part is missing: what is missing is not zero."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
