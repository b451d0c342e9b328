"""What a report must say and must not say: P-01…P-06, P-08, P-09."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.format import all_formats
from gongkai.annualreport.model import interval
from gongkai.annualreport.narrative import claims
from gongkai.annualreport.wording import squeeze

_PROBLEM = re.compile(r"问题|不足|短板|薄弱|欠缺|差距|不够|有待")
_MEASURE = re.compile(r"改进|下一步|将|今后|加强|强化|提升|完善")
_EVALUATION = (
    ("工作考核", re.compile(r"考核|考评|绩效评[估价]")),
    ("社会评议", re.compile(r"社会评议|公众评议|评议")),
    ("责任追究", re.compile(r"责任追究|追究责任|追责|问责")),
)
_PROCESSING_FEE = re.compile(
    r"信息处理费|(信息公开|依申请公开|申请人).{0,20}(收费|收取|费用)|处理费"
)
_REPEALED = re.compile(r"492号|国办公开办函[〔\[(（]2019[〕\])）]60号")
_BASIS = re.compile(
    r"政府信息公开条例|信息公开条例|《条例》|国办公开办函[〔\[(（]2021[〕\])）]30号"
)
_SECRET = re.compile(r"(绝密|机密|秘密)★|★(绝密|机密|秘密)|密级[:：](绝密|机密|秘密)")
_IDENTIFIERS = (
    ("身份证号", re.compile(r"(?<!\d)[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])\d{5}[\dXx](?![\dXx])")),
    ("手机号", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    ("银行卡号", re.compile(r"(?<!\d)62\d{14,17}(?!\d)")),
)


def check_content(subject: Subject) -> Iterator[Finding]:
    """Yield what the text lacks or should not contain; figures alone are not asked for text."""
    if not subject.has_prose:
        return
    for check in (
        _period,
        _processing_fee,
        _contact,
        _evaluation,
        _problems,
        _others,
        _identifiers,
        _legal_basis,
    ):
        yield from check(subject)


def squeeze_lines(text: str) -> str:
    """Return `text` without blanks inside its lines."""
    return "\n".join(squeeze(line) for line in text.splitlines())


def _period(subject: Subject) -> Iterator[Finding]:
    stated = subject.report.period
    year = subject.report.year or _year_of(subject)
    whole = interval(dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None
    if stated is None or stated != whole:
        yield finding(
            "P-01",
            (f"统计期限写的是 {stated}，应为本年度全年；" if stated else "没有写明统计期限；")
            + f"请写“统计期限自{year or '某'}年1月1日起至{year or '某'}年12月31日止”。",
            expected=whole,
            actual=stated,
        )


def _year_of(subject: Subject) -> int:
    """The year in which the stated period begins, when the report names none itself; else 0."""
    span = subject.report.span
    return span[0].year if span else 0


def _processing_fee(subject: Subject) -> Iterator[Finding]:
    """Only 信息处理费 is asked for here; 行政事业性收费 of table 2 is another thing.

    The fee exists since 2021; a report on an earlier year has nothing to say of it.
    """
    too_early = 0 < subject.report.year < threshold("processing_fee", "from_year")
    if too_early or _speaks_of_fee(subject.section("6")):
        return
    elsewhere = any(_speaks_of_fee(subject.section(key)) for key in ("1", "5"))
    yield finding(
        "P-02",
        (
            "信息处理费收取情况写在其他部分；请移到第六部分。"
            if elsewhere
            else "第六部分没有报告信息处理费收取情况；请写明收取件数和金额，没有收取的也要写明。"
        ),
        expected="第六部分写明信息处理费收取情况",
        severity="warning" if elsewhere else None,
    )


def _speaks_of_fee(text: str) -> bool:
    about = any(claim.about == "processing_fee" for claim in claims(text))
    return about or bool(_PROCESSING_FEE.search(squeeze(text)))


def _contact(subject: Subject) -> Iterator[Finding]:
    contact = subject.report.contact
    if not contact or not re.search(r"\d{7,}", contact.replace("-", "")):
        yield finding(
            "P-03",
            "没有写明联系机构和电话；请在第六部分写明，并与公开指南一致。",
            expected="联系机构和电话",
            actual=contact,
        )


def _evaluation(subject: Subject) -> Iterator[Finding]:
    if not subject.is_government or subject.report.year in _years_of_the_older_form():
        return
    text = squeeze(subject.section("1"))
    missing = [name for name, words in _EVALUATION if not words.search(text)]
    if missing:
        yield finding(
            "P-04",
            f"第一部分没有写明{'、'.join(missing)}结果；政府的报告应逐项写明，没有开展的也要说明。",
            expected="工作考核、社会评议、责任追究结果",
            actual=f"缺 {'、'.join(missing)}",
        )


def _years_of_the_older_form() -> range:
    """The years of the older instrument, which did not name these three results."""
    return range(1, max(form.first_year for form in all_formats()))


def _problems(subject: Subject) -> Iterator[Finding]:
    text = squeeze(subject.section("5"))
    missing = [
        name
        for name, words in (("存在的问题", _PROBLEM), ("改进措施", _MEASURE))
        if not words.search(text)
    ]
    if missing or len(text) < threshold("concrete", "least"):
        lack = "、".join(missing) or "具体内容"
        yield finding(
            "P-05",
            f"第五部分缺少{lack}；请写出至少一项具体问题和对应的改进措施。",
            expected="问题和改进措施",
            actual=f"{len(text)} 字",
        )


def _others(subject: Subject) -> Iterator[Finding]:
    if not squeeze(subject.section("6")):
        yield finding(
            "P-06",
            "第六部分是空白；请写明信息处理费收取情况，没有其他事项的写“无其他需要报告的事项”。",
            expected="不为空白",
        )


def _identifiers(subject: Subject) -> Iterator[Finding]:
    text = squeeze_lines(subject.prose)
    for name, pattern in _IDENTIFIERS:
        if pattern.search(text):
            yield finding(
                "P-08",
                f"正文含有疑似{name}；公开前必须删除，联系电话请用办公电话。",
                actual=name,
            )
    if _SECRET.search(text):
        yield finding("P-08", "正文带有密级标志；涉密内容不得公开，请立即核查。", actual="密级标志")


def _legal_basis(subject: Subject) -> Iterator[Finding]:
    text = squeeze_lines(subject.prose)
    repealed = _REPEALED.search(text)
    instrument = subject.required_form.instrument
    if repealed and repealed[0] != squeeze(instrument):
        yield finding(
            "P-09",
            f"正文引用了已被取代的“{repealed[0]}”；请改为现行条例（国令第711号）和{instrument}。",
            expected=instrument,
            actual=repealed[0],
        )
    elif not _BASIS.search(text) and not repealed:
        yield finding(
            "P-09",
            f"正文没有引用编制依据；请写明依据《政府信息公开条例》和{instrument}编制。",
            expected="《政府信息公开条例》",
        )
