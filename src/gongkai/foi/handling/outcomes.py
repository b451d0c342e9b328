"""What an outcome asks of the course of a case, beside the facts its vocabulary requires."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gongkai.foi.art41 import why_not as not_of_its_kind
from gongkai.foi.charging.queries import PAY_LIMIT, last_day_to_pay
from gongkai.foi.handling.facts import Facts
from gongkai.foi.machine import EventKind
from gongkai.foi.models import State
from gongkai.law.intervals import Kind

_WHILE = {
    State.CORRECTING: frozenset({"not_corrected", "withdrawn"}),
    State.PAYING: frozenset({"fee_unpaid", "withdrawn"}),
}
"""What can still be decided while the applicant's next step is waited for."""
_GIVES = frozenset({"granted", "partial", "refused_third_party"})


def why_not(facts: Facts, outcome: str, refused_as: Sequence[str]) -> str:
    """Return why the course of the case does not allow *outcome*, or nothing."""
    state = State(facts.case.state)
    if outcome not in _WHILE.get(state, {outcome}):
        return (
            f"案件现在是“{state.label}”，等申请人的下一步；这时只能以逾期或者撤回办结。"
            "收到材料后先登记，再拟稿。"
        )
    if why := not_of_its_kind(facts.case.kind, outcome):
        return why
    if outcome in _GIVES and (why := _waits_for_an_opinion(facts)):
        return why
    for part in (outcome, *refused_as):
        if why := _BY_OUTCOME.get(part, _anything)(facts):
            return why
    return ""


def _anything(facts: Facts) -> str:
    return ""


def _waits_for_an_opinion(facts: Facts) -> str:
    limited = (Kind.THIRD_PARTY.value, Kind.CO_MAKER.value)
    if any(one.whom in limited and not one.settled for one in facts.consultations):
        return (
            "征求意见还没有结果（条例第三十二条、第三十四条）：收到意见的先登记；"
            "期限已满没有答复的，登记逾期未答复，再拟稿。"
        )
    return ""


def _not_corrected(facts: Facts) -> str:
    if facts.case.state != State.CORRECTING:
        return "申请人已经补正，或者没有要求补正，不能按逾期不补正处理（条例第三十条）。"
    last = facts.last_day_of_correction()
    if last is None:
        return "补正告知书送达还没有登记，补正期限没有起算（条例第三十条）；请先登记送达和凭证。"
    if facts.on <= last:
        return f"补正期限到 {last} 才满，期满次日起才能按放弃申请处理（条例第三十条）。"
    return ""


def _still_unclear(facts: Facts) -> str:
    if facts.happened(EventKind.CORRECTED):
        return ""
    return "先告知补正并收到补正材料，仍不明确的才能这样办结（条例第三十条）。"


def _excessive(facts: Facts) -> str:
    if facts.demand is not None and facts.demand.accepted is False:
        return ""
    return "须先要求申请人说明理由，并审查为不合理，才能告知不予处理（条例第三十五条）。"


def _fee_unpaid(facts: Facts) -> str:
    asked = [event.on for event in facts.events if event.kind is EventKind.FEE_ASKED]
    if not asked or facts.case.state != State.PAYING:
        return "没有尚未缴纳的收费通知，不能按逾期未缴费处理（国办函〔2020〕109号）。"
    if facts.charge is not None and facts.charge.arrived_on is None:
        return "收费通知书的送达还没有登记，缴费期限没有起算（国办函〔2020〕109号）；请先登记送达和凭证。"
    last = last_day_to_pay(facts.charge.arrived_on if facts.charge else asked[-1], facts.rules)
    if last is not None and facts.on <= last:
        basis = facts.rules.limit(PAY_LIMIT).basis
        return f"缴费期限最早到 {last} 才满（{basis}），期满次日起才能不再处理。"
    return ""


def _refused_third_party(facts: Facts) -> str:
    third = [one for one in facts.consultations if one.whom == Kind.THIRD_PARTY.value]
    if third and all(one.consents for one in third):
        return "征求过的第三方都同意公开，不能再以保护第三方合法权益为由不公开（条例第十五条）；请改选处理结果。"
    return ""


_BY_OUTCOME: Mapping[str, Callable[[Facts], str]] = {
    "not_corrected": _not_corrected,
    "still_unclear": _still_unclear,
    "excessive": _excessive,
    "fee_unpaid": _fee_unpaid,
    "refused_third_party": _refused_third_party,
}
