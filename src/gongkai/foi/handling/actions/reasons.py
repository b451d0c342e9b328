"""Requests beyond reason in number or frequency: why, and the three exits (条例第三十五条).

The reasons are not reasonable: the reply says 不予处理. They are, and the answer can be given in time:
nothing changes. They are, and it cannot: a reasonable longer period is fixed and told.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused, append_event
from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.handling.actions.taking import permit
from gongkai.foi.handling.models import ReasonDemand
from gongkai.foi.machine import EventKind
from gongkai.foi.models import Case
from gongkai.people.models import Person


@transaction.atomic
def ask_reason(
    case: Case, *, found: str, on: date, order: Order | None = None, by: Person
) -> ReasonDemand:
    """Ask the applicant why; *found* says how many requests in what time."""
    permit(case, "ask-reason", on=on, by=by, order=order)
    if not found.strip():
        raise CaseRefused(
            "须写明申请的数量、频次怎样明显超过合理范围（条例第三十五条），例如“一月内三十一件”。"
        )
    demand = ReasonDemand(case=case, found=found.strip(), asked_on=on)
    demand.full_clean()
    actions.ask_reason(case, on=on, found=demand.found, by=by)
    demand.save(force_insert=True)
    return demand


@transaction.atomic
def judge_reason(
    case: Case,
    *,
    accepted: bool,
    finding: str,
    on: date,
    order: Order | None = None,
    by: Person,
) -> ReasonDemand:
    """Say whether the reasons given, or their absence, are reasonable, and why."""
    permit(case, "judge-reason", on=on, by=by, order=order)
    if not finding.strip():
        raise CaseRefused("审查意见须写明理由合理或者不合理在哪里（条例第三十五条）。")
    waiting = ReasonDemand.objects.filter(case=case, judged_on=None, asked_on__lte=on)
    if not waiting.update(judged_on=on, accepted=accepted, finding=finding.strip()):
        raise CaseRefused("审查日期不能早于告知日期；已经审查过的不能再改，请刷新后核对。")
    append_event(case, EventKind.REASON_GIVEN, on, {"accepted": accepted}, by)
    return ReasonDemand.objects.get(case=case)


@transaction.atomic
def delay_answer(
    case: Case, *, until: date, on: date, order: Order | None = None, by: Person
) -> ReasonDemand:
    """Fix a reasonable longer period for an answer that cannot be given in time, and tell the applicant."""
    facts = permit(case, "delay", on=on, by=by, order=order)
    deadline, trouble = deadline_or_reason(facts.events, facts.rules)
    due = deadline.due if deadline else None
    if due is None:
        raise CaseRefused(trouble or "答复期限现在停止计算，不能确定延迟答复的期限。")
    if until <= due or on > due:
        raise CaseRefused(
            f"延迟答复的期限应在原期限 {due} 之后，并且在原期限内告知申请人（条例第三十五条）；请核对日期。"
        )
    waiting = ReasonDemand.objects.filter(case=case, accepted=True, delayed_until=None)
    if not waiting.update(delayed_until=until):
        raise CaseRefused("延迟答复的期限刚刚由另一位经办人确定，请刷新后查看。")
    append_event(case, EventKind.DELAYED, on, {"until": until.isoformat()}, by)
    return ReasonDemand.objects.get(case=case)
