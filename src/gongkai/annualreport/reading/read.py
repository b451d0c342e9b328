"""`read`: bytes in, a report with its doubts out, or one sentence why not."""

from __future__ import annotations

from gongkai.annualreport.format import ReportFormat, all_formats
from gongkai.annualreport.model import ReportInvalidError, build, from_json
from gongkai.annualreport.printed import PrintedForm
from gongkai.annualreport.reading import prose as around
from gongkai.annualreport.reading.page import Page, Reading, UnreadableError
from gongkai.annualreport.reading.sniff import sniff
from gongkai.annualreport.reading.table import TableReading
from gongkai.annualreport.reading.table2 import read_actions
from gongkai.annualreport.reading.table3 import read_requests
from gongkai.annualreport.reading.table4 import read_disputes
from gongkai.annualreport.reading.text import page_of_text
from gongkai.annualreport.wording import fold, squeeze

_SUBJECT = "政府信息公开"


def read(data: bytes, *, source: str) -> Reading:
    """Return what can be read from `data`; `source` is only a name for messages. Never raises."""
    try:
        kind, text = sniff(data)
        if kind == "json":
            return Reading(source=source, report=from_json(text.encode()))
        return assemble(page_of_text(text), source=source)
    except UnreadableError as error:
        return Reading(source=source, report=None, reason=str(error))
    except ReportInvalidError as error:
        return Reading(source=source, report=None, reason=f"年度报告数据有误：{error}")


def assemble(page: Page, *, source: str) -> Reading:
    """Return the report on a page. Raises `UnreadableError` when it is none. Used by every reader."""
    form = _format(page)
    prose = around.read_prose(form, page.lines)
    rows = [line for line in page.rows if line.text]
    tables = [one(form, rows) for one in (read_actions, read_requests, read_disputes)]
    _require_report(page, prose, tables)
    issuer = prose.issuer or ""
    report = build(
        issuer=issuer,
        year=prose.year or 0,
        format=form.name,
        level=around.level(prose, issuer),
        period=around.period(prose),
        published_on=around.published_on(prose),
        contact=around.contact(prose),
        cells={key: cell for table in tables for key, cell in table.cells.items()},
        sections=prose.sections,
    )
    findings = tuple(found for table in tables for found in table.findings)
    return Reading(
        source=source, report=report, findings=findings, printed=_printed(form, prose, tables, page)
    )


def _format(page: Page) -> ReportFormat:
    """Return the format whose labels are on the page; a year does not decide it."""
    texts = {fold(cell) for line in page.rows for cell in line.cells if cell}
    return max(all_formats(), key=lambda form: sum(fold(x) in texts for x in form.labels.values()))


def _require_report(page: Page, prose: around.Prose, tables: list[TableReading]) -> None:
    everything = squeeze("".join(line.text for line in page.lines))
    if _SUBJECT not in everything or not (prose.title or prose.headings):
        raise UnreadableError(
            "内容不是政府信息公开工作年度报告（没有找到标题和规定的六个部分），请换正确的文件。"
        )
    if not any(table.cells for table in tables):
        raise UnreadableError(
            "找到了报告正文，但三张表没有文字（可能是图片或附件），请改用带表格文字的版本。"
        )
    if not prose.issuer or prose.year is None:
        raise UnreadableError(
            "标题里没有读到机关名称和年份（应为“某某机关某年政府信息公开工作年度报告”），请补上标题行。"
        )


def _printed(
    form: ReportFormat, prose: around.Prose, tables: list[TableReading], page: Page
) -> PrintedForm:
    own = {fold(label) for label in form.labels.values()}
    foreign = {fold(label) for label in form.foreign_labels} - own
    cells = (cell for line in page.rows for cell in line.cells)
    return PrintedForm(
        title=prose.title,
        headings=prose.headings,
        labels={slot: text for table in tables for slot, text in table.labels.items()},
        cells={key: text for table in tables for key, text in table.printed.items()},
        extra=tuple(text for table in tables for text in table.extra),
        foreign=tuple(dict.fromkeys(cell for cell in cells if fold(cell) in foreign)),
    )
