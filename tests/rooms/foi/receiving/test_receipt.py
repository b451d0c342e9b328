"""登记回执：登记的同时写成，窗口登记的印查询码；写不成的照样登记，案件页可以补印。"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongkai.audit import clock
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import notices_due
from gongkai.foi.models import Case
from gongkai.foi.receiving.actions import confirm_by_office
from gongkai.foi.receiving.models import Submission
from gongkai.foi.receiving.rules import How
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import equip
from tests.rooms.foi.receiving.filling import ASKED, WHO, submitted
from tests.rooms.foi.receiving.test_counter import ADDRESS, TODAY, typed
from tests.rooms.foi.test_letters import said
from tests.rooms.walk.world import signed_in


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.start_of(TODAY) + timedelta(hours=10)
    monkeypatch.setattr(clock, "now", lambda: now)


def codes_due(case: Case) -> list[str]:
    return [one.code for one in notices_due(facts_of(case, TODAY))]


def test_the_counter_hands_out_a_receipt_with_its_query_code(cast: Cast) -> None:
    """条例第三十一条：窗口登记当场写成登记回执，有受理编号、收到日期、期限和查询码；这一页给出去处。"""
    equip(cast)
    answer = signed_in(cast.wang).post(ADDRESS, typed("in_person"))
    code = answer.context["code"]
    case, number = Case.objects.get(), Submission.objects.get().number
    letter = IssuedLetter.objects.get()
    text = said(letter)
    told = (
        f"{WHO['name']}：",
        f"受理编号：{case.number}",
        "收到申请之日为2026年11月27日",
        ASKED["subject"],
    )
    assert [word in text for word in told] == [True] * 4
    assert f"收件编号：{number}，查询码：{code}" in text
    assert f"/letter/{letter.uid}/" in answer.content.decode()
    assert (letter.code, letter.to_applicant, codes_due(case)) == ("D02", True, [])


def test_what_is_confirmed_later_has_its_receipt_without_a_code(cast: Cast) -> None:
    """条例第三十一条：网上提交的，双方确认时写成；查询码谁也不留，回执不印，申请人提交时已经拿到。"""
    equip(cast)
    sent = submitted(cast.office)
    assert not IssuedLetter.objects.exists()
    confirm_by_office(sent.submission, how=How.CALL, by=cast.wang)
    text = said(IssuedLetter.objects.get())
    assert ("最迟于2026年12月25日答复您" in text, "查询码" in text) == (True, False)
    page = Client().post("/apply/status/", {"number": sent.submission.number, "code": sent.code})
    assert "登记回执" in page.content.decode()


def test_whoever_confirms_online_has_the_code_on_the_receipt(cast: Cast) -> None:
    """条例第三十一条：申请人后确认的，刚输入的查询码印在回执上；回执当时就能在查询页取。"""
    equip(cast)
    sent = submitted(cast.office)
    confirm_by_office(sent.submission, how=How.TOLD, by=cast.wang)
    asked = {"number": sent.submission.number, "code": sent.code, "act": "confirm"}
    page = Client().post("/apply/status/", asked)
    assert f"收件编号：{sent.submission.number}，查询码：{sent.code}" in said(
        IssuedLetter.objects.get()
    )
    assert "登记回执" in page.content.decode()


def test_a_request_is_registered_though_its_receipt_cannot_be_written(cast: Cast) -> None:
    """没有登记机构信息，回执写不出：申请照样登记，没有半份文书，案件页列着要补印的回执。"""
    answer = signed_in(cast.wang).post(ADDRESS, typed("in_person"))
    case = Case.objects.get()
    assert (answer.status_code, case.received_on) == (200, TODAY)
    assert (IssuedLetter.objects.count(), codes_due(case)) == (0, ["D02"])
