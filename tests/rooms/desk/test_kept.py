"""What somebody has typed is kept for them alone, sealed, and dropped when it was handed in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from gongkai.audit import clock
from gongkai.desk.actions import KEPT_FOR, MOST_BYTES, MOST_FORMS, keep_form
from gongkai.desk.models import KeptForm
from gongkai.desk.queries import kept_form
from gongkai.people.models import Person
from tests.rooms.cast import Cast
from tests.rooms.portal.scene import SECRETS, account

PLACE = "/desk/returns/T00000003/2024/file/fee/"
ADDRESS = f"/desk/kept/?place={PLACE}"


@pytest.fixture
def chen(cast: Cast) -> Client:
    return signed_in(cast.chen, "chen")


def signed_in(person: Person, login: str) -> Client:
    client = Client()
    client.force_login(account(person, login))
    return client


def keep(client: Client, values: object) -> int:
    return client.post(ADDRESS, json.dumps(values), content_type="application/json").status_code


def test_what_is_typed_comes_back_to_the_same_person(chen: Client, cast: Cast) -> None:
    """暂存的内容只回到本人；同一页别人看到的是没有。"""
    assert keep(chen, {"source": "台账", "amount": "12"}) == 200
    back = chen.get(ADDRESS).json()
    assert back["kept"] == {"source": "台账", "amount": "12"}
    assert signed_in(cast.sun, "sun").get(ADDRESS).json() == {"kept": None}


def test_the_last_typing_wins_and_can_be_dropped(chen: Client) -> None:
    """同一页只留最后一次；提交后丢掉。"""
    keep(chen, {"source": "一"})
    keep(chen, {"source": "二"})
    assert chen.get(ADDRESS).json()["kept"] == {"source": "二"}
    assert chen.delete(ADDRESS).json() == {"kept": None}
    assert (chen.get(ADDRESS).json(), KeptForm.objects.count()) == ({"kept": None}, 0)


def test_what_is_typed_is_sealed_in_the_database(chen: Client) -> None:
    """个人信息保护法第五十一条：暂存内容加密保存，库里找不到明文。"""
    keep(chen, dict(zip(("name", "document", "phone"), SECRETS, strict=True)))
    stored = bytes(KeptForm.objects.get().ciphertext)
    assert [word for word in SECRETS if word.encode() in stored] == []


def test_a_sealed_form_opens_for_its_person_only(chen: Client, cast: Cast) -> None:
    """把密文挪到别人名下也打不开。"""
    keep(chen, {"source": "台账"})
    KeptForm.objects.update(person=cast.sun)
    assert kept_form(cast.sun, PLACE) is None


@pytest.mark.parametrize(
    ("place", "status"),
    [("", 400), ("/apply/", 400), ("https://example.org/desk/", 400), ("/desk/" + "a" * 200, 400)],
)
def test_only_places_of_the_desk_are_kept(chen: Client, place: str, status: int) -> None:
    """只暂存工作台页面的内容。"""
    assert chen.get("/desk/kept/", {"place": place}).status_code == status


@pytest.mark.parametrize("body", ["", "[]", "{", '{"a": 1}', "null", '"text"'])
def test_what_is_no_form_is_refused(chen: Client, body: str) -> None:
    """不是表单内容的，回答 400，不出错页。"""
    answer = chen.post(ADDRESS, body, content_type="application/json")
    assert (answer.status_code, KeptForm.objects.count()) == (400, 0)


def test_too_much_is_told(chen: Client) -> None:
    """太长的不暂存，用中文说明，已有的不受影响。"""
    keep(chen, {"source": "短"})
    for size in (MOST_BYTES, 3 * MOST_BYTES):
        answer = chen.post(
            ADDRESS, json.dumps({"source": "x" * size}), content_type="application/json"
        )
        assert (answer.status_code, answer.content.decode()) == (
            413,
            "内容太长，没有自动暂存。请先提交，或者分几次填写。",
        )
    assert chen.get(ADDRESS).json()["kept"] == {"source": "短"}


def test_old_and_surplus_forms_disappear(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """每人最多留若干份，过期的清掉：暂存不是档案。"""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for n in range(MOST_FORMS + 5):
        monkeypatch.setattr(clock, "now", lambda n=n: start + timedelta(minutes=n))
        keep_form(f"/desk/{n}/", {"a": "b"}, by=cast.chen)
    places = set(KeptForm.objects.values_list("place", flat=True))
    assert places == {f"/desk/{n}/" for n in range(5, MOST_FORMS + 5)}
    monkeypatch.setattr(clock, "now", lambda: start + KEPT_FOR + timedelta(days=1))
    keep_form("/desk/new/", {"a": "b"}, by=cast.chen)
    assert list(KeptForm.objects.values_list("place", flat=True)) == ["/desk/new/"]


def test_a_stranger_keeps_nothing(client: Client, db: None) -> None:
    """未登录：转到登录页，什么也不存。"""
    answer = client.post(ADDRESS, "{}", content_type="application/json")
    assert (answer.status_code, KeptForm.objects.count()) == (302, 0)
