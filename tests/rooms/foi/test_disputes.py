"""Reconsiderations and suits on the desk: entered, answered in time, concluded, and answered again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.figures import registry
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused
from gongkai.foi.clock import case_deadline
from gongkai.foi.disputes.actions.entering import (
    Ending,
    Entry,
    end_dispute,
    enter_dispute,
    record_step,
)
from gongkai.foi.disputes.clocks import answer_due, clocks_of
from gongkai.foi.disputes.models import DisputeStep, Redo
from gongkai.foi.disputes.sealed import asked_in
from gongkai.foi.disputes.todo import todo
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.issuing.addressee import asking_of
from gongkai.foi.models import Case, Dispute
from gongkai.foi.personal.queries import looks_at
from gongkai.foi.queries import counted_cases, drifted_cases, happenings
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.reporting.compile import scope_of
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import SINCE, Cast
from tests.rooms.foi.conftest import WORDS, request_of
from tests.rooms.foi.test_looks import desk
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.rulebook.entering import put_value

DECIDED, FILED, COPIED = date(2024, 4, 1), date(2024, 5, 6), date(2024, 5, 8)
ENDED, ARRIVED = date(2024, 7, 1), date(2024, 7, 4)
CLAIM = "撤销对王某某的答复"
Result = Dispute.Result


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def case(cast: Cast) -> Case:
    """A request the county government refused to answer well."""
    case = request_of(cast.county, cast.wang)
    actions.decide(case, result="granted", on=DECIDED, facts={"material": "一份"}, by=cast.wang)
    return actions.serve(case, on=DECIDED, way="当面", by=cast.wang)


def entry(number: str = "示复〔2024〕1号", **changed: object) -> Entry:
    whole: dict[str, object] = {
        "kind": Dispute.Kind.REVIEW,
        "number": number,
        "organ": "示例市人民政府",
        "procedure": Dispute.Procedure.ORDINARY,
        "filed_on": FILED,
        "copied_on": COPIED,
        "asked": CLAIM,
        **changed,
    }
    return Entry(**whole)  # type: ignore[arg-type]


def figures(cast: Cast, year: int) -> dict[str, int]:
    values = registry.values(scope_of(cast.county, year, date(year, 12, 31)))
    found = {key: value.amount for key, value in values.items() if key[:2] in ("t3", "t4")}
    return {key: amount for key, amount in found.items() if amount}


def waiting(person: Person, on: date) -> list[tuple[str, date | None]]:
    return [(one.act, one.due) for one in told(todo(standing_on(person, on), rules_on(on)))]


def refused(act: object) -> str:
    with pytest.raises(CaseRefused) as why:
        act()  # type: ignore[operator]
    return str(why.value)


def test_the_answer_is_due_by_kind_and_procedure(cast: Cast, case: Case) -> None:
    """复议法第四十八、五十四、六十二条，行政诉讼法第六十七、八十一、八十三条：各自的期限，自收到副本、受理起算。"""
    simple, suit = Dispute.Procedure.SIMPLE, Dispute.Kind.DIRECT
    rules = rules_on(clock.today())
    made = [
        entry("甲", copied_on=COPIED),
        entry("乙", procedure=simple),
        entry("丙", kind=suit),
        entry("丁", kind=suit, procedure=simple),
    ]
    found = []
    for one in made:
        dispute = enter_dispute(case, one, by=cast.wang)
        clocks = list(clocks_of(dispute, list(dispute.steps.all()), rules))
        found.append([clock.due for clock in clocks])
    assert found == [
        [date(2024, 5, 21), date(2024, 7, 5)],
        [date(2024, 5, 14), date(2024, 6, 5)],
        [date(2024, 5, 23), date(2024, 11, 6)],
        [date(2024, 5, 23), date(2024, 6, 20)],
    ]
    review = Dispute.objects.get(number="甲")
    record_step(review, DisputeStep.Kind.EXTENDED, on=ENDED, by=cast.wang)
    assert [one.due for one in clocks_of(review, list(review.steps.all()), rules)] == [
        date(2024, 5, 21),
        date(2024, 8, 5),
    ]


def test_an_order_to_answer_again_opens_a_case_and_moves_no_figure(cast: Cast, case: Case) -> None:
    """读法 Q-3：责令重作只在表四列“结果纠正”；新案有自己的期限，不进表三；再答复后两年的数都不变。"""
    before = figures(cast, 2024)
    review = enter_dispute(case, entry(), by=cast.wang)
    until = date(2024, 7, 20)
    ending = Ending(Result.CORRECTED, ENDED, ARRIVED, "示复决1号", redo=True, until=until)
    end_dispute(review, ending, by=cast.wang)
    again = Redo.objects.get().case
    case.refresh_from_db()
    assert (case.state, case.decided_on, case.row) == ("served", DECIDED, "r1")
    assert (again.kind, again.applicant_id, again.received_on) == (
        "redo",
        case.applicant_id,
        ARRIVED,
    )
    assert case_deadline(happenings(again), rules_on(ARRIVED)).due == date(2024, 8, 1)
    assert (asking_of(again).content, facts_of(again, ARRIVED).words_known) == (WORDS, True)
    after = {**before, "t4.rev.c": 1, "t4.rev.t": 1}
    assert figures(cast, 2024) == after
    assert waiting(cast.wang, clock.today()) == [("重新答复", until)]
    actions.decide(again, result="partial", on=ENDED + timedelta(days=9), facts={
        "material": "一份", "ground": "依据", "third_party_not_asked": "只涉及姓名"
    }, refused_as=["refused_third_party"], by=cast.wang)  # fmt: skip
    assert (figures(cast, 2024), figures(cast, 2025)) == (after, {})
    assert waiting(cast.wang, clock.today()) == []
    assert list(drifted_cases()) == []


def test_a_county_may_count_answers_given_again(cast: Cast, case: Case) -> None:
    """参数 redecision.counted 为是时，重作的案件计入表三。"""
    review = enter_dispute(case, entry(), by=cast.wang)
    end_dispute(review, Ending(Result.CORRECTED, ENDED, ARRIVED, redo=True), by=cast.wang)
    assert counted_cases([cast.county.pk], rules_on(ARRIVED)).count() == 1
    put_value(cast, "redecision.counted", "true", date(2024, 1, 1))
    assert counted_cases([cast.county.pk], rules_on(ARRIVED)).count() == 2


def test_a_suit_follows_its_reconsideration(cast: Cast, case: Case) -> None:
    """行政诉讼法第四十五条：复议后起诉接着本案的复议；表四两边各计一件。"""
    aft = Dispute.Kind.AFTER_REVIEW
    assert "须选出它接着哪一件复议" in refused(
        lambda: enter_dispute(case, entry("行1", kind=aft), by=cast.wang)
    )
    review = enter_dispute(case, entry(), by=cast.wang)
    assert "其他种类不选" in refused(
        lambda: enter_dispute(case, entry("行1", after=review), by=cast.wang)
    )
    end_dispute(review, Ending(Result.MAINTAINED, ENDED, ARRIVED), by=cast.wang)
    clocks = list(clocks_of(review, list(review.steps.all()), rules_on(clock.today())))
    assert clocks[-1].due == date(2024, 7, 19)
    other = request_of(cast.county, cast.wang, who="000000198001010023")
    day = {"filed_on": date(2024, 7, 20), "copied_on": date(2024, 7, 22)}
    suit = entry("行1", kind=aft, after=review, **day)
    assert "只能接着本案的行政复议" in refused(lambda: enter_dispute(other, suit, by=cast.wang))
    assert enter_dispute(case, suit, by=cast.wang).after == review
    four = {key: n for key, n in figures(cast, 2024).items() if key[:2] == "t4"}
    assert four == {"t4.rev.m": 1, "t4.rev.t": 1, "t4.aft.p": 1, "t4.aft.t": 1}


def test_what_cannot_be_is_refused_in_words(cast: Cast, case: Case) -> None:
    """日期颠倒、未来的日期、结果与结束方式不合、登记两次：各有一句话，什么也不改。"""
    early, later = DECIDED - timedelta(days=99), clock.today() + timedelta(days=1)
    review = enter_dispute(case, entry(), by=cast.wang)
    corrected, other = Result.CORRECTED, Result.OTHER
    sentences = [
        refused(lambda: enter_dispute(case, entry("乙", filed_on=early), by=cast.wang)),
        refused(lambda: enter_dispute(case, entry("乙", copied_on=early), by=cast.wang)),
        refused(lambda: enter_dispute(case, entry(" "), by=cast.wang)),
        refused(lambda: end_dispute(review, Ending(other, later, later), by=cast.wang)),
        refused(
            lambda: end_dispute(review, Ending(other, ENDED, ARRIVED, redo=True), by=cast.wang)
        ),
        refused(
            lambda: end_dispute(
                review, Ending(corrected, ENDED, ARRIVED, withdrawn=True), by=cast.wang
            )
        ),
        refused(
            lambda: end_dispute(
                review, Ending(corrected, ENDED, ARRIVED, redo=True, until=ENDED), by=cast.wang
            )
        ),
    ]
    wanted = [
        "早于收到申请",
        "早于受理",
        "请写明",
        "晚于今天",
        "结果纠正",
        "其他结果",
        "早于收到文书",
    ]
    assert [word in said for word, said in zip(wanted, sentences, strict=True)] == [True] * 7
    record_step(review, DisputeStep.Kind.RESPONDED, on=COPIED, by=cast.wang)
    again = refused(
        lambda: record_step(review, DisputeStep.Kind.RESPONDED, on=COPIED, by=cast.wang)
    )
    assert "已经登记过" in again
    end_dispute(review, Ending(other, ENDED, ARRIVED, withdrawn=True), by=cast.wang)
    assert "已登记审结" in refused(
        lambda: record_step(review, DisputeStep.Kind.HEARING, on=ENDED, by=cast.wang)
    )
    assert "已登记审结" in refused(
        lambda: end_dispute(review, Ending(other, ENDED, ARRIVED), by=cast.wang)
    )
    assert list(review.steps.values_list("kind", flat=True)) == [
        "accepted",
        "responded",
        "withdrawn",
    ]


def test_only_the_agencys_officers_and_lawyer_enter(cast: Cast, case: Case) -> None:
    """承办、政务公开办、合法性审核可以登记；负责人和别的机关不能；请求事项不进日志，密文里也没有。"""
    lawyer = register_person(name="法审某", staff_no="D-1", by=cast.li)
    appoint(lawyer, cast.office, role=Role.LEGALITY_REVIEWER, since=SINCE, by=cast.li)
    dispute = enter_dispute(case, entry(), by=lawyer)
    for person in (cast.zhao, cast.sun):
        with pytest.raises(RoleRefused, match="合法性审核"):
            enter_dispute(case, entry("乙"), by=person)
    dispute.refresh_from_db()
    assert asked_in(dispute) == CLAIM
    assert CLAIM.encode() not in bytes(dispute.asked)
    assert [
        text for text in Event.objects.values_list("payload_text", flat=True) if "王某" in text
    ] == []
    assert answer_due(dispute, rules_on(clock.today())) == date(2024, 5, 21)


def typed(**changed: str) -> dict[str, str]:
    return {
        "kind": "rev",
        "organ": "示例市人民政府",
        "number": "示复〔2024〕9号",
        "procedure": "simple",
        "filed_on": FILED.isoformat(),
        "copied_on": COPIED.isoformat(),
        "asked": CLAIM,
        **changed,
    }


def enter_over_http(client: Client, case: Case) -> Dispute:
    page = f"/desk/case/{case.url_key}/dispute/"
    assert client.get(page).status_code == 200
    assert client.post(page, typed(kind="x")).status_code == 400
    assert client.post(page, typed(kind="aft")).status_code == 409
    assert client.post(page, typed()).status_code == 302
    assert "已经登记" in client.post(page, typed()).content.decode()
    return Dispute.objects.get()


def test_a_dispute_goes_from_entry_to_a_new_answer_over_http(
    cast: Cast, case: Case, django_assert_max_num_queries: object
) -> None:
    """登记、答复、开庭、审结并责令重作，每一步有页面；列表、案件页都看得到；列表不超过 12 次查询。"""
    client = desk(cast.wang)
    dispute = enter_over_http(client, case)
    page = f"/desk/dispute/{dispute.uid}/"
    assert [CLAIM in client.get(page).content.decode(), looks_at(case)] == [False, []]
    assert client.post(page, {"reason": ""}).status_code == 400
    assert CLAIM in client.post(page, {"reason": "dispute"}).content.decode()
    (look,) = looks_at(case)
    assert (look.by, look.number) == (cast.wang.name, case.number)
    for name in ("responded", "hearing", "extended"):
        assert client.get(f"{page}step/{name}/").status_code == 200
        assert client.post(f"{page}step/{name}/", {"on": ENDED.isoformat()}).status_code == 302
    assert client.get(f"{page}step/accepted/").status_code == 404
    end = {
        "how": "decided",
        "result": "c",
        "on": ENDED.isoformat(),
        "arrived_on": ARRIVED.isoformat(),
    }
    assert client.post(f"{page}step/end/", {**end, "result": "m", "redo": "on"}).status_code == 409
    assert client.post(f"{page}step/end/", {**end, "redo": "on"}).status_code == 302
    assert client.get(f"{page}step/end/").status_code == 409
    again = Redo.objects.get().case
    assert again.number in client.get(page).content.decode()
    assert "责令重新答复，原案是" in client.get(f"/desk/case/{again.url_key}/").content.decode()
    assert again.number in client.get(f"/desk/case/{case.url_key}/").content.decode()
    assert "（责令重作）" in desk(cast.li).get("/desk/cases/").content.decode()
    for n in range(9):
        enter_dispute(case, entry(f"示复〔2024〕{20 + n}号"), by=cast.wang)
    query = {"state": "", "kind": "rev", "year": "2024", "agency": "T00000001"}
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        listed = client.get("/desk/disputes/", query)
    assert len(listed.context["rows"]) == 10
    narrowed = [
        {},
        {"state": "ended"},
        {"kind": "dir"},
        {"state": "", "year": "2023"},
        {"state": "x"},
    ]
    assert [len(client.get("/desk/disputes/", q).context["rows"]) for q in narrowed] == [
        9,
        1,
        0,
        0,
        9,
    ]
    stranger = desk(cast.sun)
    assert stranger.get(page).status_code == stranger.get(f"{page}step/end/").status_code == 404
    assert stranger.get("/desk/disputes/", {"state": ""}).context["rows"] == []
    head = desk(cast.zhao)
    assert head.get(page).status_code == 200
    assert head.get(f"{page}step/end/").status_code == 403


def test_without_the_key_the_pages_open_and_say_what_cannot_be_read(
    cast: Cast, case: Case, settings: Settings
) -> None:
    """5.14：密钥缺失时，复议诉讼页和拟稿页照常打开，请求事项、申请内容处说明打不开，不报系统出错。"""
    review = enter_dispute(case, entry(), by=cast.wang)
    fresh = request_of(cast.county, cast.wang)
    settings.IDENTITY_KEY, settings.IDENTITY_KEYS_OLD = "another-key-of-32-characters-0123", ()
    client = desk(cast.wang)
    assert client.get(f"/desk/dispute/{review.uid}/").status_code == 200
    page = client.post(f"/desk/dispute/{review.uid}/", {"reason": "dispute"})
    assert (page.status_code, CLAIM in page.content.decode(), looks_at(case)) == (409, False, [])
    assert "密钥" in page.content.decode()
    draft = f"/desk/case/{fresh.url_key}/step/draft/"
    typed = {"material": "一份", "service_way": "post", "look": "1"}
    looked = client.post(f"{draft}?outcome=granted", typed)
    assert (looked.status_code, "密钥" in looked.content.decode()) == (200, True)
