"""信息处理费：按登记的件数、页数算，不能手填；一年一种方式；通知、缴费、撤销、退费都有记录。"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.todo import told
from gongkai.foi.charging.actions.asking import Pages, ask_fee
from gongkai.foi.charging.actions.choosing import choose_basis
from gongkai.foi.charging.actions.paying import Receipt, cancel_fee, record_payment, refund_fee
from gongkai.foi.charging.models import Basis, FeeEntry, FeeNotice
from gongkai.foi.charging.queries import basis_on, counted_for, last_day_to_pay, portions_of
from gongkai.foi.clock import case_deadline, intervals
from gongkai.foi.handling import todo as handling
from gongkai.foi.handling.actions import signing
from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.handling.guards import CHARGES_NOTHING
from gongkai.foi.issuing.queries import drafted_facts
from gongkai.foi.models import Case
from gongkai.foi.queries import drifted_cases, happenings
from gongkai.foi.serving.actions.recording import Slip, record_result
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import Result, What
from gongkai.law.fees import TARIFF, item_fee
from gongkai.law.service import Means
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import Cast
from tests.rooms.foi.charging.billing import asks_often, charges
from tests.rooms.foi.conftest import RECEIVED, request_of
from tests.rooms.foi.test_steps import refused

ASKED, ARRIVED, LAST = date(2024, 3, 6), date(2024, 3, 8), date(2024, 4, 8)


def ask(cast: Cast, case: Case, pages: Pages | None = None, on: date = ASKED) -> FeeNotice:
    return ask_fee(case, pages=pages, pay_how="缴款码见通知书", on=on, by=cast.wang)


def pay(
    cast: Cast, notice: FeeNotice, fen: int, on: date = date(2024, 3, 20), number: str = "票1"
) -> FeeNotice:
    return record_payment(notice, Receipt(fen, number, on), by=cast.wang)


def arrives(cast: Cast, case: Case) -> None:
    sending = Sending(What.FEE, Means.HANDED)
    attempt = send(case, sending, on=ASKED, by=cast.wang)
    slip = Slip("送达回证", "试验签收人")
    record_result(attempt, result=Result.DELIVERED, slip=slip, on=ARRIVED, by=cast.wang)


def test_the_eleventh_of_a_month_is_the_first_that_costs(cast: Cast) -> None:
    """国办函〔2020〕109号：同一申请人一个自然月内第 11 件起；别人的、上月的、别的机关的不算。"""
    request_of(cast.county, cast.wang, on=date(2024, 2, 29))
    request_of(cast.county, cast.wang, who="000000198001010023")
    request_of(cast.grain, cast.wang)
    cases = asks_often(cast, 11)
    assert [counted_for(case).nth for case in (cases[0], cases[9], cases[10])] == [1, 10, 11]
    assert "10 件以内不收费" in refused(lambda: ask(cast, cases[9]))
    notice = ask(cast, cases[10])
    assert (notice.fen, notice.quantity, notice.month) == (10_000, 11, date(2024, 3, 1))
    assert notice.counted.split("、") == [case.number for case in cases]
    assert (cases[10].state, list(drifted_cases())) == ("paying", [])


@pytest.mark.parametrize(
    ("pages", "fen"), [(31, 1_000), (100, 70_000), (101, 72_000), (201, 274_000)]
)
def test_pages_are_charged_by_their_bands(cast: Cast, pages: int, fen: int) -> None:
    """国办函〔2020〕109号：按量 30 页以内不收，31、101、201 页起各一档；算法逐档写明。"""
    (case,) = asks_often(cast, 1, basis=Basis.PAGE)
    assert "30 页以内不收费" in refused(lambda: ask(cast, case, Pages(30, "台账")))
    assert "按量计收须有" in refused(lambda: ask(cast, case))
    notice = ask(cast, case, Pages(pages, "台账"))
    assert (notice.fen, notice.counted, notice.month) == (fen, "台账", None)
    assert sum(portion.fen for portion in portions_of(notice)) == fen


def test_an_agency_uses_one_basis_in_a_year(cast: Cast) -> None:
    """国办函〔2020〕109号：同一年不能既按件又按量；改只能从以后某年 1 月 1 日起；由负责人选定。"""
    assert "依申请公开不收费" in refused(lambda: ask(cast, request_of(cast.county, cast.wang)))
    charges(cast, Basis.ITEM, date(2024, 3, 1))
    for since in (date(2024, 5, 1), date(2025, 2, 1), date(2024, 1, 1)):
        assert "1 月 1 日起改" in refused(lambda since=since: charges(cast, Basis.PAGE, since))  # type: ignore[misc]
    charges(cast, Basis.PAGE, date(2025, 1, 1))
    days = (date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1))
    found = [basis_on(cast.county, day) for day in days]
    assert [row and row.basis for row in found] == [None, "item", "page"]
    with pytest.raises(RoleRefused, match="由本机关的负责人办理"):
        choose_basis(
            cast.county, basis=Basis.ITEM, since=date(2026, 1, 1), source="甲", by=cast.wang
        )


def test_a_second_notice_is_impossible(cast: Cast) -> None:
    """一件一次：步骤、唯一约束都拒绝；同一申请人同月同一件次也只收一次。"""
    *_, tenth, case = asks_often(cast, 11)
    notice = ask(cast, case)
    assert "不能通知缴费" in refused(lambda: ask(cast, case))
    for on in (case, tenth):
        twice = FeeNotice.objects.get(pk=notice.pk)
        twice.pk, twice.uid, twice.case = None, twice.case.uid, on
        with pytest.raises(IntegrityError), transaction.atomic():
            twice.save(force_insert=True)
    assert FeeNotice.objects.count() == 1


def test_paid_in_parts_the_limit_runs_anew_from_the_last(cast: Cast) -> None:
    """国办函〔2020〕109号：分两次缴清，答复期限自缴清之日起重新计算；多缴、重复票据登记不进去。"""
    case = asks_often(cast, 11)[-1]
    notice = ask(cast, case)
    pay(cast, notice, 4_000)
    assert (case.__class__.objects.get(pk=case.pk).state, notice.missing) == ("paying", 6_000)
    assert "已经登记过" in refused(lambda: pay(cast, FeeNotice.objects.get(), 1_000))
    assert "还应缴 60元" in refused(lambda: pay(cast, notice, 6_001, number="票2"))
    pay(cast, notice, 6_000, number="票2")
    case.refresh_from_db()
    due = case_deadline(happenings(case), rules_on(RECEIVED))
    assert (case.state, due.zero, due.due) == ("handling", date(2024, 3, 20), date(2024, 4, 18))


def test_unpaid_at_the_end_the_request_is_not_handled_any_more(cast: Cast) -> None:
    """国办函〔2020〕109号：收到次日起 20 个工作日；送达没有登记不起算；期满次日才能拟“逾期未缴费”。"""
    case = asks_often(cast, 11)[-1]
    notice = ask(cast, case)

    def draft(on: date) -> object:
        return signing.draft_reply(
            case, result="fee_unpaid", facts={"reasons": "逾期"}, on=on, by=cast.wang
        )

    assert "送达还没有登记" in refused(lambda: draft(LAST))
    arrives(cast, case)
    notice.refresh_from_db()
    assert last_day_to_pay(notice.arrived_on, rules_on(RECEIVED)) == LAST
    assert "到 2024-04-08 才满" in refused(lambda: draft(LAST))
    assert "不能登记为缴费" in refused(lambda: pay(cast, notice, 10_000, on=date(2024, 4, 9)))
    known = facts_of(case, date(2024, 4, 9))
    letter = drafted_facts(known, Draft("fee_unpaid", {"reasons": "逾期"}))
    assert (letter.notice_on, letter.until) == (
        ARRIVED,
        LAST,
    )  # the letter names the days that were reckoned
    after = date(2024, 4, 9)
    acts = [
        one.act for one in told(handling.todo(standing_on(cast.wang, after), rules_on(after), {}))
    ]
    assert acts == ["按逾期未缴费拟稿"]
    draft(after)
    assert case.state == "signing"


def test_a_wrong_notice_is_cancelled_by_the_head_and_never_held_the_clock(cast: Cast) -> None:
    """撤销由负责人办，写明理由；期限按没有通知过算；已缴的退还，退得不超过已收。"""
    case = asks_often(cast, 11)[-1]
    notice = ask(cast, case)
    pay(cast, notice, 4_000)
    with pytest.raises(RoleRefused, match="由受理机关的负责人办理"):
        cancel_fee(notice, reason="算错", on=date(2024, 3, 21), by=cast.wang)
    cancel_fee(notice, reason="算错", on=date(2024, 3, 21), by=cast.zhao)
    assert (notice.case.state, intervals(happenings(case))) == ("handling", [])
    back = Receipt(4_001, "退1", date(2024, 3, 22))
    assert "已收未退的只有 40元" in refused(
        lambda: refund_fee(notice, back, reason="通知有误", by=cast.wang)
    )
    refund_fee(notice, Receipt(4_000, "退1", back.on), reason="通知有误", by=cast.wang)
    assert (notice.held, FeeEntry.objects.count()) == (0, 2)
    assert ask(cast, Case.objects.get(pk=case.pk), on=date(2024, 3, 22)).fen == item_fee(11)


def test_a_fee_is_told_only_within_the_limit_of_the_answer(cast: Cast) -> None:
    """国办函〔2020〕109号：收费决定在办理期限内作出；过了期限不能用收费停住期限。"""
    case = asks_often(cast, 11)[-1]
    assert "答复期限 2024-04-01 已过" in refused(lambda: ask(cast, case, on=date(2024, 4, 2)))
    assert TARIFF.item.rate(11) == 10_000


def test_the_steps_of_a_fee_are_refused_to_other_roles(cast: Cast) -> None:
    """谁办理谁负责：负责人不通知、不登记缴费和退费。"""
    case = asks_often(cast, 11)[-1]
    with pytest.raises(RoleRefused):
        ask_fee(case, pay_how="甲", on=ASKED, by=cast.zhao)
    notice = ask(cast, case)
    with pytest.raises(RoleRefused):
        record_payment(notice, Receipt(1, "票", ASKED), by=cast.zhao)
    with pytest.raises(RoleRefused):
        refund_fee(notice, Receipt(1, "票", ASKED), reason="甲", by=cast.zhao)


def test_the_page_takes_no_amount(cast: Cast) -> None:
    """表单里没有金额一栏，只有缴纳方式；写明按标准是多少。"""
    from tests.rooms.foi.test_looks import desk  # noqa: PLC0415  # only here

    case = asks_often(cast, 1)[0]
    client: Client = desk(cast.wang)
    page = client.get(f"/desk/case/{case.url_key}/step/ask-fee/").content.decode()
    assert "第 1 件，按标准为 0元" in page


def test_an_agency_that_charges_nothing_is_not_offered_to(cast: Cast) -> None:
    """条例第四十二条：没有选定收费方式的机关，案件页不列“通知缴费”，直接打开说明为什么；选定以后才列。"""
    from tests.rooms.foi.test_looks import desk  # noqa: PLC0415  # only here

    case, client = request_of(cast.county, cast.wang), desk(cast.wang)
    address = f"/desk/case/{case.url_key}/"
    assert "step/ask-fee/" not in client.get(address).content.decode()
    opened = client.get(f"{address}step/ask-fee/")
    assert (opened.status_code, CHARGES_NOTHING in opened.content.decode()) == (409, True)
    charges(cast)
    assert "step/ask-fee/" in client.get(address).content.decode()
