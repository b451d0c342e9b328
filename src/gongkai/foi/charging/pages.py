"""The pages of the steps of fees."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai.files.extract import extract
from gongkai.files.kinds import Kind
from gongkai.files.refusal import UnreadableError
from gongkai.foi.actions import CaseRefused
from gongkai.foi.charging.actions.asking import Pages, ask_fee
from gongkai.foi.charging.actions.paying import (
    Receipt,
    cancel_fee,
    record_payment,
    refund_fee,
)
from gongkai.foi.charging.forms import AskFeeForm, CancelForm, PaymentForm, RefundForm
from gongkai.foi.charging.models import FeeNotice
from gongkai.foi.handling.facts import Facts
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.receiving.uploads import inspected
from gongkai.foi.views.step_page import StepPage, Typed
from gongkai.people.models import Person
from gongkai.text.canonical import sha256_hex

_FEN = 100


def pages_of(file: Inspected) -> Pages:
    """Return how many pages a PDF has, and which file it was. Raises :class:`CaseRefused`."""
    if file.kind is not Kind.PDF:
        raise CaseRefused("页数由程序从 PDF 里数：请转成 PDF 再选，或者填纸质件的名称和页数。")
    try:
        count = extract(file.data, file.kind).pages
    except UnreadableError as refused:
        raise CaseRefused(f"没有数出页数：{refused}") from refused
    return Pages(count or 0, f"PDF 文件，SHA-256 {sha256_hex(file.data)}")


def _ask(facts: Facts, typed: Typed, by: Person) -> object:
    file = inspected(typed.get("file"))
    pages = pages_of(file) if file else None
    if pages is None and typed.get("pages"):
        pages = Pages(typed["pages"], typed["of"])
    return ask_fee(facts.case, pages=pages, pay_how=typed["pay_how"], on=typed["on"], by=by)


def _receipt(typed: Typed) -> Receipt:
    amount: Decimal = typed["yuan"]
    return Receipt(int(amount * _FEN), typed["receipt"], typed["on"])


def _pay(facts: Facts, typed: Typed, by: Person) -> object:
    return record_payment(_open(facts), _receipt(typed), by=by)


def _cancel(facts: Facts, typed: Typed, by: Person) -> object:
    return cancel_fee(_open(facts), reason=typed["reason"], on=typed["on"], by=by)


def _refund(facts: Facts, typed: Typed, by: Person) -> object:
    notice = next(one for one in facts.charges if str(one.uid) == typed["which"])
    return refund_fee(notice, _receipt(typed), reason=typed["reason"], by=by)


def _open(facts: Facts) -> FeeNotice:
    assert facts.charge is not None  # noqa: S101  # the guards saw it
    return facts.charge


PAGES: Mapping[str, StepPage] = {
    "ask-fee": StepPage(
        AskFeeForm,
        _ask,
        "已登记收费通知，答复期限停止计算。送达收费通知书后登记结果，缴费期限从收到次日起算。",
        "通知缴费",
    ),
    "record-payment": StepPage(PaymentForm, _pay, "已登记缴费。"),
    "cancel-fee": StepPage(
        CancelForm, _cancel, "已撤销收费通知，答复期限按没有通知过缴费计算。", "撤销收费通知"
    ),
    "refund-fee": StepPage(RefundForm, _refund, "已登记退费。"),
}
