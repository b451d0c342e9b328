"""Unit returns on the desk: filing, judging, taking back, and who may not."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.people.models import Person
from gongkai.returns.actions import ReturnRefused, accept_return, file_return, withdraw_return
from gongkai.returns.models import Item, Return, State
from gongkai.returns.queries import missing
from tests.rooms.cast import SINCE, Cast
from tests.rooms.portal.scene import account
from tests.rooms.portal.static_root import make_static_root

UNIT = "/desk/returns/T00000003/2024/"


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def office(cast: Cast) -> Cast:
    """小陈 files for the grain bureau, 王 approves."""
    appoint(cast.chen, cast.grain, role=Role.RETURN_FILLER, since=SINCE, by=cast.li)
    appoint(cast.wang, cast.grain, role=Role.RETURN_APPROVER, since=SINCE, by=cast.li)
    return cast


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"p{person.pk}"))
    return client


def filed(cast: Cast, item: Item = Item.LICENCE) -> Return:
    return file_return(cast.grain, period=2024, item=item, value=3, source="系统", by=cast.chen)


def standing(row: Return) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.sent_back_reason


def test_filing_a_figure_makes_a_revision(office: Cast) -> None:
    """报送收费：以万元填写，以分保存，等待审核。"""
    answer = signed_in(office.chen).post(
        f"{UNIT}file/fee/", {"amount": "1158.4432", "source": "非税系统", "absent_reason": ""}
    )
    assert (answer.status_code, answer["Location"]) == (302, UNIT)
    row = Return.objects.get()
    assert (row.value_int, row.revision, row.state, row.filler) == (
        1_158_443_200,
        1,
        State.FILED,
        office.chen,
    )


@pytest.mark.parametrize(
    ("item", "posted", "field"),
    [
        ("licence", {"amount": "十二"}, "amount"),
        ("licence", {"amount": "-1"}, "amount"),
        ("licence", {"amount": "1.5"}, "amount"),
        ("licence", {"amount": "9" * 15}, "amount"),
        ("licence", {"amount": "1" * 21}, "amount"),
        ("licence", {"amount": ""}, "amount"),
        ("licence", {"amount": "１２"}, "amount"),
        ("licence", {"amount": "3", "absent_reason": "没有"}, "absent_reason"),
        ("licence", {"amount": "3", "source": ""}, "source"),
        ("licence", {"amount": "3", "source": "长" * 201}, "source"),
        ("fee", {"amount": "1.12345678"}, "amount"),
        ("fee", {"amount": "1e9"}, "amount"),
        ("fee", {"amount": "<script>"}, "amount"),
    ],
)
def test_a_wrong_figure_is_told_where_it_is_wrong(
    office: Cast, item: str, posted: dict[str, str], field: str
) -> None:
    """不变量十：缺数要理由，错数不入库，错误写在原处。"""
    answer = signed_in(office.chen).post(
        f"{UNIT}file/{item}/", {"source": "系统", "absent_reason": "", **posted}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert Return.objects.count() == 0


def test_one_files_another_accepts_or_sends_back(office: Cast) -> None:
    """不变量二：填报人自己不能审核；审核人接收，退回要写理由。"""
    first, second = filed(office), filed(office, Item.PENALTY)
    appoint(office.chen, office.grain, role=Role.RETURN_APPROVER, since=SINCE, by=office.li)
    own = signed_in(office.chen).post(f"{UNIT}{first.uid}/accept/")
    assert (own.status_code, standing(first)) == (409, (State.FILED, ""))
    approver = signed_in(office.wang)
    assert approver.post(f"{UNIT}{first.uid}/accept/").status_code == 302
    assert approver.post(f"{UNIT}{second.uid}/send-back/", {"reason": " "}).status_code == 409
    approver.post(f"{UNIT}{second.uid}/send-back/", {"reason": "与系统不符"})
    assert [standing(first), standing(second)] == [
        (State.ACCEPTED, ""),
        (State.SENT_BACK, "与系统不符"),
    ]


def test_a_return_can_be_taken_back_until_it_is_judged(office: Cast) -> None:
    """接收前可以撤回，撤回后仍算没有报送；接收后不能撤回。"""
    row = filed(office)
    assert signed_in(office.chen).post(f"{UNIT}{row.uid}/withdraw/").status_code == 302
    assert standing(row) == (State.WITHDRAWN, "")
    owed = {item: why for _, item, why in missing([office.grain], 2024, [])}
    assert owed[Item.LICENCE] == "填报人已撤回，待重新报送"
    again = filed(office)
    accept_return(again, by=office.wang)
    with pytest.raises(ReturnRefused, match="不能再撤回"):
        withdraw_return(again, by=office.chen)


def test_only_the_filler_takes_back(office: Cast) -> None:
    """撤回只由填报人本人办理。"""
    row = filed(office)
    with pytest.raises(ReturnRefused, match="填报人本人"):
        withdraw_return(row, by=office.wang)


def test_another_units_returns_do_not_exist(office: Cast) -> None:
    """不变量四：外单位的报送页、填报页、审核都回答 404，看不出有没有。"""
    row = filed(office)
    stranger = signed_in(office.sun)
    assert [stranger.get(one).status_code for one in (UNIT, f"{UNIT}file/fee/")] == [404, 404]
    posts = [f"{UNIT}{row.uid}/{act}/" for act in ("accept", "send-back", "withdraw")]
    assert [stranger.post(one).status_code for one in posts] == [404] * 3
    assert [agency.code for agency, _, _ in stranger.get("/desk/returns/").context["rows"]] == [
        "T00000004"
    ]


def test_roles_are_kept_apart(office: Cast) -> None:
    """看得到不等于能办：县公开办看得到各单位报送，不能代填，也不能代审。"""
    row = filed(office)
    officer = signed_in(office.li)
    assert officer.get(UNIT).status_code == 200
    answers = [officer.get(f"{UNIT}file/fee/"), officer.post(f"{UNIT}{row.uid}/accept/")]
    assert ([one.status_code for one in answers], standing(row)) == ([403, 403], (State.FILED, ""))


def test_the_overview_asks_few_questions(
    office: Cast, django_assert_max_num_queries: object
) -> None:
    """各单位一览不超过 12 次查询。"""
    client = signed_in(office.li)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get("/desk/returns/?year=2024")
    assert (page.context["owed"], len(page.context["rows"])) == (16, 4)
