"""Figures against the size of the office's registers: A-09, A-17, A-18, B-49…B-53."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Registers, Subject
from gongkai.annualreport.wording import squeeze

_NEVER_NOTIFIED = re.compile(
    r"(未|没有)(曾)?(发出|发送|制发|作出|下达|开具)[^，。；]{0,12}收费通知"
)


def check_registers(subject: Subject) -> Iterator[Finding]:
    """Yield every figure that a register cannot bear out; a register that is not kept is passed."""
    yield from _never_notified(subject)
    if subject.ledger is None:
        return
    kept = subject.ledger.registers
    yield from _library(subject, kept)
    yield from _published(subject, kept)
    yield from _still_open(subject, kept)
    yield from _steps(subject, kept)


def _library(subject: Subject, kept: Registers) -> Iterator[Finding]:
    valid, made = (subject.report.number(f"t2.norm.{name}") for name in ("valid", "made"))
    if None not in (valid, kept.documents_shown) and valid != kept.documents_shown:
        yield finding(
            "A-09",
            f"行政规范性文件库对外显示有效 {kept.documents_shown} 件，表二现行有效填的是 {valid} 件；"
            "请核对文件库的效力标注或改正报告。",
            cells=("t2.norm.valid",),
            expected=kept.documents_shown,
            actual=valid,
        )
    if made and kept.documents_interpreted == 0:
        yield finding(
            "A-17",
            f"本年制发行政规范性文件 {made} 件，没有一件登记了解读；请补做解读并与文件关联。",
            cells=("t2.norm.made",),
            expected="至少 1 件有解读",
            actual=0,
        )


def _published(subject: Subject, kept: Registers) -> Iterator[Finding]:
    pairs = (("t2.licence", kept.licences_published), ("t2.penalty", kept.penalties_published))
    for key, published in pairs:
        decided = subject.report.number(key)
        if decided is not None and published is not None and published > decided:
            yield finding(
                "A-18",
                f"已公开的决定有 {published} 件，多于{subject.name(key)}填的 {decided} 件；"
                "公开数不应多于作出数，请核对是否漏报，供参考。",
                cells=(key,),
                expected=f"不少于 {published}",
                actual=decided,
            )


def _still_open(subject: Subject, kept: Registers) -> Iterator[Finding]:
    over = subject.report.number("t3.fwd.tot")
    if over is not None and kept.open_at_year_end is not None and over > kept.open_at_year_end:
        yield finding(
            "B-49",
            f"结转下年度 {over} 件，年底仍在法定期限内或依法中止计时的只有 {kept.open_at_year_end} 件；"
            "请核对是否有逾期未答复的申请。",
            cells=("t3.fwd.tot",),
            expected=f"不超过 {kept.open_at_year_end}",
            actual=over,
        )


def _steps(subject: Subject, kept: Registers) -> Iterator[Finding]:
    """An outcome that the law allows only after a step cannot be more frequent than the step."""
    for code, rows, step, name in (
        ("B-50", ("r6_2",), kept.fee_notices, "收费通知"),
        ("B-51", ("r6_1", "r4_3"), kept.correction_notices, "两年内的补正告知"),
        ("B-52", ("r5_4",), kept.reasons_asked, "要求说明理由的记录"),
        ("B-53", ("r3_4",), kept.third_parties_asked, "征求第三方意见的记录"),
    ):
        keys = tuple(f"t3.{row}.tot" for row in rows)
        counts = subject.numbers(*keys)
        if counts is None or step is None or sum(counts) <= step:
            continue
        names = "、".join(subject.name(key) for key in keys)
        yield finding(
            code,
            f"{names}共 {sum(counts)} 件，登记的{name}只有 {step} 件；每件都应先有这一步，"
            "请补登记录或改正归类。",
            cells=keys,
            expected=f"不超过 {step}",
            actual=sum(counts),
        )


def _never_notified(subject: Subject) -> Iterator[Finding]:
    denied = _NEVER_NOTIFIED.search(squeeze(subject.section("6")))
    unpaid = subject.report.number("t3.r6_2.tot")
    if denied and unpaid:
        yield finding(
            "B-50",
            f"表三有 {unpaid} 件因逾期未缴费不再处理，第六部分却写“{denied[0]}”；"
            "没有收费通知就不会有逾期未缴费，请核对两处。",
            cells=("t3.r6_2.tot",),
            expected=0,
            actual=unpaid,
        )
