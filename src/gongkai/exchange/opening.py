"""Is what last year's report handed on all in this year's records: carried requests, stock in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.annualreport.model import Report
from gongkai.figures import registry
from gongkai.law.counting import ONE_DAY
from gongkai.reporting.compile import Draft, scope_of

_STOCKS = (("norm", "行政规范性文件"), ("rule", "规章"))


def shortfalls(draft: Draft, prev: Report | None) -> Iterator[str]:
    """Yield a sentence for everything *prev* handed on that the records of *draft* do not hold, or exceed."""
    if prev is None:
        return
    yield from _carried(draft, prev)
    if prev.format == draft.report.format:  # another format counts other documents
        yield from _stock(draft, prev)


def _carried(draft: Draft, prev: Report) -> Iterator[str]:
    for column in draft.report.form.t3.applicant_columns:
        before = prev.number(f"t3.fwd.{column.key}")
        now = draft.values[f"t3.carry.{column.key}"].amount
        if before is None or now is None or before == now:
            continue
        year = draft.row.year
        found = f"{column.label}：上年年报结转 {before} 件，工作簿里 {year} 年以前收到、{year - 1} 年末未办结的有 {now} 件"
        if now < before:
            yield f"{found}，少 {before - now} 件；请把上年结转的申请补进“申请”表（收到日期照原来的写）。"
        else:
            yield f"{found}，多 {now - before} 件；请核对收到日期和决定日期，上年年报有误的应先更正。"


def _stock(draft: Draft, prev: Report) -> Iterator[str]:
    opening = registry.values(scope_of(draft.row.agency, prev_year(draft), _last_day(draft)))
    for row, name in _STOCKS:
        before, now = prev.number(f"t2.{row}.valid"), opening[f"t2.{row}.valid"].amount
        if before is None or now is None or before == now:
            continue
        found = f"{name}：上年年报现行有效 {before} 件，工作簿里 {prev_year(draft)} 年末有效的有 {now} 件"
        if now < before:
            yield f"{found}，少 {before - now} 件；请把以前制发、上年末仍有效的文件补进“文件”表。"
        else:
            yield f"{found}，多 {now - before} 件；请核对退出日期，因清理或重新归类的请在年报里说明。"


def prev_year(draft: Draft) -> int:
    """Return the year before the one *draft* reports on."""
    return draft.row.year - 1


def _last_day(draft: Draft) -> date:
    return draft.scope.first - ONE_DAY
