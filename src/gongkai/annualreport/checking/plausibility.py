"""Figures that add up and still ask for a look: A-05, A-16, B-54…56, L-06, L-07, L-09."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annualreport.checking.cells import key_in
from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.thresholds import threshold

_CANNOT_MAKE_RULES = ("county", "township")
_CORRECTED = re.compile(r"纠正|败诉|撤销|责令|复议|诉讼")


def check_plausibility(subject: Subject) -> Iterator[Finding]:
    """Yield what is unlikely, and the two rates that are only reported."""
    yield from _rules(subject)
    yield from _no_decisions(subject)
    yield from _shares(subject)
    yield from _disclosure_rate(subject)
    yield from _all_zero(subject)
    yield from _direct_suits(subject)
    yield from _corrected(subject)
    yield from _dispute_rate(subject)


def _rules(subject: Subject) -> Iterator[Finding]:
    """The older form also counts rules of others that were opened; only 制定 is impossible there."""
    keys = ("t2.rule.made", "t2.rule.repealed", "t2.rule.valid")
    filled = {key: subject.report.number(key) for key in keys if key in subject.form.kinds}
    wrong = {key: count for key, count in filled.items() if count}
    if subject.report.level in _CANNOT_MAKE_RULES and wrong:
        shown = "、".join("空白" if count is None else str(count) for count in filled.values())
        yield finding(
            "A-05",
            f"规章一行填了 {shown}；县级以下机关无权制定规章，"
            "请改为 0，所填文件应归入行政规范性文件。",
            cells=wrong,
            expected=0,
            actual=shown,
        )


def _no_decisions(subject: Subject) -> Iterator[Finding]:
    if subject.report.level != "county" or not subject.is_government:
        return
    for key in (key_in(subject.report, "t2.licence"), key_in(subject.report, "t2.penalty")):
        if subject.report.number(key) == 0:
            yield finding(
                "A-16",
                f"{subject.name(key)}为 0；县级政府的报告汇总全县各机关，通常不会没有，请核对是否漏报。",
                cells=(key,),
                actual=0,
            )


def _shares(subject: Subject) -> Iterator[Finding]:
    total = subject.report.number("t3.r7.tot")
    if total is None or total < threshold("small_sample", "least"):
        return
    other, missing = subject.report.number("t3.r6_3.tot"), subject.report.number("t3.r4_1.tot")
    if other is not None and other > threshold("other_share", "most") * total:
        yield finding(
            "B-54",
            f"“其他处理—其他”有 {other} 件，占办理总数 {total} 件的 {_share(other, total)}；"
            "请逐件核对，能归入其他类别的应当归类。",
            cells=("t3.r6_3.tot",),
            expected=f"不超过 {threshold('other_share', 'most'):.0%}",
            actual=_share(other, total),
        )
    if missing is not None and missing > threshold("not_held_share", "most") * total:
        yield finding(
            "B-54",
            f"“本机关不掌握”有 {missing} 件，占办理总数 {total} 件的 {_share(missing, total)}；"
            "请抽查检索记录是否充分。",
            cells=("t3.r4_1.tot",),
            actual=_share(missing, total),
            severity="info",
        )


def _disclosure_rate(subject: Subject) -> Iterator[Finding]:
    counts = subject.numbers("t3.r1.tot", "t3.r2.tot", "t3.r7.tot")
    if counts is not None and counts[2] > 0:
        granted = counts[0] + counts[1]
        yield finding(
            "B-55",
            f"公开率 {_share(granted, counts[2])}：予以公开和部分公开 {granted} 件，"
            f"办理 {counts[2]} 件，供参考。",
            cells=("t3.r1.tot", "t3.r2.tot", "t3.r7.tot"),
            actual=_share(granted, counts[2]),
        )


def _all_zero(subject: Subject) -> Iterator[Finding]:
    keys = [key for key in subject.form.kinds if key.startswith("t3.")]
    if any(subject.report.number(key) != 0 for key in keys) or not subject.has_prose:
        return
    stated = [claim for claim in subject.claims if claim.about in ("received", "received_mixed")]
    if any(claim.value == 0 for claim in stated):
        return
    most = max((claim.value for claim in stated), default=None)
    yield finding(
        "B-56",
        "表三全部为 0，"
        + (f"正文却写收到申请 {most} 件；" if most else "正文没有写明未收到申请；")
        + "确实没有收到的，请在依申请公开情况里写明，否则请补填表三。",
        cells=("t3.new.tot",),
        expected=str(most) if most else "正文写明未收到申请",
        actual=0,
        severity=None if most else "warning",
    )


def _direct_suits(subject: Subject) -> Iterator[Finding]:
    direct = subject.report.number("t4.dir.t")
    if direct and subject.report.year >= threshold("direct_suit", "from_year"):
        yield finding(
            "L-06",
            f"“未经复议直接起诉”有 {direct} 件；对不予公开决定应先申请复议，"
            "请核对这些案件是否属于无法提供、不予处理等可以直接起诉的情形。",
            cells=("t4.dir.t",),
            actual=direct,
        )


def _corrected(subject: Subject) -> Iterator[Finding]:
    keys = ("t4.rev.c", "t4.dir.c", "t4.aft.c")
    corrected = sum(subject.report.number(key) or 0 for key in keys)
    text = subject.section("1") + subject.section("5")
    if corrected > 0 and subject.has_prose and not _CORRECTED.search(text):
        yield finding(
            "L-07",
            f"表四有 {corrected} 件结果纠正，第一、五部分没有提到；请写明被纠正的原因和整改情况。",
            cells=tuple(key for key in keys if subject.report.number(key)),
            actual=corrected,
        )


def _dispute_rate(subject: Subject) -> Iterator[Finding]:
    counts = subject.numbers("t4.rev.t", "t4.dir.t", "t3.r7.tot")
    if counts is not None and counts[2] > 0 and counts[0] + counts[1] > 0:
        disputes = counts[0] + counts[1]
        yield finding(
            "L-09",
            f"争议率 {_share(disputes, counts[2])}：复议和直接起诉 {disputes} 件，"
            f"办理 {counts[2]} 件，供参考。",
            cells=("t4.rev.t", "t4.dir.t", "t3.r7.tot"),
            actual=_share(disputes, counts[2]),
        )


def _share(part: int, whole: int) -> str:
    return f"{Decimal(part) / Decimal(whole):.1%}"
