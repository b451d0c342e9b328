"""Asking, once, for a correction; its notice served; the corrected request received (条例第三十条)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.audit.identity import Actor
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.handling.models import CorrectionNotice
from gongkai.foi.models import Case
from gongkai.people.models import Person

PERIOD = "correction.period"
AUTHORITY_ITEM = "补交授权委托书：写明代理人、代理事项、权限和期限，由申请人签名或者盖章。"
"""What a request through an agent lacks whose authority is not on file (民法典第一百六十五条)."""


@transaction.atomic
def ask_correction(
    case: Case,
    *,
    items: Sequence[str],
    days: int,
    on: date,
    order: Order | None = None,
    by: Person,
) -> CorrectionNotice:
    """Tell the applicant everything to correct, and within how many working days after the notice arrives."""
    facts = permit(case, "ask-correction", on=on, by=by, order=order)
    written = [item.strip() for item in items if item.strip()]
    if not written:
        raise CaseRefused("补正告知须写明需要补正的事项（条例第三十条），请逐项写清。")
    most = facts.rules.number(PERIOD)
    if not 0 < days <= most:
        raise CaseRefused(
            f"补正期限应为 1 至 {most} 个工作日（条例第三十条“合理的补正期限”，参数 {PERIOD}），请改正。"
        )
    notice = CorrectionNotice(case=case, items_text="\n".join(written), days=days, asked_on=on)
    notice.full_clean()
    actions.ask_correction(case, on=on, items=written, by=by)
    notice.save(force_insert=True)
    return notice


@transaction.atomic
def record_notice_arrived(
    case: Case, *, proof: str, on: date, order: Order | None = None, by: Person
) -> CorrectionNotice:
    """Record the day the notice was served, with its proof: the period for the correction starts."""
    permit(case, "notice-arrived", on=on, by=by, order=order)
    if not proof.strip():
        raise CaseRefused(
            "送达日期须有凭证（回执、签收单号），请写明；没有凭证的，补正期限不起算。"
        )
    if not notice_arrived(case, proof=proof, on=on, by=by):
        raise CaseRefused("送达日期不能早于告知日期；已经登记过的不能再改，请刷新后核对。")
    return CorrectionNotice.objects.get(case=case)


@transaction.atomic
def notice_arrived(case: Case, *, proof: str, on: date, by: Actor) -> bool:
    """Let the period for the correction run from *on*; whether it does so only now. Asks no role."""
    waiting = CorrectionNotice.objects.filter(case=case, arrived_on=None, asked_on__lte=on)
    if not waiting.update(arrived_on=on, proof=proof.strip()):
        return False
    log(case, "case.notice_arrived", {"on": on.isoformat()}, by)
    return True


@transaction.atomic
def record_correction(case: Case, *, on: date, order: Order | None = None, by: Person) -> Case:
    """Record the corrected request; the answer clock starts anew on this day."""
    permit(case, "record-correction", on=on, by=by, order=order)
    return actions.record_correction(case, on=on, by=by)
