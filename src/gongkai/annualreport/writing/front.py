"""What stands above the first section: the title, and the facts that no section states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.prose import Prose, contact, level_of, period, read_prose

SUBJECT = "政府信息公开工作年度报告"


def title_of(report: Report) -> str:
    """The official title; what the source does not say about body and year is left out."""
    return f"{report.issuer}{year_and_subject(report)}"


def year_and_subject(report: Report) -> str:
    """The title without the issuing body: 2024年政府信息公开工作年度报告."""
    return f"{report.year}年{SUBJECT}" if report.year else SUBJECT


def fact_lines(report: Report) -> Iterator[str]:
    """Yield lines for what would otherwise be lost, because no section says it."""
    yield from printed_facts(report)
    if level_of(report.issuer) != report.level:
        yield f"机关层级：{report.level or '未注明'}"


def printed_facts(report: Report) -> Iterator[str]:
    """Those of `fact_lines` that belong on an official paper."""
    prose = _prose_of(report)
    if report.published_on is not None:
        yield f"发布日期：{day(report.published_on)}"
    if report.period is not None and period(prose) != report.period:
        yield f"统计期限：{report.period}"
    if report.contact is not None and contact(prose) != report.contact:
        yield f"联系方式：{report.contact}"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a section without blank ones; a tab would look like a table row."""
    lines = (line.replace("\t", " ").strip() for line in text.splitlines())
    return [line for line in lines if line]


def shown(cell: Cell) -> str:
    """A cell as it is printed; a blank one is empty."""
    return "" if cell is None else str(cell)


def day(date: dt.date) -> str:
    """A date as official documents write it (GB/T 9704-2012, 7.3.5.4): 2025年1月20日."""
    return f"{date.year}年{date.month}月{date.day}日"


def _prose_of(report: Report) -> Prose:
    lines = [
        Line((text,), table=False)
        for section in report.form.sections
        for text in (section.heading, *report.sections.get(section.key, "").splitlines())
    ]
    return read_prose(report.form, lines)
