"""What a report must say and must not say: N-08, N-09, P-01…P-09, D-04."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.model import interval
from gongkai.annualreport.narrative import claims
from gongkai.annualreport.wording import squeeze

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_COMPARISON = re.compile(r"比|较|同期|上年|去年|增|降|减|结转|以来|修订|起|印发|度报告|指出|整改")
_PLAN = re.compile(r"将|计划|下一步|下年|来年|结转|顺延|做好|推进|着力|继续|重点|明年|要|\d月")
_BODY = re.compile(r"([\u4e00-\u9fa5]{2})(县|区|旗|镇|乡)(?=人民政府)")
_NOT_A_NAME = set("我本全各由向对按照经在与和及该以市省州上级下辖属代表依托通过报")
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
    yield from _published(subject)
    if not subject.has_prose:
        return
    for check in (
        _years,
        _other_bodies,
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


def _published(subject: Subject) -> Iterator[Finding]:
    day, first = subject.report.published_on, dt.date(subject.report.year + 1, 1, 1)
    if day is not None and day < first:
        yield finding(
            "D-04",
            f"发布日期 {day} 早于年度结束；全年数据要到 {first} 才齐，请核对日期或重新统计后发布。",
            expected=f"{first} 以后",
            actual=day.isoformat(),
        )


def _years(subject: Subject) -> Iterator[Finding]:
    """Every 20XX年 is this year, last year in a comparison, or next year in a plan (N-08)."""
    year = subject.report.year
    for sentence in re.findall(r"[^。\n]+", squeeze_lines(subject.prose)):
        for printed in sorted({int(found) for found in _YEAR.findall(sentence)} - {year}):
            compared = printed == year - 1 and _COMPARISON.search(sentence)
            planned = printed == year + 1 and _PLAN.search(sentence)
            if compared or planned or _inside_name(sentence, printed):
                continue
            yield finding(
                "N-08",
                f"正文出现“{printed}年”（……{_around(sentence, f'{printed}年')}……），与报告年度 {year} 年不符；"
                "请核对是否沿用了旧稿。",
                expected=f"{year}年",
                actual=f"{printed}年",
            )


def squeeze_lines(text: str) -> str:
    """Return `text` without blanks inside its lines."""
    return "\n".join(squeeze(line) for line in text.splitlines())


def _inside_name(sentence: str, year: int) -> bool:
    """The year of a named document or of its adoption is not a statement about a period."""
    return bool(
        re.search(
            rf"《[^》]*{year}年[^》]*》|{year}年(以来|起|以前|之前|[^，。]{{0,6}}(施行|修订|公布))",
            sentence,
        )
    )


def _around(sentence: str, words: str) -> str:
    at = sentence.find(words)
    return sentence[max(0, at - 8) : at + len(words) + 8]


def _other_bodies(subject: Subject) -> Iterator[Finding]:
    """The name of another body of the same rank points to copied text (N-09)."""
    own = re.search(r"(县|区|旗|镇|乡)人民政府", subject.report.issuer)
    if own is None:
        return
    named = {
        name + kind
        for name, kind in _BODY.findall(squeeze_lines(subject.prose))
        if kind == own[1] and not _NOT_A_NAME & set(name)
    }
    for body in sorted(body for body in named if body not in subject.report.issuer):
        yield finding(
            "N-09",
            f"正文出现“{body}人民政府”，不是本机关；请核对是否照抄了其他机关的报告。",
            expected=subject.report.issuer,
            actual=f"{body}人民政府",
        )


def _period(subject: Subject) -> Iterator[Finding]:
    year = subject.report.year
    whole = interval(dt.date(year, 1, 1), dt.date(year, 12, 31))
    if subject.report.period != whole:
        stated = subject.report.period
        yield finding(
            "P-01",
            (f"统计期限写的是 {stated}，应为本年度全年；" if stated else "没有写明统计期限；")
            + f"请写“统计期限自{year}年1月1日起至{year}年12月31日止”。",
            expected=whole,
            actual=stated,
        )


def _processing_fee(subject: Subject) -> Iterator[Finding]:
    """Only 信息处理费 is asked for here; 行政事业性收费 of table 2 is another thing."""
    if _speaks_of_fee(subject.section("6")):
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
    if not subject.is_government:
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
    if repealed:
        yield finding(
            "P-09",
            f"正文引用了已被取代的“{repealed[0]}”；请改为现行条例（国令第711号）和"
            f"{subject.form.instrument}。",
            expected=subject.form.instrument,
            actual=repealed[0],
        )
    elif not _BASIS.search(text):
        yield finding(
            "P-09",
            f"正文没有引用编制依据；请写明依据《政府信息公开条例》和{subject.form.instrument}编制。",
            expected="《政府信息公开条例》",
        )
