"""Form of the report: S-01…S-13. What is only visible in print needs the printed form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.format import RequestRow
from gongkai.annualreport.model import Cell
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.printed import PrintedForm
from gongkai.annualreport.wording import fold, fold_unnumbered, squeeze

_TABLES = {"t2": "表二", "t3": "表三", "t4": "表四"}
_LABEL_CHECKS = {"t2": "S-04", "t3": "S-05", "t4": "S-06"}
_OPEN_UNIT = re.compile(r"\d+(\.\d+)?(万?元)?")  # 采购总金额: the older form leaves its unit open
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def check_structure(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with the form of the report."""
    yield from _values(subject)
    yield from _fee(subject)
    yield from _overview(subject)
    if subject.printed is not None:
        yield from _title(subject, subject.printed)
        yield from _headings(subject, subject.printed)
        yield from _labels(subject, subject.printed)
        yield from _notes(subject, subject.printed)
        yield from _extra(subject.printed)
        yield from _number_style(subject, subject.printed)
    elif not subject.has_prose:
        yield finding(
            "S-02",
            "数据里没有六个部分的正文，只核对了表格；请把正文一并填入 sections 后再检查。",
            severity="warning",
        )


def _values(subject: Subject) -> Iterator[Finding]:
    """Blank, text and negative cells, one finding for each kind and table."""
    kinds = subject.form.kinds
    counts = {key for key, kind in kinds.items() if kind in ("count", "change")}
    for table, title in _TABLES.items():
        cells = {
            key: value
            for key, value in subject.report.figures.items()
            if key in counts and key.startswith(table)
        }
        blank = [key for key, value in cells.items() if value is None and _is_blank(subject, key)]
        text = {key: value for key, value in cells.items() if isinstance(value, str)}
        negative = {
            key: value
            for key, value in cells.items()
            if isinstance(value, int) and value < 0 and kinds[key] == "count"
        }
        if blank:
            yield _not_filled(subject, title, blank)
        for odd, name in ((text, "不是数字"), (negative, "是负数")):
            if odd:
                yield _not_a_count(subject, title, odd, name)


def _is_blank(subject: Subject, key: str) -> bool:
    """A cell of which nothing was read is not known to be blank; reading says so (R-01, R-05)."""
    return subject.printed is None or key not in subject.printed.unread


def _not_filled(subject: Subject, title: str, blank: list[str]) -> Finding:
    return finding(
        "S-07",
        f"{title}有 {len(blank)} 格空白：{_some(subject, blank)}；没有发生的请填 0，不要留空。",
        cells=blank,
        expected="大于或等于 0 的整数",
        actual="空白",
    )


def _not_a_count(
    subject: Subject, title: str, odd: Mapping[str, int] | Mapping[str, str], name: str
) -> Finding:
    shown = "、".join(dict.fromkeys(f"“{value}”" for value in odd.values()))
    return finding(
        "S-07",
        f"{title}有 {len(odd)} 格{name}（{shown}）：{_some(subject, odd)}；"
        "请填大于或等于 0 的整数，没有发生的填 0。",
        cells=odd,
        expected="大于或等于 0 的整数",
        actual=shown,
    )


def _some(subject: Subject, keys: Iterable[str]) -> str:
    names = [subject.name(key) for key in keys]
    return "、".join(names[:3]) + (" 等" if len(names) > 3 else "")


def _fee(subject: Subject) -> Iterator[Finding]:
    for key, kind in subject.form.kinds.items():
        printed = subject.report.figures[key]
        amount = decimal_of(printed)
        if kind not in ("money", "amount") or (kind == "amount" and _has_open_unit(printed)):
            continue
        if printed is None and not _is_blank(subject, key):
            continue
        if amount is None or amount < 0:
            shown = "空白" if printed is None else str(printed)
            yield finding(
                "S-08",
                f"{subject.name(key)}填的是“{shown}”，应为大于或等于 0 的数字；"
                f"{_unit(subject, key)}没有发生的填 0。",
                cells=(key,),
                expected="大于或等于 0 的小数",
                actual=shown,
            )
        elif _decimals(str(printed)) > threshold("fee_decimals", "most"):
            yield finding(
                "S-08",
                f"{subject.name(key)}“{printed}”的小数位数细于 1 分；请核对金额，最多保留六位小数。",
                cells=(key,),
                actual=str(printed),
                severity="warning",
            )


def _has_open_unit(printed: Cell) -> bool:
    return printed is not None and bool(_OPEN_UNIT.fullmatch(str(printed)))


def _unit(subject: Subject, key: str) -> str:
    return "请按万元填写，" if "万元" in subject.form.labels.get(f"{key}:column", "") else ""


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _overview(subject: Subject) -> Iterator[Finding]:
    text = squeeze(subject.section("1"))
    missing = [
        words[0] for words in subject.form.overview if not any(word in text for word in words)
    ]
    if subject.has_prose and missing:
        yield finding(
            "S-03",
            f"第一部分没有写到：{'、'.join(missing)}；请逐项补写，没有相关情况的也要说明。",
            expected="、".join(words[0] for words in subject.form.overview),
            actual=f"缺 {'、'.join(missing)}",
        )


def _title(subject: Subject, printed: PrintedForm) -> Iterator[Finding]:
    if not subject.report.year or not subject.report.issuer:
        lack = "年度" if subject.report.issuer else "发布机关"
        yield finding(
            "S-01",
            f"标题“{printed.title}”没有写明{lack}；请写成“某机关某年政府信息公开工作年度报告”。",
            expected="机关全称、年度和报告名称",
            actual=printed.title or None,
        )
        return
    body, year = squeeze(subject.report.issuer), subject.report.year
    proper = rf"{re.escape(body)}{year}年(度)?政府信息公开工作年度报告"
    if not re.fullmatch(proper, squeeze(unicodedata.normalize("NFKC", printed.title))):
        yield finding(
            "S-01",
            f"标题“{printed.title}”不规范，应为“{body}{year}年政府信息公开工作年度报告”；请改正标题。",
            expected=f"{body}{year}年政府信息公开工作年度报告",
            actual=printed.title,
        )


def _headings(subject: Subject, printed: PrintedForm) -> Iterator[Finding]:
    found = {_section_of(subject, text): text for text in printed.headings}
    for section in subject.form.sections:
        text = found.get(section.key)
        if text is None:
            yield finding(
                "S-02",
                f"没有找到标题“{section.heading}”；请补上这一部分，标题照规定文字书写。",
                expected=section.heading,
            )
        elif fold(text) != fold(section.heading):
            usual = fold(text) in map(fold, section.also)
            yield finding(
                "S-02",
                f"标题“{text}”与规定的“{section.heading}”不一致；请改为规定文字。",
                expected=section.heading,
                actual=text,
                severity="warning" if usual else None,
            )
    order = [key for key in found if key]
    if order != sorted(order):
        yield finding(
            "S-02",
            "六个部分的顺序与规定不符；请按一至六的顺序排列。",
            expected="一、二、三、四、五、六",
            actual="、".join(printed.headings),
        )


def _section_of(subject: Subject, text: str) -> str:
    """The section whose heading this is, apart from its number; else the one its number names."""
    plain = fold_unnumbered(text)
    for section in subject.form.sections:
        if plain in map(fold_unnumbered, (section.heading, *section.also)):
            return section.key
    numbers = {section.heading[0]: section.key for section in subject.form.sections}
    return numbers.get(text.strip()[:1], "")


def _labels(subject: Subject, printed: PrintedForm) -> Iterator[Finding]:
    """Wrong and missing labels; the same slip in one header is reported once."""
    wrong: dict[tuple[str, str, str], list[str]] = {}
    for slot, official in subject.form.labels.items():
        if slot == "t3:note":
            continue
        text = printed.labels.get(slot)
        if text is None or fold(text) not in _accepted(subject, slot, official):
            wrong.setdefault((slot[:2], official, text or ""), []).append(slot)
    for (table, official, text), slots in wrong.items():
        yield finding(
            _LABEL_CHECKS[table],
            f"{_TABLES[table]}的“{text}”应为“{official}”；请按规定的文字改正。"
            if text
            else f"{_TABLES[table]}没有找到“{official}”；请补上这一栏，不能删改规定的栏目。",
            cells=_cells_of(subject, slots),
            expected=official,
            actual=text or None,
        )


def _accepted(subject: Subject, slot: str, official: str) -> set[str]:
    """The official wording; a row's number may be missing, S-11 looks at the bracket of r2."""
    accepted = {fold(official), fold_unnumbered(official)}
    row = next((row for row in subject.form.t3.rows if slot == f"t3.{row.key}:row"), None)
    return accepted | ({fold(_without_bracket(row))} if row and _has_bracket(row) else set())


def _has_bracket(row: RequestRow) -> bool:
    return "（区分" in row.label


def _without_bracket(row: RequestRow) -> str:
    return row.label.partition("（区分")[0]


def _cells_of(subject: Subject, slots: Iterable[str]) -> list[str]:
    stems = [slot.partition(":") for slot in slots]
    return [
        key
        for key in subject.form.kinds
        if any(_belongs(key, stem, part) for stem, _, part in stems)
    ]


def _belongs(key: str, stem: str, part: str) -> bool:
    if part == "column" and stem.startswith("t3."):
        return key.startswith("t3.") and key.endswith(stem.removeprefix("t3"))
    if part in ("row", "block") and stem.startswith("t2."):
        row = stem if stem.count(".") == 1 else stem.rpartition(".")[0]
        return key == row or key.startswith(f"{row}.")
    return key == stem or key.startswith(f"{stem}.")


def _notes(subject: Subject, printed: PrintedForm) -> Iterator[Finding]:
    fee = printed.labels.get("t2.fee:column", "")
    if "t2.fee:column" in printed.labels and "万元" not in fee:
        yield finding(
            "S-09",
            f"收费金额一栏写的是“{fee}”，没有标明单位；请写成“本年收费金额（单位：万元）”。",
            cells=("t2.fee",),
            expected="（单位：万元）",
            actual=fee,
        )
    if "t3:note" not in printed.labels:
        yield finding(
            "S-10",
            f"表三左上角没有勾稽关系说明；请补上“{subject.form.t3.note}”。",
            expected=subject.form.t3.note,
        )
    for row in filter(_has_bracket, subject.form.t3.rows):
        text = printed.labels.get(f"t3.{row.key}:row")
        if text is not None and fold(text).endswith(fold(_without_bracket(row))):
            yield finding(
                "S-11",
                f"“{text}”缺少括号里的计数说明；请写全“{row.label}”。",
                cells=tuple(f"t3.{row.key}.{c.key}" for c in subject.form.t3.columns),
                expected=row.label,
                actual=text,
            )


def _extra(printed: PrintedForm) -> Iterator[Finding]:
    for text in printed.extra:
        shown = " ".join(text.split())
        yield finding(
            "S-12",
            f"表三多出格式里没有的一行“{shown}”；请删去，或者并入规定的行次。",
            actual=shown,
        )


def _number_style(subject: Subject, printed: PrintedForm) -> Iterator[Finding]:
    odd = {
        key: text.strip()
        for key, text in printed.cells.items()
        if text.strip()
        and any(sign.isdigit() for sign in text)
        and not (_PLAIN_NUMBER.fullmatch(text.strip()) and text.strip().isascii())
    }
    if odd:
        shown = "、".join(dict.fromkeys(f"“{text}”" for text in odd.values()))
        yield finding(
            "S-13",
            f"有 {len(odd)} 格数字写法不规范（{shown}）：{_some(subject, odd)}；"
            "请用半角数字，不加千分位、单位和说明。",
            cells=odd,
            expected="半角数字",
            actual=shown,
        )
