"""What last year's report promised or regretted, and whether this year's speaks of it (P-07)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.likeness import Match, matter, nearest, own_names, sentences
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.model import Report

_MEASURES_BEGIN = re.compile(
    r"下一步|下步|下阶段|今后|(改进|整改)(情况|措施|方向)|针对(以上|上述|存在)|以下(几项|几点)?(措施|工作)|"
    r"20\d\d年[，,]?[^，。；]{0,12}将|将(采取|从|重点|进一步|继续)"
)
_ITEM = re.compile(
    r"(?:第?[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[）)]|(?<!\d)\d+[.．、])"
)
_REGRET = re.compile(
    r"问题|不足|不够|不强|不高|不深|不全|不及时|不到位|有待|待提|单一|薄弱|欠缺|差距|短板|滞后|需(要)?进一步|仍需|待进一步|待加强|待提升|仍有"
)
# From the sentence in which they are announced; a regret that is itself an item announces nothing.
_ANNOUNCED = re.compile(
    r"[^。；\n]*(问题|不足|困难|短板|差距)[^。；\n]{0,12}(?=[：:。]|一是|[（(]一|，如)"
)
_PRAISE = re.compile(r"取得了?(一定|新|较|明显|积极|良好)")
_PREAMBLE = re.compile(r"(问题|不足|困难|短板|差距)[^，]{0,12}$")
_LEAD = re.compile(r"^(下一步|下步|下阶段|今后|改进情况|改进措施|20\d\d年)[，,：:]")
_ANNOUNCEMENT = re.compile(r"(措施|改进|整改|方面|如下|努力|着手)[^，]{0,8}$")
_EXAMPLES = re.compile(r"[，,](?:例?如|比如|主要(?:有|是)|表现(?:在|为))[：:，,]?|[：:]")


@dataclass(frozen=True)
class FollowUp:
    """A matter of last year's section 五 and the sentence of this year that comes nearest to it."""

    text: str
    nearest: Match | None

    @property
    def answered(self) -> bool:
        """Whether that sentence speaks of enough of the matter."""
        least = float(threshold("follow_up", "least"))
        return self.nearest is not None and self.nearest.score >= least


def problems_of(section: str) -> tuple[str, ...]:
    """The problems that a section 五 admits, one by one.

    After the words that announce them every item is one; before, only what is put as a regret.
    """
    text = _before_measures(section)
    announced = _ANNOUNCED.search(text)
    start = announced.start() if announced else len(text)
    early = (item for item in _items(text[:start]) if _REGRET.search(item))
    return (*early, *_items(text[start:]))


def measures_of(section: str) -> tuple[str, ...]:
    """The measures that a section 五 promises, one by one."""
    start = _MEASURES_BEGIN.search(section)
    return () if start is None else _items(section[start.start() :])


def followed_up(report: Report, matters: tuple[str, ...]) -> tuple[FollowUp, ...]:
    """Each matter with the sentence of section 一 or 五 of `report` that is nearest to it."""
    said = sentences("\n".join(report.sections.get(key, "") for key in ("1", "5")))
    names = own_names(report.issuer)
    return tuple(FollowUp(text, nearest(text, said, names)) for text in matters)


def check_follow_up(subject: Subject) -> Iterator[Finding]:
    """Yield the measures promised last year that this year's report does not mention (P-07)."""
    if subject.prev is None or not subject.has_prose:
        return
    promised = followed_up(subject.report, measures_of(subject.prev.sections.get("5", "")))
    open_ones = [one.text for one in promised if not one.answered]
    if open_ones:
        yield finding(
            "P-07",
            f"上年报告提出的改进措施有 {len(open_ones)} 项在本年报告里没有找到下文："
            f"{'；'.join(map(_short, open_ones[:3]))}{' 等' if len(open_ones) > 3 else ''}。"
            "请在第一或第五部分写明落实情况。",
            expected=f"{len(promised)} 项都有下文",
            actual=f"{len(open_ones)} 项没有找到",
        )


def _before_measures(section: str) -> str:
    start = _MEASURES_BEGIN.search(section)
    return section if start is None else section[: start.start()]


def _items(text: str) -> tuple[str, ...]:
    """Numbered items where there are any, else sentences; too little to compare is left out."""
    parts = [part for line in text.splitlines() for part in _ITEM.split(line)]
    found = (_without_preamble(sentence) for part in parts for sentence in sentences(part))
    least = int(threshold("follow_up", "words"))
    return tuple(item for item in found if len(matter(item)) >= least)


def _without_preamble(sentence: str) -> str:
    """What is left after 取得了一定成绩，但还存在一些不足，如：; nothing when that is all."""
    *before, last = _EXAMPLES.split(_LEAD.sub("", sentence))
    announces = _MEASURES_BEGIN.search(last) and _ANNOUNCEMENT.search(last)
    kept = "" if _PRAISE.search(last) or announces else last
    for piece in reversed(before):
        if any(found.search(piece) for found in (_PRAISE, _PREAMBLE, _MEASURES_BEGIN)):
            break
        kept = f"{piece}：{kept}"
    return kept.strip("，、：:,；; ")


def _short(text: str, most: int = 24) -> str:
    return f"“{text}”" if len(text) <= most else f"“{text[:most]}……”"
