"""Two officers in the same second, on both databases: one letter, one result, one notice, one payment."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.foi.actions import CaseRefused
from gongkai.foi.charging.actions.asking import ask_fee
from gongkai.foi.charging.actions.paying import Receipt, record_payment
from gongkai.foi.charging.models import FeeNotice
from gongkai.foi.models import Case, CaseEvent
from gongkai.foi.serving.models import ServiceAttempt
from tests.rooms.at_once import DONE, at_once
from tests.rooms.cast import make_cast
from tests.rooms.foi.charging.billing import asks_often
from tests.rooms.foi.serving.test_serving import recorded, sent
from tests.rooms.foi.test_steps import drafted, make_office, sign_all

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_letter_goes_out_once_and_is_served_once() -> None:
    """同一秒两人登记送达、登记结果：各只留一条，送达事件只有一个。"""
    office = make_office(make_cast())
    sign_all(office, drafted(office))
    assert at_once(lambda: sent(office), lambda: sent(office)) == [CaseRefused.__name__, DONE]
    first, second = (ServiceAttempt.objects.select_related("case__agency").get() for _ in range(2))
    ended = at_once(lambda: recorded(office, first), lambda: recorded(office, second))
    assert ended == [CaseRefused.__name__, DONE]
    assert CaseEvent.objects.filter(kind="served").count() == 1


def test_a_fee_is_asked_once_and_paid_once() -> None:
    """同一秒两人通知缴费、登记缴费：一份通知、一笔款，多收的登记不进去。"""
    cast = make_cast()
    case = asks_often(cast, 11)[-1]
    cases = [Case.objects.select_related("agency", "applicant").get(pk=case.pk) for _ in range(2)]

    def ask(one: Case) -> FeeNotice:
        return ask_fee(one, pay_how="窗口", on=date(2024, 3, 6), by=cast.wang)

    assert at_once(*[lambda one=one: ask(one) for one in cases]) == [CaseRefused.__name__, DONE]
    notices = [FeeNotice.objects.select_related("case__agency").get() for _ in range(2)]
    paid = [
        lambda one=one, n=n: record_payment(
            one, Receipt(10_000, f"票{n}", date(2024, 3, 8)), by=cast.wang
        )
        for n, one in enumerate(notices)
    ]
    assert at_once(*paid) == [CaseRefused.__name__, DONE]
    assert FeeNotice.objects.get().paid_fen == 10_000
