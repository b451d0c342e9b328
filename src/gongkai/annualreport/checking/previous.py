"""Comparison with last year's report: A-01…03, A-14, A-15, B-40…46, L-04, L-05, N-10."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annualreport.checking.cells import DECISIONS, key_in, value_as
from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.model import Report
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.wording import squeeze

_STOCKS = (("A-01", "norm", "行政规范性文件"), ("A-02", "rule", "规章"))


def check_previous(subject: Subject) -> Iterator[Finding]:
    """Yield what does not follow from last year's report; nothing when it is not given."""
    prev = subject.prev
    if prev is None:
        return
    yield from _stocks(subject, prev)
    yield from _exits(subject, prev)
    yield from _changes(subject, prev)
    yield from _carried(subject, prev)
    yield from _pending(subject, prev)
    yield from _suits_after_review(subject, prev)
    yield from _likeness(subject, prev)


def _stocks(subject: Subject, prev: Report) -> Iterator[Finding]:
    """Only where both reports count 现行有效, which the older form does not."""
    for code, row, name in _STOCKS:
        before = prev.number(f"t2.{row}.valid")
        keys = (f"t2.{row}.made", f"t2.{row}.repealed", f"t2.{row}.valid")
        counts = subject.numbers(*keys)
        if before is None or counts is None:
            continue
        made, repealed, valid = counts
        if valid != before + made - repealed:
            yield finding(
                code,
                f"{name}存量不连续：上年现行有效 {before}＋本年制发 {made}－本年废止 {repealed}"
                f"＝{before + made - repealed}，本年填的是 {valid}；请核对文件库，"
                "如因清理或重新归类造成，请在报告里说明。",
                cells=keys,
                expected=before + made - repealed,
                actual=valid,
            )


def _exits(subject: Subject, prev: Report) -> Iterator[Finding]:
    before = prev.number("t2.norm.valid")
    counts = subject.numbers("t2.norm.made", "t2.norm.repealed")
    if before is None or counts is None or counts[1] <= before + counts[0]:
        return
    yield finding(
        "A-03",
        f"本年废止 {counts[1]} 件，多于上年现行有效 {before} 件与本年制发 {counts[0]} 件之和；请核对废止件数。",
        cells=("t2.norm.repealed",),
        expected=before + counts[0],
        actual=counts[1],
    )


def _changes(subject: Subject, prev: Report) -> Iterator[Finding]:
    for name in (*DECISIONS, "t2.fee"):
        key = key_in(subject.report, name)
        now, before = _amount(subject.report, key), _amount(prev, key)
        if now is None or not before:
            continue
        ratio = now / before
        if key == "t2.fee" and _looks_like_unit_slip(ratio):
            yield _unit_slip(subject, prev)
        elif not threshold("change_ratio", "low") <= ratio <= threshold("change_ratio", "high"):
            yield finding(
                "A-14",
                f"{subject.name(key)}由上年的 {before} 变为 {now}，是上年的 {ratio:.2f} 倍；"
                "请核对数据，确属实际变化的，请备好说明。",
                cells=(key,),
                expected=str(before),
                actual=str(now),
            )


def _looks_like_unit_slip(ratio: Decimal) -> bool:
    low, high = threshold("unit_slip_ratio", "low"), threshold("unit_slip_ratio", "high")
    return low <= ratio <= high or 0 < ratio <= 1 / low


def _unit_slip(subject: Subject, prev: Report) -> Finding:
    now, before = subject.report.cell("t2.fee"), prev.cell("t2.fee")
    return finding(
        "A-15",
        f"行政事业性收费上年为 {before}，本年为 {now}，相差约一万倍，很可能把元和万元写混；"
        "请核对后按万元填写。",
        cells=("t2.fee",),
        expected=before,
        actual=now,
    )


def _carried(subject: Subject, prev: Report) -> Iterator[Finding]:
    for column in subject.form.t3.columns:
        key = f"t3.carry.{column.key}"
        now, before = subject.report.number(key), prev.number(f"t3.fwd.{column.key}")
        if now is not None and before is not None and now != before:
            yield finding(
                column.carry_check,
                f"表三“{column.label}”列：上年报告结转下年度 {before} 件，本年“上年结转”填的是 {now} 件；"
                "两数应当相等，请核对，上年报告有误的应更正上年报告。",
                cells=(key,),
                expected=before,
                actual=now,
            )


def _pending(subject: Subject, prev: Report) -> Iterator[Finding]:
    for block in subject.form.t4.blocks:
        key = f"t4.{block.key}.t"
        now, before = subject.report.number(key), prev.number(f"t4.{block.key}.p")
        if now is not None and before is not None and now < before:
            yield finding(
                "L-04",
                f"表四“{block.path[-1]}”：上年有 {before} 件尚未审结，本年总计只有 {now} 件；"
                "未结案件应在本年继续反映，请核对。",
                cells=(key,),
                expected=before,
                actual=now,
            )


def _suits_after_review(subject: Subject, prev: Report) -> Iterator[Finding]:
    concluded = ("t4.rev.m", "t4.rev.c", "t4.rev.o")
    now = subject.numbers("t4.aft.t", *concluded)
    before = [prev.number(key) for key in (*concluded, "t4.aft.p")]
    known = [number for number in before if number is not None]
    if now is None or len(known) != len(before):
        return
    most = sum(now[1:]) + sum(known)
    if now[0] > most:
        yield finding(
            "L-05",
            f"复议后起诉 {now[0]} 件，多于两年审结的复议与上年未结诉讼之和 {most} 件；请核对复议和诉讼台账。",
            cells=("t4.aft.t",),
            expected=most,
            actual=now[0],
        )


def _likeness(subject: Subject, prev: Report) -> Iterator[Finding]:
    now, before = squeeze(subject.section("5")), squeeze(prev.sections.get("5", ""))
    if not now or not before:
        return
    share = Decimal(difflib.SequenceMatcher(None, before, now, autojunk=False).ratio())
    if share > threshold("likeness", "most"):
        yield finding(
            "N-10",
            f"第五部分与上年报告有 {share:.0%} 相同，属于内容雷同；请按本年实际情况重写问题和改进措施。",
            expected=f"不超过 {threshold('likeness', 'most'):.0%}",
            actual=f"{share:.0%}",
        )


def _amount(report: Report, key: str) -> Decimal | None:
    return decimal_of(value_as(report, key))
