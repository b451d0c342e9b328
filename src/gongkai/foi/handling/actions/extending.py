"""A longer limit: asked for by an officer, approved by another who heads the office (条例第三十三条)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.models import ExtensionProposal
from gongkai.foi.models import Case
from gongkai.people.models import Person

MOST = "reply.extension_max"


@transaction.atomic
def propose_extension(
    case: Case, *, days: int, reason: str, on: date, order: Order | None = None, by: Person
) -> ExtensionProposal:
    """Ask for *days* working days more, while the limit still runs."""
    facts = permit(case, "propose-extension", on=on, by=by, order=order)
    most = facts.rules.number(MOST)
    if not 0 < days <= most:
        raise CaseRefused(
            f"延长的期限为 1 至 {most} 个工作日（条例第三十三条、参数 {MOST}），请改正天数。"
        )
    if not reason.strip():
        raise CaseRefused("延长答复期限须写明理由（条例第三十三条），理由要写进延期告知书。")
    _refuse_late(facts, on)
    asked = ExtensionProposal(
        case=case, days=days, reason=reason.strip(), proposed_by=by, proposed_on=on
    )
    asked.full_clean(validate_constraints=False)
    insert_once(asked, "另一位经办人刚刚提请了延长，请刷新后查看。")
    log(case, "case.extension_proposed", {"on": on.isoformat(), "days": days}, by)
    return asked


@transaction.atomic
def approve_extension(case: Case, *, told_on: date, order: Order | None = None, by: Person) -> Case:
    """Approve what somebody else asked for; the applicant is told on *told_on*, before the limit ends."""
    facts = permit(case, "approve-extension", on=told_on, by=by, order=order)
    _refuse_late(facts, told_on)
    asked = _judged(facts, by, told_on=told_on)
    return actions.extend(case, days=asked.days, on=told_on, reason=asked.reason, by=by)


@transaction.atomic
def decline_extension(
    case: Case, *, reason: str, on: date, order: Order | None = None, by: Person
) -> ExtensionProposal:
    """Refuse a longer limit, with the reason; the case stays as it was."""
    facts = permit(case, "decline-extension", on=on, by=by, order=order)
    if not reason.strip():
        raise CaseRefused("不批准须写明理由，否则承办人员不知道怎样办。")
    asked = _judged(facts, by, declined_reason=reason.strip())
    log(case, "case.extension_declined", {"on": on.isoformat()}, by)
    return asked


def _judged(facts: Facts, by: Person, **verdict: object) -> ExtensionProposal:
    asked = facts.proposal
    assert asked is not None  # noqa: S101  # the guard extension_proposed saw it
    waiting = ExtensionProposal.objects.filter(pk=asked.pk, judged_by=None)
    if not waiting.update(judged_by=by, **verdict):
        raise CaseRefused("这份延期提请刚刚由另一位负责人办理，请刷新后查看。")
    return asked


def _refuse_late(facts: Facts, on: date) -> None:
    """An extension is told to the applicant within the limit it extends."""
    deadline, trouble = deadline_or_reason(facts.events, facts.rules)
    if trouble:
        raise CaseRefused(trouble)
    if deadline and deadline.due and on > deadline.due:
        raise CaseRefused(
            f"{on} 已过答复期限 {deadline.due}，延期须在期限内经负责人同意并告知申请人（条例第三十三条），不能再延；"
            "请尽快答复，并向负责人说明。"
        )
