"""A fee is asked for: computed from what is on file, told once, within the limit of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.charging.models import Basis, ChargingBasis, FeeNotice
from gongkai.foi.charging.queries import basis_on, counted_for
from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.guards import CHARGES_NOTHING
from gongkai.foi.models import Case, CaseKind
from gongkai.law.fees import TARIFF, item_fee, page_fee, yuan
from gongkai.people.models import Person


@dataclass(frozen=True)
class Pages:
    """How many pages are to be given, and of what: the file that was counted, or the paper by its name."""

    count: int
    of: str


@dataclass(frozen=True)
class _Amount:
    quantity: int
    month: date | None
    counted: str
    fen: int


@transaction.atomic
def ask_fee(
    case: Case,
    *,
    pages: Pages | None = None,
    pay_how: str,
    on: date,
    order: Order | None = None,
    by: Person,
) -> FeeNotice:
    """Notify the fee that follows from the agency's basis. No amount is typed.

    The clock stands until it is paid. Raises :class:`CaseRefused` where the agency charges nothing, within
    the free quantity, after the limit of the answer, and for a second notice.
    """
    facts = permit(case, "ask-fee", on=on, by=by, order=order)
    chosen = _chosen(facts)
    _refuse_late(facts)
    if not pay_how.strip():
        raise CaseRefused(
            "收费通知须写明缴纳方式（国办函〔2020〕109号），例如缴款码、账户、窗口地址。"
        )
    amount = _amount(case, chosen, pages)
    notice = FeeNotice(
        case=case,
        agency=case.agency,
        applicant=case.applicant,
        basis=chosen.basis,
        month=amount.month,
        quantity=amount.quantity,
        counted=amount.counted,
        fen=amount.fen,
        source=f"{TARIFF.title}，{chosen.get_basis_display()}（{chosen.source}）",
        pay_how=pay_how.strip(),
        asked_on=on,
        asked_by=by,
    )
    notice.full_clean(validate_constraints=False)
    actions.ask_fee(case, fen=notice.fen, on=on, by=by)
    _enter(notice)
    log(case, "case.fee_asked", {"fen": notice.fen, "basis": notice.basis}, by)
    return notice


def _chosen(facts: Facts) -> ChargingBasis:
    if facts.case.kind != CaseKind.REQUEST:
        raise CaseRefused("信息处理费只对政府信息公开申请收取，更正申请不收（条例第四十二条）。")
    chosen = basis_on(facts.case.agency, facts.on)
    if chosen is None:
        raise CaseRefused(CHARGES_NOTHING)
    return chosen


def _refuse_late(facts: Facts) -> None:
    deadline, trouble = deadline_or_reason(facts.events, facts.rules)
    if deadline is None:
        raise CaseRefused(trouble)
    if deadline.due is not None and facts.on > deadline.due:
        raise CaseRefused(
            f"答复期限 {deadline.due} 已过，不能再通知缴费：收费决定须在办理期限内作出"
            "（国办函〔2020〕109号）。请尽快答复。"
        )


def _amount(case: Case, chosen: ChargingBasis, pages: Pages | None) -> _Amount:
    if chosen.basis == Basis.PAGE:
        return _by_pages(pages)
    counted = counted_for(case)
    fen = item_fee(counted.nth)
    if fen == 0:
        raise CaseRefused(
            f"这是该申请人 {counted.month.year} 年 {counted.month.month} 月向本机关提出的第 {counted.nth} 件，"
            f"每月 {TARIFF.item.free} 件以内不收费（条例第四十二条、国办函〔2020〕109号）。"
        )
    return _Amount(counted.nth, counted.month, "、".join(counted.numbers), fen)


def _by_pages(pages: Pages | None) -> _Amount:
    if pages is None or pages.count < 1 or not pages.of.strip():
        raise CaseRefused(
            "按量计收须有要提供的页数：上传要提供的 PDF 由程序数，或者写明纸质件的名称和页数"
            "（国办函〔2020〕109号）。"
        )
    fen = page_fee(pages.count)
    if fen == 0:
        raise CaseRefused(
            f"要提供的共 {pages.count} 页，每件 {TARIFF.page.free} 页以内不收费"
            "（条例第四十二条、国办函〔2020〕109号）。"
        )
    return _Amount(pages.count, None, pages.of.strip(), fen)


def _enter(notice: FeeNotice) -> None:
    insert_once(
        notice,
        f"这一件，或者该申请人本月的第 {notice.quantity} 件，已经通知过缴费（{yuan(notice.fen)}），"
        "不能重复收费（国办函〔2020〕109号）；请刷新后核对。",
    )
