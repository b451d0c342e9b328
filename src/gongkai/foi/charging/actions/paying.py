"""Money comes in, in parts or whole; the last part lets a new full limit run. Wrong notices are cancelled, money given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from gongkai.agencies.authority import Order
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused, append_event, insert_once
from gongkai.foi.charging.models import FeeEntry, FeeNotice
from gongkai.foi.charging.queries import last_day_to_pay
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.machine import EventKind
from gongkai.law.fees import yuan
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on


@dataclass(frozen=True)
class Receipt:
    """What the receipt of the money says: 分, its number, its day."""

    fen: int
    number: str
    on: date


@transaction.atomic
def record_payment(
    notice: FeeNotice, receipt: Receipt, *, order: Order | None = None, by: Person
) -> FeeNotice:
    """Record what was paid. When all is paid, the limit of the answer runs anew from that day.

    Raises :class:`CaseRefused` for more than is missing, after the last day, and for the second of two
    officers.
    """
    case = notice.case
    permit(case, "record-payment", on=receipt.on, by=by, order=order)
    _refuse_receipt(receipt)
    _refuse_late(notice, receipt)
    if receipt.fen > notice.missing:
        raise CaseRefused(
            f"还应缴 {yuan(notice.missing)}，这张票据是 {yuan(receipt.fen)}；多收的不能登记，请核对金额。"
        )
    whole = receipt.fen == notice.missing
    _turn(
        notice,
        paid_fen=notice.paid_fen + receipt.fen,
        **({"state": FeeNotice.State.PAID, "ended_on": receipt.on} if whole else {}),
    )
    _enter(notice, FeeEntry.Kind.PAID, receipt, "", by)
    if whole:
        actions.record_payment(case, on=receipt.on, by=by)
    log(case, "case.fee_entered", {"fen": receipt.fen, "on": receipt.on.isoformat()}, by)
    return notice


@transaction.atomic
def cancel_fee(
    notice: FeeNotice, *, reason: str, on: date, order: Order | None = None, by: Person
) -> FeeNotice:
    """Cancel a notice that was wrong, before it is paid in full: the clock is as if it had never been sent."""
    permit(notice.case, "cancel-fee", on=on, by=by, order=order)
    if not reason.strip():
        raise CaseRefused("撤销收费通知须写明通知错在哪里（国办函〔2020〕109号）。")
    if on < notice.asked_on:
        raise CaseRefused(f"撤销日期 {on} 早于通知日期 {notice.asked_on}，请核对日期。")
    _turn(notice, state=FeeNotice.State.CANCELLED, ended_on=on, reason=reason.strip())
    append_event(notice.case, EventKind.FEE_CANCELLED, on, {}, by)
    return notice


@transaction.atomic
def refund_fee(
    notice: FeeNotice,
    receipt: Receipt,
    *,
    reason: str,
    order: Order | None = None,
    by: Person,
) -> FeeNotice:
    """Record money given back by the unit that took it, with the reason. The clock stays as it is."""
    permit(notice.case, "refund-fee", on=receipt.on, by=by, order=order)
    _refuse_receipt(receipt)
    if not reason.strip():
        raise CaseRefused("退费须写明理由（国办函〔2020〕109号：由执收单位退还）。")
    if receipt.fen > notice.held:
        raise CaseRefused(
            f"已收未退的只有 {yuan(notice.held)}，不能退 {yuan(receipt.fen)}，请核对金额。"
        )
    held = FeeNotice.objects.filter(pk=notice.pk, refunded_fen=notice.refunded_fen)
    if not held.update(refunded_fen=F("refunded_fen") + receipt.fen):
        raise CaseRefused("这笔费用刚刚由另一位经办人退过，请刷新后查看。")
    _enter(notice, FeeEntry.Kind.REFUNDED, receipt, reason.strip(), by)
    notice.refresh_from_db()
    log(notice.case, "case.fee_refunded", {"fen": receipt.fen, "on": receipt.on.isoformat()}, by)
    return notice


def _refuse_receipt(receipt: Receipt) -> None:
    if receipt.fen < 1:
        raise CaseRefused("金额应大于零，请核对。")
    if not receipt.number.strip():
        raise CaseRefused("须写明财政票据号码：信息处理费开具财政票据（国办函〔2020〕109号）。")


def _refuse_late(notice: FeeNotice, receipt: Receipt) -> None:
    if receipt.on < notice.asked_on:
        raise CaseRefused(f"缴费日期 {receipt.on} 早于通知日期 {notice.asked_on}，请核对日期。")
    last = last_day_to_pay(notice.arrived_on, rules_on(notice.case.received_on))
    if last is not None and receipt.on > last:
        raise CaseRefused(
            f"缴费期限到 {last} 已满，逾期未缴视为放弃申请（国办函〔2020〕109号）：这笔款不能登记为缴费，"
            "请退还申请人，并以“逾期未缴费”拟稿。"
        )


def _turn(notice: FeeNotice, **changes: object) -> None:
    """Take one's turn. Raises :class:`CaseRefused` for whoever comes second."""
    mine = FeeNotice.objects.filter(
        pk=notice.pk, state=FeeNotice.State.OPEN, paid_fen=notice.paid_fen
    )
    if not mine.update(**changes):
        raise CaseRefused("这份收费通知刚刚由另一位经办人办理，请刷新后核对已缴的金额。")
    notice.refresh_from_db()


def _enter(
    notice: FeeNotice, kind: FeeEntry.Kind, receipt: Receipt, reason: str, by: Person
) -> None:
    entry = FeeEntry(
        notice=notice,
        kind=kind,
        fen=receipt.fen,
        receipt=receipt.number.strip(),
        on=receipt.on,
        reason=reason,
        recorded_by=by,
    )
    entry.full_clean(validate_constraints=False)
    insert_once(entry, f"票据 {receipt.number} 已经登记过，没有重复登记；请核对票据号码。")
