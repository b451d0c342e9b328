"""The pages of agencies: the tree, an agency's page, the forms, the plan before the deed."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.actions import record_contact, rename_agency
from gongkai.agencies.models import Agency, AgencyEnding, Membership, Role
from gongkai.agencies.queries import name_of, parents_on
from gongkai.agencies.views.directory import agencies, agency
from gongkai.foi.models import Case
from gongkai.people.models import Person
from tests.rooms.agencies.county import BASIS, CONTACT, REFORM, merge, station
from tests.rooms.cast import SINCE, Cast
from tests.rooms.portal.scene import account, request
from tests.rooms.portal.static_root import make_static_root

GRAIN, LAKES = "/desk/agencies/T00000003/", "/desk/agencies/T00000004/"
CHANGE = {
    "kind": "merge",
    "others": "",
    "on": "2024-07-01",
    "basis": BASIS,
    "heir1": "T00000003",
    "scope1": "全部职能",
}


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"p{person.pk}"))
    return client


def errors(answer: object) -> dict[str, list[str]]:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}  # type: ignore[attr-defined]


def test_the_tree_is_narrowed_and_keeps_its_branches(cast: Cast) -> None:
    """按名称、层级筛选；选中的留在上级下面；撤销的默认不列。"""
    merge(cast)
    client = signed_in(cast.chen)

    def listed(query: str) -> tuple[int, str]:
        answer = client.get(f"/desk/agencies/{query}")
        return answer.context["count"], answer.content.decode()

    assert listed("")[0] == 3
    assert listed("?closed=1")[0] == 4
    assert listed("?on=2024-06-30")[0] == 4
    assert listed("?on=2019-05-14")[0] == 0
    count, text = listed("?q=粮")
    assert (count, "示例县人民政府</a>" in text, "湖泊" in text) == (1, True, False)
    assert listed("?level=bureau")[0] == 1
    assert listed("?q=<script>&level=x")[0] == 0
    assert client.get("/desk/agencies/?on=2024-02-30").status_code == 404


def test_an_agency_s_page_shows_it_as_of_a_day(cast: Cast) -> None:
    """?on= 看当时的名称；撤销后的页面写明去向，历次名称都在。"""
    rename_agency(
        cast.lakes,
        name="示例县河湖局",
        short="河湖局",
        mark="示河",
        since=date(2023, 1, 1),
        by=cast.li,
    )
    merge(cast)
    client = signed_in(cast.chen)
    then = client.get(f"{LAKES}?on=2020-01-01").content.decode()
    now = client.get(LAKES).content.decode()
    assert "<h1>示例县湖泊局</h1>" in then
    assert "<h1>示例县河湖局</h1>" in now
    assert "自 2024 年 7 月 1 日 起已撤销" in now
    assert client.get(f"{LAKES}?on=2019-01-01").status_code == 404
    assert client.get("/desk/agencies/NONE/").status_code == 404


def test_people_are_shown_to_their_own_agency_and_the_county(cast: Cast) -> None:
    """外单位看得到机关，看不到谁在任；手上的事项、任免页面对外单位是 404。"""
    shown = {
        person.name: "信息员小陈" in signed_in(person).get(GRAIN).content.decode()
        for person in (cast.li, cast.sun)
    }
    assert shown == {"初审李": True, "外局孙": False}
    stranger, own = Client(), Client()
    stranger.force_login(cast.sun.accounts.get())
    own.force_login(account(cast.chen, "chen"))
    assert [stranger.get(f"{GRAIN}{page}/").status_code for page in ("work", "appoint")] == [
        404,
        404,
    ]
    assert [own.get(f"{GRAIN}{page}/").status_code for page in ("work", "appoint", "change")] == [
        200,
        403,
        403,
    ]


def test_the_plan_is_seen_before_the_deed(cast: Cast) -> None:
    """撤并：先看清单，带着清单的哈希确认；看后有变的不办，重新给出清单。"""
    client = signed_in(cast.li)
    plan = client.post(f"{LAKES}change/", CHANGE)
    assert (plan.status_code, AgencyEnding.objects.count()) == (200, 0)
    seen = plan.context["plan"].sha256
    request(cast, cast.lakes, 1, date(2024, 5, 6))
    late = client.post(f"{LAKES}change/", {**CHANGE, "seen": seen})
    assert (late.status_code, AgencyEnding.objects.count()) == (409, 0)
    assert "您看过清单之后，情况有了变化" in late.content.decode()
    assert "尚未答复的申请" in late.content.decode()
    again = {**CHANGE, "seen": late.context["plan"].sha256}
    assert client.post(f"{LAKES}change/", {**again, "edit": "1"}).status_code == 200
    done = client.post(f"{LAKES}change/", again)
    assert (done.status_code, done["Location"]) == (302, LAKES)
    assert AgencyEnding.objects.get().on == REFORM
    assert Case.objects.get().agency == cast.lakes


def test_obstacles_leave_nothing_to_confirm(cast: Cast) -> None:
    """有障碍的清单没有确认按钮；硬交也被拒绝。"""
    client = signed_in(cast.li)
    asked = {**CHANGE, "heir1": "", "scope1": ""}
    plan = client.post(f"{LAKES}change/", asked)
    assert 'name="seen"' not in plan.content.decode()
    forced = client.post(f"{LAKES}change/", {**asked, "seen": plan.context["plan"].sha256})
    assert (forced.status_code, AgencyEnding.objects.count()) == (409, 0)


def test_establishing_tells_what_is_wrong_beside_its_field(cast: Cast) -> None:
    """新机关：信用代码校验、代码重复、日期写错，都在原处说明；改对后登记。"""
    client = signed_in(cast.li)
    asked = {
        "name": "示例县新局",
        "short": "新局",
        "mark": "示新",
        "since": "2024-02-30",
        "code": "T00000003",
        "credit_code": "11411327MB00000001",
        "level": "bureau",
        "kind": "organ",
        "parent": "T00000001",
        "rolls_up": "on",
    }
    first = client.post("/desk/agencies/establish/", asked)
    assert errors(first) == {"since": ["日期写成 2024-07-01 这样的形式。"]}
    second = client.post("/desk/agencies/establish/", {**asked, "since": "2024-02-29"})
    assert sorted(errors(second)) == ["code", "credit_code"]
    right = {**asked, "since": "2024-02-29", "code": "T9", "credit_code": "11000000T9000000XX"}
    assert client.post("/desk/agencies/establish/", right)["Location"] == "/desk/agencies/T9/"
    made = Agency.objects.get(code="T9")
    assert (name_of(made, date(2024, 2, 29)).name, parents_on(REFORM)[made.pk]) == (
        "示例县新局",
        cast.county.pk,
    )


def test_forms_carry_their_step_out(cast: Cast) -> None:
    """更名、机构信息、隶属、任职、代理、调动、免职：各从页面办一遍。"""
    client = signed_in(cast.li)
    day = {"since": "2024-07-01"}
    contact = {name: getattr(CONTACT, name) for name in ("duties", "head", "office", "address")}
    contact |= {"hours": CONTACT.hours, "telephone": CONTACT.telephone}
    steps = [
        ("rename", {"name": "示例县储局", "short": "储局", "mark": "示储"}),
        ("contact", contact),
        ("parent", {"parent": "T00000002"}),
        ("appoint", {"person": "T003", "role": "return_filler"}),
        (
            "deputy",
            {
                "person": "T005",
                "role": "information_officer",
                "in_place_of": "T001",
                "ended": "2024-08-01",
            },
        ),
    ]
    answers = [client.post(f"{GRAIN}{page}/", {**asked, **day}) for page, asked in steps]
    assert [answer.status_code for answer in answers] == [302] * 5
    filler = Membership.objects.get(role=Role.RETURN_FILLER)
    moved = client.post(
        f"{GRAIN}seat/{filler.uid}/move/",
        {"to": "T00000004", "role": "return_filler", "on": "2024-09-01"},
    )
    new = Membership.objects.get(role=Role.RETURN_FILLER, ended=None)
    ended = client.post(f"{LAKES}seat/{new.uid}/end/", {"on": "2024-10-01"})
    assert (moved.status_code, ended.status_code) == (302, 302)
    assert list(Membership.objects.filter(person=cast.wang).values_list("role", "ended")) == [
        ("case_officer", None),
        ("return_filler", date(2024, 9, 1)),
        ("return_filler", date(2024, 10, 1)),
    ]
    page = client.get(GRAIN).content.decode()
    assert CONTACT.address in page


def test_a_refusal_comes_back_to_the_form(cast: Cast) -> None:
    """工号不存在、任命自己、没有这项任职：说明白，不出错页。"""
    client = signed_in(cast.li)
    asked = {"role": "case_officer", "since": "2024-07-01"}
    said = [
        errors(client.post(f"{GRAIN}appoint/", {**asked, "person": person}))
        for person in ("没有", "T002", "T001\0", "x" * 99)
    ]
    assert said[0] == {"person": ["没有工号为“没有”的人员。请核对工号，或请管理员先登记这位同志。"]}
    assert said[1] == {
        "__all__": ["不能任命自己。请由本单位另一位负责人，或者县政府办公室政务公开办办理。"]
    }
    assert [list(one) for one in said[2:]] == [["person"], ["person"]]
    elsewhere = Membership.objects.get(person=cast.sun)
    assert client.get(f"{GRAIN}seat/{elsewhere.uid}/end/").status_code == 404


def test_both_chairs_of_a_return_are_allowed_with_a_warning(cast: Cast) -> None:
    """小单位一人可以既报送又审核，登记时提醒：自己报的自己不能接收。"""
    client = signed_in(cast.li)
    asked = {"person": "T003", "since": "2024-07-01"}
    said = []
    for role in ("return_filler", "return_approver"):
        answer = client.post(f"{GRAIN}appoint/", {**asked, "role": role}, follow=True)
        said.append("自己报的自己不能接收" in answer.content.decode())
    assert said == [False, True]


def test_the_list_for_a_spreadsheet_runs_no_formula(cast: Cast) -> None:
    """导出：一行一个机关；以等号开头的名称前加撇号，不会被当成公式。"""
    rename_agency(cast.grain, name="=HYPERLINK(1)", short="+1", mark="@", since=REFORM, by=cast.li)
    answer = signed_in(cast.chen).get("/desk/agencies/list.csv?on=2024-07-01&q=T00000003")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1:] == [
        [
            "T00000003",
            "'=HYPERLINK(1)",
            "'+1",
            "'@",
            "县政府部门",
            "行政机关",
            "11000000T00000003X",
            "T00000001",
            "是",
            "",
        ]
    ]


def test_the_public_page_of_an_agency_and_of_one_that_is_no_more(
    cast: Cast, client: Client
) -> None:
    """条例第二十条第二项：职能、地址、时间、电话、负责人对外可见；撤销后网址不变，指向承接机关。"""
    record_contact(cast.grain, CONTACT, since=SINCE, by=cast.chen)
    merge(cast)
    page = client.get("/o/T00000003/").content.decode()
    for text in (CONTACT.address, CONTACT.hours, CONTACT.telephone, CONTACT.head, CONTACT.duties):
        assert text in page
    assert "外局孙" not in page
    gone = client.get("/o/T00000004/").content.decode()
    assert "示例县湖泊局</h1>" in gone
    assert '<a href="/o/T00000003/">示例县粮食局</a>：全部职能' in gone
    every = client.get("/o/").content.decode()
    assert every.index("示例县粮食局") < every.index("已撤销的机关") < every.index("示例县湖泊局")
    assert client.get("/o/NONE/").status_code == 404


def test_pages_ask_few_questions_however_many_agencies(cast: Cast) -> None:
    """六十个机关：树页和机关页各不超过十二次查询（会话本身的读写不算在内）。"""
    for n in range(10, 66):
        station(cast, n, parent=cast.grain)
    user = account(cast.li, "li")
    for view, arguments in ((agencies, {}), (agency, {"code": "T00000003"})):
        asked = RequestFactory().get("/desk/agencies/")
        asked.user = user
        with CaptureQueriesContext(connection) as queries:
            answer = view(asked, **arguments)
        assert (answer.status_code, len(queries) <= 12) == (200, True), len(queries)
