"""Numbers in the prose against the tables: N-01…N-07, N-13…N-15."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annualreport.checking.finding import Finding, Severity, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.narrative import Claim, cells_of, claims, topics

_OTHER_SPAN = re.compile(r"累计|以来|近[两二三四五几]年|同比|历年")
_YEAR = re.compile(r"(20\d\d)\s*年")
_WITH_CARRIED = re.compile(r"(含|包括|加上)[^，。]*(上年|上一年|去年|结转)")
_TOTALS = frozenset({"received", "received_mixed", "done", "carried", "carried_over"})
_OF_A_PART = re.compile(r"代表|政府办|办公室|部门|乡镇|街道|各单位|本级")
_SHARE = re.compile(r"(\d+)\s*(件|条|份)[^。；;\d%]{0,12}占[^。；;\d%]{0,14}(\d+(?:\.\d+)?)\s*%")
_ONLINE = re.compile(r"(线上|网上|网络|在线)[^，；。\d]{0,12}(\d{1,9})\s*件")
_OFFLINE = re.compile(r"(线下|当面|现场|信函)[^，；。\d]{0,12}(\d{1,9})\s*件")


def check_statements(subject: Subject) -> Iterator[Finding]:
    """Yield every stated number that the tables contradict."""
    for claim in subject.claims:
        topic = topics().get(claim.about or "")
        if topic is None or not topic.cells or _speaks_of_another_time(claim, subject):
            continue
        if topic.check == "N-01":
            yield from _received(subject, claim)
        else:
            yield from _compare(
                subject, claim, topic.check or "", cells_of(topic, subject.form.kinds)
            )
    yield from _breakdowns(subject)
    yield from _percentages(subject)
    yield from _channels(subject)


def _speaks_of_another_time(claim: Claim, subject: Subject) -> bool:
    """A comparison with earlier years is not a statement about this one; N-08 looks at the year."""
    years = {int(year) for year in _YEAR.findall(claim.text)} - {subject.report.year}
    this = str(subject.report.year) in claim.text
    return bool(_OTHER_SPAN.search(claim.text)) or (
        bool(years) and not this and claim.about != "carried_over" and not _repeats(claim, subject)
    )


def _repeats(claim: Claim, subject: Subject) -> bool:
    """Last year's sentence left standing: its year is the only one named and nothing is compared."""
    named = {int(year) for year in _YEAR.findall(claim.sentence)}
    return claim.about in ("norm_made", "norm_repealed", "norm_valid") and named == {
        subject.report.year - 1
    }


def _received(subject: Subject, claim: Claim) -> Iterator[Finding]:
    """收到 is used for 新收 alone and with 上年结转; an error only when it is neither (N-01)."""
    counts = subject.numbers("t3.new.tot", "t3.carry.tot")
    if counts is None:
        return
    new, both = counts[0], sum(counts)
    with_carried = bool(_WITH_CARRIED.search(claim.sentence))
    if claim.agrees_with(both if with_carried else new):
        return
    known = claim.agrees_with(new) or claim.agrees_with(both)
    yield finding(
        "N-01",
        f"正文写“{claim.text}”，表三本年新收总计是 {new} 件，加上年结转是 {both} 件；"
        + ("请写清是否包含上年结转。" if known else "请核对正文或表三。"),
        cells=("t3.new.tot", "t3.carry.tot"),
        expected=both if with_carried else new,
        actual=_shown(claim),
        severity="warning" if known or _OF_A_PART.search(claim.text) else None,
    )


def _compare(
    subject: Subject, claim: Claim, code: str, cells: tuple[str, ...]
) -> Iterator[Finding]:
    figure, stated = _figure(subject, cells), claim
    if figure is None or (code == "N-15" and not _same_measure(claim, cells)):
        return
    if claim.is_money:
        stated = Claim(
            text=claim.text,
            value=claim.wan_yuan,
            about=claim.about,
            where=claim.where,
            bound=claim.bound,
        )
    if stated.agrees_with(figure):
        return
    names = "、".join(subject.name(key) for key in cells[:3]) + ("等各行" if len(cells) > 3 else "")
    yield finding(
        code,
        f"正文写“{claim.text}”，而{names}{'合计' if len(cells) > 1 else ''}是 {figure}；"
        + _advice(code, claim),
        cells=cells,
        expected=str(figure),
        actual=_shown(claim),
        severity=_milder(code, claim),
    )


def _figure(subject: Subject, cells: tuple[str, ...]) -> Decimal | None:
    amounts = [decimal_of(subject.report.figures.get(key)) for key in cells]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if cells and len(known) == len(amounts) else None


def _same_measure(claim: Claim, cells: tuple[str, ...]) -> bool:
    return claim.is_money == (cells == ("t2.fee",))


def _milder(code: str, claim: Claim) -> Severity | None:
    """A sentence may speak of one organ of the county only, or of all its 复议 work (N-05)."""
    general = code == "N-05" and "信息公开" not in claim.sentence
    return "warning" if general or _OF_A_PART.search(claim.text) else None


def _advice(code: str, claim: Claim) -> str:
    if _milder(code, claim) is None:
        return "两处应当一致，请核对后改正。"
    return "如果说的是其他范围的工作，请写清范围，否则请核对后改正。"


def _shown(claim: Claim) -> str:
    return f"{claim.value.normalize():f}{claim.unit}"


def _breakdowns(subject: Subject) -> Iterator[Finding]:
    """A part cannot be more than its whole: 3553件，其中A 1364件、B … (N-07)."""
    for sentence in re.findall(r"[^。\n]+", subject.prose):
        head, mark, tail = sentence.partition("其中")
        whole = [claim for claim in claims(head) if claim.unit and claim.bound == "exact"]
        if not mark or not whole:
            continue
        total = whole[-1]
        tail = re.split(r"[；;）)]" if head.endswith(("（", "(")) else r"[；;]", tail)[0]
        parts = [c for c in _parts(tail) if c.unit == total.unit and c.bound == "exact"]
        added = sum((part.value for part in parts), Decimal(0))
        if len(parts) > 1 and added > total.value and _are_siblings(parts, added, total):
            yield finding(
                "N-07",
                f"正文“{total.text}，其中……”的各分项相加为 {added}，多于总数 {total.value}；"
                "请核对总数和分项。",
                expected=str(total.value),
                actual=str(added),
            )


def _parts(tail: str) -> list[Claim]:
    """The numbers up to the first one that begins another total, such as 办结."""
    return list(itertools.takewhile(lambda claim: claim.about not in _TOTALS, claims(tail)))


def _are_siblings(parts: list[Claim], added: Decimal, total: Claim) -> bool:
    """A part that is itself the sum of the others is a sub-total, not one more part."""
    return not any(added - part.value == part.value for part in parts) and all(
        part.value <= total.value for part in parts
    )


def _percentages(subject: Subject) -> Iterator[Finding]:
    for sentence in re.findall(r"[^。\n]+", subject.prose):
        numbers = [Decimal(number) for number in re.findall(r"(\d+)\s*(?:件|条|份)", sentence)]
        totals = {*numbers, *_totals(subject)} - {Decimal(0)}
        for part, unit, percent in _SHARE.findall(sentence):
            if not any(_is_share(Decimal(part), whole, Decimal(percent)) for whole in totals):
                yield finding(
                    "N-13",
                    f"正文写 {part}{unit}占 {percent}%，用文中和表三的总数都算不出这个比例；"
                    "请重新计算。",
                    actual=f"{percent}%",
                )


def _totals(subject: Subject) -> list[Decimal]:
    counts = subject.numbers("t3.new.tot", "t3.carry.tot", "t3.r7.tot")
    if counts is None:
        return []
    return [Decimal(counts[0]), Decimal(counts[0] + counts[1]), Decimal(counts[2])]


def _is_share(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
    rounding = Decimal(1).scaleb(int(percent.as_tuple().exponent))
    return abs(part / whole * 100 - percent) <= max(threshold("percentage", "most"), rounding)


def _channels(subject: Subject) -> Iterator[Finding]:
    """线上 and 线下 counts of received requests must make up the total (N-14)."""
    counts = subject.numbers("t3.new.tot", "t3.carry.tot")
    for sentence in re.findall(r"[^。\n]+", subject.prose):
        added = _by_channel(sentence)
        if counts is None or added is None or added in (counts[0], sum(counts)):
            continue
        yield finding(
            "N-14",
            f"正文的线上、线下件数相加为 {added} 件，表三本年新收总计是 {counts[0]} 件；"
            "请核对各渠道件数。",
            cells=("t3.new.tot",),
            expected=counts[0],
            actual=added,
        )


def _by_channel(sentence: str) -> int | None:
    """The sum by channel, when both are given apart; 线上线下收到41件 is one number, not two."""
    if not re.search(r"(收到|受理|接收|新收)[^。]*申请|申请[^。]*(收到|受理|接收|新收)", sentence):
        return None
    online = {found.end(): int(found[2]) for found in _ONLINE.finditer(sentence)}
    offline = {found.end(): int(found[2]) for found in _OFFLINE.finditer(sentence)}
    if not online or not offline or online.keys() & offline.keys():
        return None
    return sum(online.values()) + sum(offline.values())
