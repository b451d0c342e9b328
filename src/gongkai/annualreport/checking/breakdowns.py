"""Numbers in the prose against one another: parts and wholes (N-07), shares (N-13), channels (N-14)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.narrative import Claim, claims

_SENTENCE = re.compile(r"[^。\n]+")
_TOTALS = frozenset({"received", "received_mixed", "done", "carried", "carried_over"})
# After these the numbers are parts of a part, another sum, or a difference.
_ENDS_LIST = re.compile(
    r"内有|其中|又分为|再分|包括|包含|合计|共计|总计|累计|同比|平均|分别比|比上年|较上年|比去年|较去年"
)
_NOT_A_PART = re.compile(r"增加|减少|增长|下降|上升|超过|同比|环比|平均|每[月季年天日]")
_SHARE = re.compile(r"(\d+)\s*(件|条|份)[^。；;\d%]{0,12}占[^。；;\d%]{0,14}(\d+(?:\.\d+)?)\s*%")
_COUNT = re.compile(r"(?<![\d.])(\d+)\s*(?:余|多)?\s*(?:件|条|份)")
_ONLINE = r"线上|网上|网络|网站|在线|平台|系统|电子邮[件箱]|互联网"
_OFFLINE = r"线下|当面|现场|信函|信件|来信|邮寄|邮政|快递|传真|书面|窗口|来访"
_CHANNEL = re.compile(
    rf"(?P<name>{_ONLINE}|{_OFFLINE})[^，,；;、。\d]{{0,14}}?(?P<count>\d{{1,9}})\s*[件份条宗]"
)
_IS_ONLINE = re.compile(_ONLINE)
_ANY_COUNT = re.compile(r"(\d{1,9})\s*[件份条宗]")
_RECEIVING = re.compile(r"(收到|受理|接收|新收|办理)[^。]*申请|申请[^。]*(收到|受理|接收|新收)")
_ANOTHER_YEAR = re.compile(r"上年|去年|同比|往年|累计|以来")


def check_breakdowns(subject: Subject) -> Iterator[Finding]:
    """Yield sums and shares that the prose itself, or table 3, contradicts."""
    for sentence in _SENTENCE.findall(subject.prose):
        yield from _parts_and_whole(sentence)
        yield from _channels(subject, sentence)
    for line in subject.prose.splitlines():
        yield from _shares(subject, line)


def _parts_and_whole(sentence: str) -> Iterator[Finding]:
    """The parts named after 其中 cannot be more than the whole named before it (N-07)."""
    head, mark, tail = sentence.partition("其中")
    whole = [claim for claim in claims(head) if claim.unit and claim.bound == "exact"]
    if not mark or not whole or _NOT_A_PART.search(whole[-1].text):
        return
    total = whole[-1]
    parts = _parts(_list_in(head, tail), total)
    added = sum((part.value for part in parts), Decimal(0))
    if len(parts) > 1 and added > total.value and _are_siblings(parts, added, total):
        yield finding(
            "N-07",
            f"正文“{total.text}，其中……”的各分项相加为 {added}，多于总数 {total.value}；请核对总数和分项。",
            expected=str(total.value),
            actual=str(added),
        )


def _list_in(head: str, tail: str) -> str:
    """The list right after 其中: to the closing bracket, a semicolon or the next sum."""
    end = r"[；;）)]" if re.search(r"[（(][^）)]*$", head) else r"[；;]"
    tail = re.sub(r"[（(][^（）()]*[）)]", "", tail) if end == r"[；;]" else tail
    return _ENDS_LIST.split(re.split(end, tail)[0])[0]


def _parts(tail: str, total: Claim) -> list[Claim]:
    """The numbers up to the first one that begins another total, such as 办结."""
    listed = itertools.takewhile(lambda claim: claim.about not in _TOTALS, claims(tail))
    return [
        claim
        for claim in listed
        if claim.unit == total.unit
        and claim.bound == "exact"
        and not _NOT_A_PART.search(claim.text)
    ]


def _are_siblings(parts: list[Claim], added: Decimal, total: Claim) -> bool:
    """A part that is itself the sum of the others is a sub-total, not one more part."""
    return not any(added - part.value == part.value for part in parts) and all(
        part.value <= total.value for part in parts
    )


def _shares(subject: Subject, line: str) -> Iterator[Finding]:
    """A share must follow from a number of its paragraph so far, or from table 3 (N-13)."""
    for found in _SHARE.finditer(line):
        part, unit, percent = found[1], found[2], found[3]
        sentence = line[line.rfind("。", 0, found.start()) + 1 :].partition("。")[0]
        listed = [Decimal(number) for number in _COUNT.findall(sentence)]
        before = [Decimal(number) for number in _COUNT.findall(line[: found.end()])]
        shares = [Decimal(number) for number, _, _ in _SHARE.findall(sentence)]
        totals = {*listed, *before, sum(shares, Decimal(0)), *_totals(subject)} - {Decimal(0)}
        if not any(_is_share(Decimal(part), whole, Decimal(percent)) for whole in totals):
            yield finding(
                "N-13",
                f"正文写 {part}{unit}占 {percent}%，用文中和表三的总数都算不出这个比例；请重新计算。",
                actual=f"{percent}%",
            )


def _totals(subject: Subject) -> Sequence[Decimal]:
    counts = subject.numbers("t3.new.tot", "t3.carry.tot", "t3.r7.tot")
    if counts is None:
        return []
    return [Decimal(counts[0]), Decimal(counts[0] + counts[1]), Decimal(counts[2])]


def _is_share(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
    rounding = Decimal(1).scaleb(int(percent.as_tuple().exponent))
    return abs(part / whole * 100 - percent) <= max(threshold("percentage", "most"), rounding)


def _channels(subject: Subject, sentence: str) -> Iterator[Finding]:
    """What came in by each channel makes up what came in, when all channels are named (N-14)."""
    counts = subject.numbers("t3.new.tot", "t3.carry.tot")
    if counts is None or not _RECEIVING.search(sentence) or _ANOTHER_YEAR.search(sentence):
        return
    added = _by_channel(sentence)
    if added is None or added in {counts[0], sum(counts), *_stated(sentence)}:
        return
    yield finding(
        "N-14",
        f"正文按渠道列出的件数相加为 {added} 件，表三本年新收总计是 {counts[0]} 件；请核对各渠道件数。",
        cells=("t3.new.tot",),
        expected=counts[0],
        actual=added,
    )


def _stated(sentence: str) -> set[Decimal]:
    """The totals of received requests that the sentence itself gives; one organ's may be meant."""
    found = claims(sentence)
    return {claim.value for claim in found if claim.about in ("received", "received_mixed", "done")}


def _by_channel(sentence: str) -> int | None:
    """The sum by channel; None unless both kinds are counted apart and nothing else is listed."""
    found = list(_CHANNEL.finditer(sentence))
    online = [one for one in found if _IS_ONLINE.match(one["name"])]
    if not online or len(online) == len(found):
        return None
    first, last = found[0].start("count"), found[-1].start("count")
    listed = [one.start(1) for one in _ANY_COUNT.finditer(sentence) if first <= one.start(1)]
    known = {one.start("count") for one in found}
    # A count between or right after the channels that is none of them (其他3件) leaves the sum open.
    if any(place not in known and place <= last for place in listed):
        return None
    if re.search(r"其他[^，,；;、。\d]{0,8}\d", sentence[last:]):
        return None
    return sum(int(one["count"]) for one in found)
