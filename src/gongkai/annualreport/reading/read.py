"""`read`: bytes in, a report with its doubts out, or one sentence why not."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.format import ReportFormat
from gongkai.annualreport.model import Report, ReportInvalidError, build, from_json
from gongkai.annualreport.printed import PrintedForm
from gongkai.annualreport.reading import prose as around
from gongkai.annualreport.reading.halves import left_half
from gongkai.annualreport.reading.mirror import is_converted, restored
from gongkai.annualreport.reading.page import Line, Page, Reading
from gongkai.annualreport.reading.sniff import SourceKind, kind_of
from gongkai.annualreport.reading.tables import TablesRead, format_of, read_tables
from gongkai.annualreport.reading.text import page_of_text
from gongkai.annualreport.reading.twin import compare_twin
from gongkai.annualreport.reading.zones import is_page_number
from gongkai.annualreport.wording import fold
from gongkai.files.decoding import decode
from gongkai.files.refusal import UnreadableError

_OPEN = ("R-01", "R-05")
_SUBJECT = "政府信息公开"
# Imported when a file needs them: each brings a library that takes longer than a text file takes to read.
_READERS: dict[SourceKind, tuple[str, str]] = {
    "html": ("gongkai.annualreport.reading.html", "page_of_html"),
    "docx": ("gongkai.annualreport.reading.word", "page_of_docx"),
    "xlsx": ("gongkai.annualreport.reading.excel", "page_of_xlsx"),
    "pdf": ("gongkai.annualreport.reading.pdf", "page_of_pdf"),
}
# Fewer labels than this are words of a sentence, not a table that was left empty.
_FEWEST_LABELS = 10
_FEWEST_CELLS = 20


def read(data: bytes, *, source: str) -> Reading:
    """Return what can be read from `data`; `source` is only a name for messages. Never raises."""
    try:
        kind = kind_of(data)
        if kind == "json":
            return Reading(source=source, report=from_json(decode(data).lstrip("\ufeff").encode()))
        return assemble(_page(kind, data), source=source)
    except UnreadableError as error:
        return Reading(source=source, report=None, reason=str(error))
    except ReportInvalidError as error:
        return Reading(source=source, report=None, reason=f"年度报告数据有误：{error}")


def _page(kind: SourceKind, data: bytes) -> Page:
    if kind == "text":
        return page_of_text(decode(data))
    module, name = _READERS[kind]
    reader: Callable[[bytes], Page] = getattr(importlib.import_module(module), name)
    return reader(data)


def assemble(page: Page, *, source: str) -> Reading:
    """Return the report on a page. Raises `UnreadableError` when it is none. Used by every reader."""
    lines, doubts = _cleared([line for line in page.lines if not is_page_number(line)])
    text = "\n".join(line.text for line in lines)
    form = format_of(text)
    read = read_tables(form, tuple(_divided(form, lines)))
    prose = around.read_prose(form, read.prose, page.hints)
    _require_report(form, text, prose, read)
    report = _report(form, prose, read)
    found = [*doubts, *(doubt for table in read.tables for doubt in table.findings)]
    found += [finding("R-05", note) for note in page.notes]
    found += _unread(form, read)
    if page.twin is not None:
        found += compare_twin(page.twin, report)
    return Reading(
        source=source,
        report=report,
        findings=tuple(found),
        printed=_printed(form, prose, read, lines, found),
    )


def _cleared(lines: Sequence[Line]) -> tuple[tuple[Line, ...], list[Finding]]:
    """Undo what a mirror did to the characters, and take one of two years set side by side."""
    found: list[Finding] = []
    text = "\n".join(line.text for line in lines)
    if is_converted(text):
        found.append(
            finding(
                "R-03",
                "文字经过镜像网站转换（繁体字或拼音注音），不是发布机关网站的原文，不能作为依据；"
                "请到发布机关的网站下载原文再检查。",
            )
        )
        lines = [
            dataclasses.replace(line, cells=tuple(map(restored, line.cells))) for line in lines
        ]
    half = left_half("\n".join(line.cells[0] for line in lines if len(line.cells) == 1))
    if half is not None:
        found.append(
            finding(
                "R-02",
                "同一份文件左右并排印了两个年度的表格，只读取了左边的一个；请把两个年度分成两份文件再检查。",
            )
        )
        lines = page_of_text(half).lines
    return tuple(lines), found


def _divided(form: ReportFormat, lines: Sequence[Line]) -> Iterator[Line]:
    """Give every heading a line of its own; text pasted as one endless line has none."""
    for line in lines:
        if line.table:
            yield line
            continue
        for piece in _headings(form).split(line.cells[0]):
            if piece.strip():
                yield Line((piece,), table=False)


@lru_cache
def _headings(form: ReportFormat) -> re.Pattern[str]:
    """The headings as they may stand inside a line: after figures, a full stop or a bracket."""
    texts = (text for section in form.sections for text in (section.heading, *section.also))
    spaced = (r"[ \t]*".join(map(re.escape, text)) for text in texts)
    return re.compile(rf"(?<![\u4e00-\u9fff“《〈‘])({'|'.join(spaced)})")


def _require_report(form: ReportFormat, text: str, prose: around.Prose, read: TablesRead) -> None:
    everything = fold(text)
    known = sum(table.known for table in read.tables)
    labels = sum(fold(label) in everything for label in set(form.labels.values()))
    named = prose.title or prose.headings or labels >= _FEWEST_LABELS or known >= _FEWEST_CELLS
    if _SUBJECT not in everything or not named:
        raise UnreadableError(
            "内容不是政府信息公开工作年度报告（没有找到标题和规定的六个部分），请换正确的文件。"
        )
    if not known and labels < _FEWEST_LABELS:
        raise UnreadableError(
            "找到了报告正文，但三张表没有文字（可能是图片或附件），请改用带表格文字的版本。"
        )


def _report(form: ReportFormat, prose: around.Prose, read: TablesRead) -> Report:
    issuer = prose.issuer or ""
    stated = around.period(prose)
    return build(
        issuer=issuer,
        year=prose.year or int((stated or "0")[:4]),
        format=form.name,
        level=around.level(prose, issuer),
        period=stated,
        published_on=around.published_on(prose),
        contact=around.contact(prose),
        cells=dict.fromkeys(form.kinds)
        | {key: cell for table in read.tables for key, cell in table.cells.items()},
        sections=prose.sections,
    )


def _missing(form: ReportFormat, read: TablesRead) -> list[str]:
    """The cells of which no row was found."""
    known = {key for table in read.tables for key in table.cells}
    return [key for key in form.kinds if key not in known]


def _unread(form: ReportFormat, read: TablesRead) -> Iterator[Finding]:
    """Figures that belong to no row: then a cell without one is not blank, but not read."""
    missing = _missing(form, read)
    if missing and read.stray:
        names = "、".join(form.names[key] for key in missing[:3])
        yield finding(
            "R-05",
            f"表格文字的次序乱了，有 {len(missing)} 格没有读到（{names}等）；"
            "请改用网页、Word 或者带表格线的版本再检查。",
            cells=missing,
        )


def _printed(
    form: ReportFormat,
    prose: around.Prose,
    read: TablesRead,
    lines: Sequence[Line],
    doubts: Sequence[Finding],
) -> PrintedForm:
    own = {fold(label) for label in form.labels.values()}
    foreign = {fold(label) for label in form.foreign_labels} - own
    cells = [cell for line in lines for cell in line.cells if line.table]
    return PrintedForm(
        title=prose.title,
        headings=prose.headings,
        labels={slot: text for table in read.tables for slot, text in table.labels.items()},
        cells={key: text for table in read.tables for key, text in table.printed.items()},
        extra=tuple(text for table in read.tables for text in table.extra),
        foreign=tuple(dict.fromkeys(cell for cell in cells if fold(cell) in foreign)),
        unread=frozenset(key for doubt in doubts for key in doubt.cells if doubt.code in _OPEN),
    )
