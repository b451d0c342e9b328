"""The pages of a case: what can be done now and why not the rest, each step over HTTP, what waits for whom."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Level, Role
from gongkai.agencies.queries import standing_on
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.disputes.actions.recording import record_dispute
from gongkai.foi.handling.actions import (
    assigning,
    consulting,
    correcting,
    searching,
    signing,
)
from gongkai.foi.handling.models import Assignment, Consultation
from gongkai.foi.handling.todo import todo
from gongkai.foi.models import Case, Dispute, SearchRecord
from gongkai.foi.serving.actions.recording import Slip, record_result
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import Result, What
from gongkai.foi.table import STEPS
from gongkai.foi.views.pages import PAGES
from gongkai.law.intervals import Kind
from gongkai.law.service import Means
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import SINCE, Cast, add_agency
from tests.rooms.foi.conftest import equip, request_of
from tests.rooms.foi.test_enclosures import sign, upload
from tests.rooms.foi.test_looks import desk
from tests.rooms.portal.static_root import make_static_root


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def case(cast: Cast) -> Case:
    equip(cast)
    return request_of(cast.county, cast.wang, on=clock.today() - timedelta(days=40))


def reviewer(cast: Cast, role: Role) -> Person:
    person = register_person(name=f"某{role.label}", staff_no=f"P-{role.value}", by=cast.li)
    appoint(person, cast.office, role=role, since=SINCE, by=cast.li)
    return person


def post(client: Client, case: Case, step: str, **typed: object) -> tuple[int, str]:
    answer = client.post(f"/desk/case/{case.url_key}/step/{step}/", typed)
    return answer.status_code, answer.content.decode()


def waiting(person: Person) -> list[tuple[str, str]]:
    today = clock.today()
    found = told(todo(standing_on(person, today), rules_on(today), {}))
    return [(one.act, one.address) for one in found]


def test_every_step_on_the_desk_has_its_page() -> None:
    """步骤表里由工作台办理的，每一步都有页面，不多不少。"""
    assert {step.name for step in STEPS if step.desk} == {*PAGES, "draft"}


def test_a_reply_goes_from_draft_to_decision_over_http(cast: Cast, case: Case) -> None:
    """选结果、写内容、三人签署；选了部分公开须说明哪一部分（条例第三十七条）。"""
    officer = desk(cast.wang)
    page = f"/desk/case/{case.url_key}/step/draft/"
    assert officer.get(page, {"outcome": "partial"}).status_code == 400
    assert officer.get(page, {"outcome": "没有"}).status_code == 400
    chosen = f"{page}?outcome=granted"
    assert "缺少：已提供的信息" in officer.post(chosen, {"material": " "}).content.decode()
    sent = officer.post(chosen, {"material": "<b>复印件</b>"}, follow=True)
    assert "已送签：等保密审查、合法性审核、负责人签发。" in sent.content.decode()
    people = [
        (reviewer(cast, Role.SECRECY_REVIEWER), "sign-secrecy"),
        (reviewer(cast, Role.LEGALITY_REVIEWER), "sign-legality"),
        (cast.zhao, "sign"),
    ]
    for person, name in people:
        address = f"/desk/case/{case.url_key}/step/{name}/"
        assert [one[1] for one in waiting(person)] == [address]
        client = desk(person)
        shown = client.get(address)
        assert "&lt;b&gt;复印件&lt;/b&gt;" in shown.content.decode()
        sha = shown.context["draft"].sha256
        assert post(client, case, name, sha256="0" * 64)[0] == 409
        assert post(client, case, name, sha256=sha)[0] == 302
    case.refresh_from_db()
    assert (case.state, case.outcome, case.decided_on) == ("decided", "granted", clock.today())


def test_the_case_page_says_what_can_be_done_and_why_not_the_rest(cast: Cast, case: Case) -> None:
    """每一步给去处，不能办的说明由谁办或者为什么。"""
    officer = desk(cast.wang)
    offers = officer.get(f"/desk/case/{case.url_key}/").context["offers"]
    said = {offer.step.name: offer.why_not for offer in offers}
    assert (said["consult"], said["search"], said["draft"]) == ("", "", "")
    assert said["approve-extension"] == "由受理机关的负责人办理。"
    assert "先办“征求意见”" in said["record-opinion"]
    text = desk(cast.zhao).get(f"/desk/case/{case.url_key}/").content.decode()
    assert "现在不能：由受理机关的承办、政务公开办办理。" in text
    assert desk(cast.li).get(f"/desk/case/{case.url_key}/step/sign/").status_code == 403
    assert post(officer, case, "record-silence", which="x")[0] == 409


def test_a_matter_given_to_a_unit_where_nobody_works_is_said_so(cast: Cast, case: Case) -> None:
    """条例第四十五条：没有人担任承办的单位，选之前看得见，登记以后不说“已通知”。"""
    add_agency("T00000005", Level.BUREAU, "示例县档案局", "示档", cast.county, cast.li)
    officer = desk(cast.wang)
    assigning_page = officer.get(f"/desk/case/{case.url_key}/step/assign/")
    labels = dict(assigning_page.context["form"].fields["to"].choices)
    manned = f"unit:{cast.grain.uid}"
    empty = next(key for key, label in labels.items() if "还没有人担任" in label)
    assert "还没有人担任" not in labels[manned]
    today = clock.today()
    said = []
    for to in (empty, manned):
        typed = {"to": to, "task": "查台账", "due_on": today, "on": today}
        post(officer, case, "assign", **typed)
        page = officer.get(f"/desk/case/{case.url_key}/").content.decode()
        said.append(("没有人收到" in page, "已交办，并通知了承办的人。" in page))
    assert said == [(True, False), (False, True)]


def test_who_signs_may_send_it_back_from_the_same_page(cast: Cast, case: Case) -> None:
    """审查的人不同意的，签署页就有退回拟稿；拟稿人从案件页看得到送签的文书（条例第十七条）。"""
    officer = desk(cast.wang)
    address = f"/desk/case/{case.url_key}/"
    officer.post(f"{address}step/draft/?outcome=granted", {"material": "复印件"})
    assert f"{address}draft.pdf" in officer.get(address).content.decode()
    checking = desk(reviewer(cast, Role.SECRECY_REVIEWER))
    page = checking.get(f"{address}step/sign-secrecy/").content.decode()
    assert f"{address}step/send-back/" in page
    assert "这里只能查看进度" not in checking.get(address).content.decode()


def test_a_step_typed_wrong_changes_nothing_and_says_what(cast: Cast, case: Case) -> None:
    """日期不存在、太长、控制字符、未来的日期：说明原因，不留记录。"""
    client, day = desk(cast.wang), clock.today()
    sought = {
        "system": "档案室",
        "scope": "全部",
        "terms": "名称",
        "custodians": "甲",
        "result": "无",
    }
    assert post(client, case, "search", **sought, on="2024-02-30")[0] == 400
    assert post(client, case, "search", **{**sought, "terms": "长" * 999}, on=day)[0] == 400
    assert post(client, case, "search", **{**sought, "terms": "甲\x00乙"}, on=day)[0] == 400
    status, text = post(client, case, "search", **sought, on=day + timedelta(days=1))
    assert (status, "晚于今天" in text, SearchRecord.objects.count()) == (409, True, 0)
    assert post(client, case, "search", **sought, on=day)[0] == 302
    assert SearchRecord.objects.get().custodians == "甲"


def test_a_third_party_is_shown_once_after_the_look_is_recorded(cast: Cast, case: Case) -> None:
    """个人信息保护法第五十一条：案件页上没有第三方，打开要写事由并记录。"""
    client = desk(cast.wang)
    typed = {
        "whom": "third_party",
        "name": "试验第三方",
        "contact": "试验电话",
        "matter": "施工组织设计",
    }
    assert post(client, case, "consult", **typed, on=clock.today())[0] == 302
    assert "试验第三方" not in client.get(f"/desk/case/{case.url_key}/").content.decode()
    address = f"/desk/case/{case.url_key}/consultation/{Consultation.objects.get().uid}/"
    assert "试验第三方" not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 400
    assert not Event.objects.filter(kind="identity.looked").exists()
    assert "试验第三方" in client.post(address, {"reason": "correct"}).content.decode()
    assert Event.objects.filter(kind="identity.looked").count() == 1
    assert desk(cast.zhao).get(address).status_code == 200
    assert desk(cast.sun).get(address).status_code == 404


def test_what_a_unit_was_given_is_all_it_sees_of_the_case(cast: Cast, case: Case) -> None:
    """不变量四：承办单位看到交办事项，看不到案件；别的单位什么都看不到。"""
    typed = {"to": f"unit:{cast.grain.uid}", "task": "查台账", "due_on": clock.today()}
    assert post(desk(cast.wang), case, "assign", **typed, on=clock.today())[0] == 302
    address = f"/desk/assignment/{Assignment.objects.get().uid}/"
    assert waiting(cast.chen) == [("交回办理情况", address)]
    unit, other = desk(cast.chen), desk(cast.sun)
    assert [
        unit.get(f"/desk/case/{case.url_key}/").status_code,
        other.get(address).status_code,
    ] == [
        404,
        404,
    ]
    assert unit.post(address, {"nil": "yes", "answer": " "}).status_code == 400
    assert unit.post(address, {"nil": "yes", "answer": "没有"}).status_code == 302
    assert unit.post(address, {"nil": "yes", "answer": "没有"}).status_code == 409
    assert waiting(cast.chen) == []


def test_limits_that_ended_wait_for_the_officer_with_the_next_step(cast: Cast, case: Case) -> None:
    """条例第三十条、第三十二条：补正期满、征求意见期满，次日起提示下一步。"""
    by, early = cast.wang, case.received_on
    other = request_of(cast.county, by, on=early)
    party = consulting.Party("甲", "某地")
    asked = consulting.ask_opinion(case, whom=Kind.THIRD_PARTY, party=party, on=early, by=by)
    consulting.record_arrival(asked, proof="签收单", on=early, by=by)
    correcting.ask_correction(other, items=["年份"], days=5, on=early, by=by)
    correcting.record_notice_arrived(other, proof="回执", on=early, by=by)
    assert waiting(by) == [
        ("登记逾期未答复", f"/desk/case/{case.url_key}/step/record-silence/"),
        ("按逾期不补正拟稿", f"/desk/case/{other.url_key}/step/draft/"),
    ]


def test_the_case_page_asks_few_questions(
    cast: Cast, case: Case, django_assert_max_num_queries: object
) -> None:
    """案件页不超过 15 次查询，记录再多也一样；原期限、现期限和原因都在。"""
    by, on = cast.wang, case.received_on
    for kind in (Kind.THIRD_PARTY, Kind.CO_MAKER):
        one = consulting.ask_opinion(
            case, whom=kind, party=consulting.Party("甲", "某地"), on=on, by=by
        )
        consulting.record_arrival(one, proof="签收单", on=on, by=by)
        consulting.record_opinion(one, consents=True, text="", on=on + timedelta(days=7), by=by)
    request_of(cast.county, by, on=date(2024, 3, 4))
    signing.draft_reply(case, result="granted", facts={"material": "一份"}, on=clock.today(), by=by)
    client = desk(cast.wang)
    client.get(f"/desk/case/{case.url_key}/")
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        page = client.get(f"/desk/case/{case.url_key}/")
    text = page.content.decode()
    assert ["收到时期限为" in text, "还缺保密审查、合法性审核" in text, "同一申请人" in text] == [
        True
    ] * 3


def form_key(client: Client, address: str) -> str:
    found = re.search(
        r'name="form_key" value="([0-9a-f]{32})"', client.get(address).content.decode()
    )
    assert found, address
    return found[1]


def test_a_form_sent_twice_takes_one_step(cast: Cast, case: Case) -> None:
    """5.14：征求意见、检索、交办点两次，各只有一条记录，第二次被告知；写错被退回的表单改好后照样能办。"""
    client, on = desk(cast.wang), clock.today().isoformat()
    sheet = dict.fromkeys(("system", "scope", "terms", "custodians", "result"), "甲")
    whom = {"whom": "third_party", "name": "甲", "contact": "某路1号"}
    for step, typed, rows in (
        ("consult", {**whom, "matter": "报价表"}, Consultation),
        ("search", sheet, SearchRecord),
        ("assign", {"to": f"unit:{cast.lakes.uid}", "task": "查", "due_on": on}, Assignment),
    ):
        page = f"/desk/case/{case.url_key}/step/{step}/"
        sent = {**typed, "on": on, "form_key": form_key(client, page)}
        assert client.post(page, {**sent, "on": "2024-02-30"}).status_code == 400
        answers = [client.post(page, sent, follow=True) for _ in range(2)]
        assert ["没有重复登记" in one.content.decode() for one in answers] == [False, True]
        assert rows._default_manager.count() == 1
        assert client.post(page, {**sent, "form_key": form_key(client, page)}).status_code == 302
        assert rows._default_manager.count() == 2


def test_a_draft_sent_twice_is_one_draft(cast: Cast, case: Case) -> None:
    """5.14：拟稿送签点两次，只有一稿，第二次回到案件页，不报错。"""
    client, page = desk(cast.wang), f"/desk/case/{case.url_key}/step/draft/?outcome=granted"
    sent = {"material": "一份", "form_key": form_key(client, page)}
    assert [client.post(page, sent).status_code for _ in range(2)] == [302, 302]
    assert case.drafts.count() == 1


def test_an_answered_case_with_every_record_asks_few_questions(
    cast: Cast, case: Case, django_assert_max_num_queries: object
) -> None:
    """5.13：征求意见、补正、检索、交办、附件、文书、送达凭证、复议都有的已答复案件，页面不超过 15 次查询。"""
    by, on = cast.wang, clock.today()
    correcting.ask_correction(case, items=["写明年份"], days=5, on=case.received_on, by=by)
    correcting.record_correction(case, on=case.received_on, by=by)
    asked = consulting.ask_opinion(
        case,
        whom=Kind.THIRD_PARTY,
        party=consulting.Party("甲", "某路1号"),
        on=case.received_on,
        by=by,
    )
    consulting.record_arrival(asked, proof="签收单", on=case.received_on, by=by)
    consulting.record_opinion(asked, consents=True, text="", on=on, by=by)
    sought = searching.Sought("系统", "范围", "词", "人", "有")
    searching.record_search(case, sought, on=on, by=by)
    assigning.assign(case, to=by, task="查", due_on=on, on=on, by=by)
    upload(desk(cast.li), case, "报告.txt", "正文".encode())
    sign(cast, case)
    sent = send(case, Sending(What.DECISION, Means.POST, tracking="1234567890123"), on=on, by=by)
    record_result(sent, result=Result.DELIVERED, slip=Slip("回执", names="签收人"), on=on, by=by)
    record_dispute(case, kind=Dispute.Kind.REVIEW, number="复〔2024〕1号", on=on, by=by)
    request_of(cast.county, by, on=date(2024, 3, 4))
    client, page = desk(by), f"/desk/case/{case.url_key}/"
    client.get(page)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        text = client.get(page).content.decode()
    said = ("签收", "复〔2024〕1号", "同一申请人", "征求意见", "收到补正", "系统")
    assert [word for word in said if word not in text] == []
