"""条例第三十六条第六项：程序只提示，是否重复由人判断；判断以后文号、日期、前一件的答复都在拟稿里。"""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Role
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions.signing import draft_reply
from gongkai.foi.issuing.models import Enclosure, IssuedLetter
from gongkai.foi.models import Case
from gongkai.foi.resembling.actions.judging import judge
from gongkai.foi.resembling.models import LikenessVerdict, Verdict
from gongkai.foi.resembling.queries import Found, found_of
from tests.pure.letters.reading import pdf_says
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import WORDS, request_of
from tests.rooms.foi.test_looks import desk, somebody
from tests.rooms.foi.test_steps import Office, make_office, sign_all
from tests.rooms.portal.static_root import make_static_root

REASON = "两次问的都是2023年养护工程的中标单位和合同金额，前一次已经提供"
OTHER = "000000198001010023"
DAY = date(2024, 3, 6)


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def office(cast: Cast) -> Office:
    """A request that was answered, with its letter."""
    office = make_office(cast)
    facts = {"material": "复印件一份", "service_way": "post"}
    draft = draft_reply(office.case, result="granted", facts=facts, on=DAY, by=office.officer)
    sign_all(office, draft)
    return office


def again(office: Office, who: str = "000000198001010015") -> Case:
    """The same request comes in once more, today."""
    return request_of(office.cast.county, office.officer, on=clock.today(), who=who)


def only(case: Case) -> Found:
    (found,) = found_of(case)
    return found


def refused(found: Found, verdict: Verdict, office: Office, reason: str = REASON) -> str:
    with pytest.raises(CaseRefused) as why:
        judge(found, verdict=verdict, reason=reason, by=office.officer)
    return str(why.value)


def test_the_case_page_shows_what_may_be_the_same(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """案件页：编号、日期、是否同一申请人、结果、答复文号；多两次查询，不随件数增长。"""
    mine, anothers = again(office), again(office, OTHER)
    letter = IssuedLetter.objects.get()
    client = desk(office.officer)
    client.get(f"/desk/case/{mine.url_key}/")
    with django_assert_max_num_queries(16):
        text = client.get(f"/desk/case/{mine.url_key}/").content.decode()
    told = [office.case.number, "<strong>同一申请人</strong>", "相似 100%", letter.number]
    assert [word in text for word in (*told, "还没有判断", f"/letter/{letter.uid}/")] == [True] * 6
    with django_assert_max_num_queries(16):
        other = client.get(f"/desk/case/{anothers.url_key}/").content.decode()
    assert (other.count("不是同一申请人"), WORDS in other) == (2, False)


def test_both_texts_are_shown_after_the_looks_are_in_the_log(office: Office) -> None:
    """个人信息保护法第五十一条：没有事由不给看；并排看一次，两件各记一次，日志里没有内容；外单位 404。"""
    case = again(office)
    found, client = only(case), desk(office.officer)
    address = f"/desk/case/{case.url_key}/similar/{found.likeness.uid}/"
    assert WORDS not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 400
    shown = client.post(address, {"reason": "repeated"})
    assert (shown.content.decode().count(WORDS), shown["Cache-Control"]) == (
        2,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    looks = [json.loads(one.payload_text) for one in Event.objects.filter(kind="identity.looked")]
    assert looks == [
        {"number": one.number, "reason": "repeated", "what": "asked"} for one in (case, office.case)
    ]
    assert desk(office.cast.sun).get(address).status_code == 404
    reviewer = somebody(office.cast, Role.SECRECY_REVIEWER)
    assert desk(reviewer).post(address, {"reason": "repeated"}).status_code == 403


def test_only_a_person_of_the_organ_decides_and_the_law_is_asked(office: Office) -> None:
    """第三十六条第六项：须同一申请人、已经答复；须写理由；没有职务的不能判断；同一判断只登记一次。"""
    anothers = only(again(office, OTHER))
    assert "不是同一申请人" in refused(anothers, Verdict.REPEATED, office)
    third = again(office, OTHER)
    waiting = next(one for one in found_of(third) if one.same_applicant)
    assert "还没有答复" in refused(waiting, Verdict.REPEATED, office)
    assert "请写明判断的理由" in refused(anothers, Verdict.CLOSE, office, " ")
    with pytest.raises(RoleRefused, match="受理机关的承办、政务公开办"):
        judge(anothers, verdict=Verdict.CLOSE, reason=REASON, by=office.head)
    judge(anothers, verdict=Verdict.CLOSE, reason=REASON, by=office.officer)
    now = only(anothers.likeness.case)
    assert "没有重复登记" in refused(now, Verdict.CLOSE, office)
    assert "另一位经办人刚刚" in refused(anothers, Verdict.DIFFERENT, office)
    judge(now, verdict=Verdict.DIFFERENT, reason="年份不同", by=office.officer)
    rows = LikenessVerdict.objects.values_list("nth", "verdict", "judged_by__name")
    name = office.officer.name
    assert list(rows) == [(1, "close", name), (2, "different", name)]
    said = [json.loads(one.payload_text) for one in Event.objects.filter(kind="case.compared")]
    number = office.case.number
    assert [(one["with"], one["verdict"]) for one in said] == [
        (number, "close"),
        (number, "different"),
    ]
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic():
        LikenessVerdict.objects.update(reason="别的")


def test_what_is_repeated_goes_on_to_its_letter(office: Office) -> None:
    """判断为重复：文号、日期填好，前一件的答复过了出门检查附上；签发的就是《不予重复处理告知书》。"""
    case, client = again(office), desk(office.officer)
    prior = IssuedLetter.objects.get()
    address = f"/desk/case/{case.url_key}/similar/{only(case).likeness.uid}/judge/"
    answer = client.post(address, {"verdict": "repeated", "reason": REASON})
    draft = f"/desk/case/{case.url_key}/step/draft/?outcome=repeated"
    assert (answer.status_code, answer["Location"]) == (302, draft)
    page = client.get(draft)
    initial = page.context["form"].initial
    assert (initial["prior_reply"], initial["prior_on"]) == (prior.number, "2024-03-06")
    enclosed = Enclosure.objects.get(case=case)
    assert (enclosed.title, enclosed.sha256) == (f"此前的答复（{prior.number}）", prior.pdf_sha256)
    typed = {**initial, "service_way": "post", "reasons": REASON}
    assert client.post(draft, typed).status_code == 302
    letter = signed(office, case)
    text = pdf_says(letter)
    assert [prior.number in text, "2024年3月6日" in text, "此前的答复" in text] == [True] * 3


def signed(office: Office, case: Case) -> bytes:
    """Have the open draft of *case* signed by all; return its letter as the officer takes it."""
    mine = Office(
        office.cast,
        case,
        office.officer,
        office.other,
        office.secrecy,
        office.legality,
        office.head,
    )
    case.refresh_from_db()
    sign_all(mine, case.drafts.get(state="open"), clock.today())
    letter = IssuedLetter.objects.get(case=case)
    assert letter.code == "D20"
    address = f"/desk/case/{case.url_key}/letter/{letter.uid}/"
    return desk(office.head).post(address, {"reason": "reply"}).content


def test_precedents_alike_come_first_with_their_reasons_to_quote(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """先例：同一结果、内容相似的在前，写明理由，点一下就引用；送达方式、此前文号不引用；查询次数有界。"""
    case, client = again(office, OTHER), desk(office.officer)
    address = f"/desk/case/{case.url_key}/step/draft/"
    client.get(f"{address}?outcome=granted")
    with django_assert_max_num_queries(30):
        page = client.get(f"{address}?outcome=granted")
    (one,) = page.context["precedents"]()
    assert (one.case, one.percent) == (office.case, 100)
    assert list(one.reasons) == [("已提供的信息或者提供的方式", "复印件一份")]
    quoted = client.get(f"{address}?outcome=granted&quote={one.reply.uid}")
    assert quoted.context["form"].initial == {"material": "复印件一份"}
    assert client.get(f"{address}?outcome=granted&quote=%00").context["form"].initial == {}
