"""Traces of an old draft or of somebody else's report: N-08, N-09, P-10."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.wording import squeeze

_YEAR = re.compile(r"(?<![\d第])(20\d\d)年")
_SENTENCE = re.compile(r"[^。\n]+")
_COMPARISON = re.compile(
    r"[比较]|同期|上年|去年|增|降|减|结转|以来|修订|印发|度报告|指出|整改|决算|审计|考核|评估|结果|延续|跨年"
)
_PLAN = re.compile(r"将|计划|下一步|下年|来年|结转|顺延|做好|推进|着力|继续|重点|明年|要|预算|\d月")
_LATER = re.compile(r"(?<!收)[到至](?=20\d\d年)|目标|规划|计划|纲要|行动|远景|愿景")
# A named document, or the day of its adoption, says nothing of the period of this report.
_NAMED = (
    r"《[^》]*{year}年[^》]*》|〈[^〉]*{year}年[^〉]*〉|“[^”]*{year}年[^”]*(报告|要点|方案|计划|规划|工程)”|"
    r"{year}年(度)?(以来|起|以前|之前|至|到|—|-|~|[^，。]{{0,14}}(施行|实施|修订|修正|公布的?《|印发的?《|"
    r"机构改革|改版|成立|建成|上线|开通|要点|工作计划|实施方案))|(自|从|早在|始于|于){year}年|{year}年版"
)
_RANGE = re.compile(r"20\d\d年?[-—–~至到]+20\d\d年")
_KINDS = "县|区|旗|镇|乡"
_NOT_A_NAME = set(
    "我本全各由向对按照经在与和及该以市省州上级下辖属代表依托通过报为被同于至赴是请原新老此把给让受据将"
)
# A visit, a transfer or a joint act names another body for good reason.
_WITH_REASON = re.compile(
    r"考察|学习|交流|调研|借鉴|移送|转送|联合|合作|结对|对口|协作|共建|起诉|被告|划转|合并|更名|毗邻"
)


def check_copied(subject: Subject) -> Iterator[Finding]:
    """Yield years, names and slips of the pen that do not belong into this report."""
    if subject.report.year:
        yield from _years(subject)
    yield from _other_bodies(subject)
    yield from _slips(subject)


def _years(subject: Subject) -> Iterator[Finding]:
    """Every 20XX年 is this year, last year in a comparison, or a later one in a plan (N-08)."""
    year = subject.report.year
    for sentence in _sentences(subject):
        plain = _RANGE.sub("", sentence)
        for printed in sorted({int(found) for found in _YEAR.findall(plain)} - {year}):
            if _belongs(plain, printed, year):
                continue
            yield finding(
                "N-08",
                f"正文出现“{printed}年”（……{_around(sentence, f'{printed}年')}……），与报告年度 {year} 年不符；"
                "请核对是否沿用了旧稿。",
                expected=f"{year}年",
                actual=f"{printed}年",
            )


def _belongs(sentence: str, printed: int, year: int) -> bool:
    if re.search(_NAMED.format(year=printed), sentence):
        return True
    if printed == year - 1:
        return bool(_COMPARISON.search(sentence))
    if printed == year + 1 and _PLAN.search(sentence):
        return True
    return printed > year and bool(_LATER.search(sentence))


def _around(sentence: str, words: str) -> str:
    at = sentence.find(words)
    return sentence[max(0, at - 8) : at + len(words) + 8]


def _other_bodies(subject: Subject) -> Iterator[Finding]:
    """The same office of another place of the same rank points to copied text (N-09)."""
    own = re.search(rf"(?P<kind>{_KINDS})(?P<office>[^县区旗镇乡]+)$", subject.report.issuer)
    if own is None:
        return
    office = re.escape(own["office"].removesuffix("办公室"))
    pattern = re.compile(rf"([\u4e00-\u9fa5]{{2}})({own['kind']})(人民政府|{office})")
    named = {
        found[0]
        for sentence in _sentences(subject)
        if not _WITH_REASON.search(sentence)
        for found in pattern.finditer(sentence)
        if not _NOT_A_NAME & set(found[1]) and found[1] + found[2] not in subject.report.issuer
    }
    for body in sorted(named):
        yield finding(
            "N-09",
            f"正文出现“{body}”，不是本机关；请核对是否照抄了其他机关的报告。",
            expected=subject.report.issuer,
            actual=body,
        )


def _slips(subject: Subject) -> Iterator[Finding]:
    """Wordings that the place has listed as wrong, such as an old name of a region (P-10)."""
    text = squeeze(subject.prose)
    for wrong, right in subject.local.slips.items():
        if wrong and wrong in text.replace(right, "") if right else wrong and wrong in text:
            yield finding(
                "P-10",
                f"正文出现“{wrong}”，本地错敏词表要求写作“{right}”；请改正。"
                if right
                else f"正文出现“{wrong}”，本地错敏词表要求不得使用；请删改。",
                expected=right or None,
                actual=wrong,
            )


def _sentences(subject: Subject) -> list[str]:
    lines = (squeeze(line) for line in subject.prose.splitlines())
    return [sentence for line in lines for sentence in _SENTENCE.findall(line)]
