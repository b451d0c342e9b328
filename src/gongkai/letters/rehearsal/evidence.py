"""Reading what a decision rests on (不变量七): the third party, the search, the right organ, all other parts."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.letters import code_of
from gongkai.letters.rehearsal.defect import Defect, Reading, article
from gongkai.letters.slots import SLOTS

_NOT_HANDLED, _CORRECTED = code_of("not_handled"), code_of("corrected")
_SAID_ELSEWHERE = frozenset({"不予公开依据", "区分处理", "检索记录", "负责机关", "不能确定的原因", "救济途径"})  # fmt: skip
_FOR_OUTCOME = {
    "提供的信息": {"granted", "partial"},
    "获取途径": {"already_public"},
    "此前答复文号": {"repeated", "reissue"},
    "此前告知日期": {"still_unclear", "not_corrected", "fee_unpaid"},
}


def third_party(reading: Reading) -> Iterator[Defect]:
    if not reading.refused_as("refused_third_party"):
        return
    opinion = reading.facts.opinion
    asked = opinion.asked_on is not None and opinion.answer.strip()
    if not asked and not opinion.not_asked.strip():
        yield Defect(
            "third_party",
            "没有征求第三方意见的记录，也没有写不征求的原因。",
            article("第三十二条"),
            "请登记征求意见的日期和第三方的答复（没有答复的写明逾期未答复），或者写明不征求的原因。",
        )


def search(reading: Reading) -> Iterator[Defect]:
    if reading.facts.outcome != "not_found":
        return
    lines = reading.facts.search
    whole = all(one.system and one.scope and one.terms and one.result and one.by for one in lines)
    if not lines or not whole:
        yield Defect(
            "search",
            "没有检索记录，或者检索记录没有写全系统、范围、检索词、人员和结果。",
            article("第三十六条第（四）项"),
            "请在案件里补全检索记录。",
        )


def responsible(reading: Reading) -> Iterator[Defect]:
    facts = reading.facts
    if facts.outcome != "not_responsible":
        return
    organ = facts.responsible
    named = organ is not None and organ.name.strip() and organ.contact.strip()
    if not named and not facts.undeterminable.strip():
        yield Defect(
            "responsible",
            "没有告知负责公开的机关和联系方式，也没有写不能确定的原因。",
            article("第三十六条第（五）项"),
            "请写明机关名称和联系方式；不能确定的，写明原因。",
        )


def parts(reading: Reading) -> Iterator[Defect]:
    """Whatever else this kind of letter may not go without, where no reading above has its own words for it."""
    for name in reading.duty.must:
        if name in _SAID_ELSEWHERE or name == reading.duty.to or name in _either(reading):
            continue
        if not SLOTS[name].value(reading.facts):
            yield Defect(
                "part",
                f"缺少“{name}”：{SLOTS[name].explanation}。",
                reading.outcome.article
                if reading.outcome and reading.outcome.article
                else "文书的必备内容",
                "请在案件里补齐。",
            )


def _either(reading: Reading) -> frozenset[str]:
    """Parts of a letter of several outcomes that this outcome does not need; of a correction's one of two."""
    facts = reading.facts
    skipped = {name for name, outcomes in _FOR_OUTCOME.items() if facts.outcome not in outcomes}
    if reading.code == _NOT_HANDLED and facts.outcome in {"excessive", "reissue"}:
        skipped.add("办理渠道")
    if facts.outcome == "granted" and facts.where_published.strip():
        skipped.add("提供的信息")
    if reading.code == _CORRECTED:
        skipped |= {"更正结果", "转送机关"} if _settled(reading) else set()
    return frozenset(skipped)


def _settled(reading: Reading) -> bool:
    """Whether a correction was made, passed on, or refused with its reasons."""
    facts = reading.facts
    return bool(facts.corrected.strip() or facts.transferred_to or facts.reasons.strip())
