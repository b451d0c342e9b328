"""每一步都有它的文书：从记录写成，一次办完，各方只看到该看的；费用怎样算、期限从哪天起，不用手填。"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.charging.actions.asking import Pages, ask_fee
from gongkai.foi.charging.models import Basis
from gongkai.foi.handling.actions import consulting, correcting, signing
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.handling.models import Consultation, ReplyDraft
from gongkai.foi.issuing.actions.notifying import write_notice
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import Told, notices_due
from gongkai.foi.issuing.sealed import open_letter
from gongkai.foi.models import Case
from gongkai.law.intervals import Kind
from tests.pure.letters.reading import pdf_says
from tests.rooms.cast import Cast
from tests.rooms.foi.charging.billing import asks_often, charges
from tests.rooms.foi.conftest import equip, request_of
from tests.rooms.foi.test_letters import said
from tests.rooms.foi.test_looks import desk
from tests.rooms.foi.test_step_pages import post
from tests.rooms.foi.test_steps import DAY, GIVEN, Office, make_office, refused, sign_all
from tests.rooms.portal.static_root import make_static_root

MATTER = "2023年农村公路养护工程投标文件中的施工组织设计"
PARTY = "某某养护有限公司"


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)


def asks(office: Office, whom: Kind, matter: str = MATTER) -> Consultation:
    name = PARTY if whom is Kind.THIRD_PARTY else "试验县交通局"
    party = consulting.Party(name, "试验路9号", matter)
    return consulting.ask_opinion(office.case, whom=whom, party=party, on=DAY, by=office.officer)


def written(office: Office, letter: str, told: Told = Told(), on: date = DAY) -> IssuedLetter:  # noqa: B008  # frozen
    return write_notice(office.case, letter=letter, told=told, on=on, by=office.officer)


def kept() -> Sequence[tuple[str, str, bool]]:
    return list(IssuedLetter.objects.order_by("pk").values_list("code", "number", "to_applicant"))


def due(case: Case) -> list[str]:
    return [one.code for one in notices_due(facts_of(case, DAY)) if one.code != "D02"]


def test_a_third_party_is_asked_with_a_slip_and_the_applicant_told_in_one_act(
    office: Office,
) -> None:
    """条例第三十二条、第三十三条：征求第三方意见书、确认函、告知申请人一次写成，各有文号，互不透露对方。"""
    asks(office, Kind.THIRD_PARTY)
    assert due(office.case) == ["D06"]
    written(office, "D06")
    assert kept() == [
        ("D06", "示政公函〔2024〕1号", False),
        ("D26", "", False),
        ("D07", "示政公告〔2024〕1号", True),
    ]
    enquiry, slip, told = map(said, IssuedLetter.objects.order_by("pk"))
    assert (f"{PARTY}：" in enquiry, "15个工作日内书面答复" in enquiry, MATTER in enquiry) == (
        True,
    ) * 3
    assert f"{PARTY}已收到示例县人民政府的征求意见书（示政公函〔2024〕1号）" in slip
    assert ("试验申请人：" in told, f"{MATTER}需要征求" in told) == (True, True)
    assert "本机关已于2024年3月6日书面征求意见" in told
    hidden = ["试验申请人" in enquiry + slip, PARTY in told]
    assert (hidden, due(office.case)) == ([False, False], [])


def test_each_of_several_parties_has_letters_of_its_own(office: Office) -> None:
    """条例第三十二条、第三十四条、第三十三条：第三方、共同制作机关、协办的机关，各是各的文书，期限各按法律。"""
    for whom in (Kind.THIRD_PARTY, Kind.CO_MAKER, Kind.OTHER_ORGAN):
        asks(office, whom)
    assert due(office.case) == ["D06", "D08", "D27"]
    assert "要写明截止日期" in refused(lambda: written(office, "D27"))
    written(office, "D08")
    written(office, "D27", Told(until=date(2024, 3, 15)))
    assert [code for code, _, _ in kept()] == ["D08", "D26", "D07", "D27"]
    maker, helper = (
        said(IssuedLetter.objects.get(code="D08")),
        said(IssuedLetter.objects.get(code="D27")),
    )
    assert "试验县交通局：" in maker
    assert "逾期未提出意见的，视为同意公开" in maker
    assert "请于2024年3月15日前（含当日）书面回复" in helper
    assert due(office.case) == ["D06"]


OTHER = "2023年农村公路养护工程的结算清单"


def told_in(office: Office) -> list[str]:
    """What the applicant was told of the consultations, letter by letter."""
    letters = IssuedLetter.objects.filter(case=office.case, code="D07").order_by("pk")
    return [said(one) for one in letters]


def test_the_applicant_is_told_once_of_what_was_sent_on_one_day(office: Office) -> None:
    """条例第三十三条第三款：同日发出的几份征求意见，一份告知书写全各项信息；问了几方不写；页面不再列它。"""
    first, second = asks(office, Kind.THIRD_PARTY), asks(office, Kind.THIRD_PARTY)
    third = asks(office, Kind.CO_MAKER, OTHER)
    titles = {one.key: one.title for one in notices_due(facts_of(office.case, DAY))}
    assert titles[f"D06-{first.uid}"] == (
        "征求第三方意见书（2024-03-06 发出），连同征求意见确认函、征求意见告知书（给申请人）"
    )
    for one in (f"D06-{first.uid}", f"D06-{second.uid}", f"D08-{third.uid}"):
        written(office, one)
    codes = [code for code, _, _ in kept()]
    assert codes == ["D06", "D26", "D07", "D06", "D26", "D08", "D26"]
    assert [text.count(f"{MATTER}；{OTHER}需要征求") for text in told_in(office)] == [1]
    letter = IssuedLetter.objects.get(code="D07").pk
    assert set(Consultation.objects.values_list("told_in", flat=True)) == {letter}


def test_what_was_not_told_that_day_is_told_by_a_letter_of_its_own(office: Office) -> None:
    """条例第三十三条第三款：别的日子发出的、印发时改写的、后来登记的另一项信息，另行告知；同一项的不再告知。"""
    asks(office, Kind.THIRD_PARTY)
    written(office, "D06")
    again, other = asks(office, Kind.THIRD_PARTY), asks(office, Kind.THIRD_PARTY, "")
    later = consulting.Party(PARTY, "试验路9号", MATTER)
    day = date(2024, 3, 7)
    next_day = consulting.ask_opinion(
        office.case, whom=Kind.THIRD_PARTY, party=later, on=day, by=office.officer
    )
    titles = [one.title for one in notices_due(facts_of(office.case, day)) if one.asked]
    assert titles[0] == "征求第三方意见书（2024-03-06 发出），连同征求意见确认函"
    written(office, f"D06-{again.uid}")
    written(office, f"D06-{other.uid}", Told(matter=OTHER))
    written(office, f"D06-{next_day.uid}", on=day)
    told = [(MATTER in text, OTHER in text, "3月7日书面征求" in text) for text in told_in(office)]
    assert told == [(True, False, False), (False, True, False), (True, False, True)]
    other.refresh_from_db()
    assert (other.matter, other.told_in.signed_on if other.told_in else None) == (OTHER, DAY)


def test_letters_of_before_are_remembered_as_what_told_of_their_consultation(
    office: Office,
) -> None:
    """升级（迁移 0014）：以前逐份告知的，各记住自己的那一份；再印同一天、同一项的，不再告知。"""
    first, second = asks(office, Kind.THIRD_PARTY), asks(office, Kind.THIRD_PARTY, OTHER)
    written(office, f"D06-{first.uid}")
    Consultation.objects.update(told_in=None)
    migration: Any = importlib.import_module("gongkai.foi.migrations.0014_who_was_told")
    migration.remember(apps, None)
    letter = IssuedLetter.objects.get(code="D07").pk
    remembered = dict(Consultation.objects.values_list("uid", "told_in"))
    assert remembered == {first.uid: letter, second.uid: None}


def test_what_names_a_person_goes_to_nobody_else(office: Office) -> None:
    """个人信息保护法第五条、第六条：涉及的信息不写第三方，写给第三方的不写申请人；没有写、早于登记的不印发。"""
    assert "第三方的姓名或者名称" in refused(
        lambda: asks(office, Kind.THIRD_PARTY, f"{PARTY}的施工组织设计")
    )
    by, no_way = office.officer, consulting.Party(PARTY, " ", MATTER)
    assert "书面送到" in refused(
        lambda: consulting.ask_opinion(
            office.case, whom=Kind.THIRD_PARTY, party=no_way, on=DAY, by=by
        )
    )
    asks(office, Kind.THIRD_PARTY, "")
    assert "请写明征求意见的是哪些信息" in refused(lambda: written(office, "D06"))
    told = Told(matter="试验申请人要的施工组织设计")
    assert "不能写申请人的姓名" in refused(lambda: written(office, "D06", told))
    early = DAY - timedelta(days=1)
    assert "早于这一步登记的日期" in refused(
        lambda: written(office, "D06", Told(matter=MATTER), early)
    )
    assert kept() == []
    written(office, "D06", Told(matter=MATTER))
    log = "".join(Event.objects.values_list("payload_text", flat=True))
    assert [word in log for word in (PARTY, MATTER, "试验申请人")] == [False] * 3


def objected(office: Office) -> Consultation:
    asked = asks(office, Kind.THIRD_PARTY)
    return consulting.record_opinion(
        asked, consents=False, text="涉及工法", on=date(2024, 3, 11), by=office.officer
    )


def drafted(office: Office, **typed: str) -> ReplyDraft:
    facts, on = {**GIVEN, **typed}, date(2024, 3, 12)
    return signing.draft_reply(office.case, result="granted", facts=facts, on=on, by=office.officer)


PUBLIC = (
    "该路段沿线有三所学校，施工组织设计写明了封闭施工的时段和绕行线路，关系师生和村民的通行安全"
)


def test_whoever_objects_in_vain_is_told_what_why_and_where_to_complain(office: Office) -> None:
    """条例第三十二条：第三方不同意而决定公开，公共利益的理由随拟稿签署，签发时书面告知第三方，附救济途径。"""
    objected(office)
    assert "不公开会对公共利益造成什么重大影响" in refused(lambda: drafted(office))
    draft = drafted(office, public_interest=PUBLIC)
    sign_all(office, draft, on=date(2024, 3, 12))
    assert kept() == [
        ("D11", "示政公复〔2024〕1号", True),
        ("D09", "示政公复〔2024〕2号", False),
    ]
    text, reply = (
        said(IssuedLetter.objects.get(code="D09")),
        said(IssuedLetter.objects.get(code="D11")),
    )
    told = (f"{PARTY}：", MATTER, PUBLIC, "你方答复：不同意公开", "试验市人民政府", "2024年3月12日")
    assert [word in text for word in told] == [True] * len(told)
    assert ("试验申请人" in text, PARTY in reply) == (False, False)


def test_an_objection_without_reason_is_answered_in_the_draft_and_needs_no_public_interest(
    office: Office,
) -> None:
    """条例第三十二条：第三方的理由不合理的，写明为什么不成立即可公开，不作公共利益的告知。"""
    objected(office)
    draft = drafted(office, objection_unfounded="该内容已由第三方在自己的网站上发表")
    sign_all(office, draft, on=date(2024, 3, 12))
    assert [code for code, _, _ in kept()] == ["D11"]


def test_a_fault_in_the_letter_to_the_third_party_refuses_the_whole_decision(
    office: Office,
) -> None:
    """条例第三十二条：告知第三方的文书印不出，决定也不签，不占号。"""
    objected(office)
    draft = drafted(office, public_interest="依照条例第三十二条")
    on = date(2024, 3, 12)
    assert "理由只引用了条文" in refused(lambda: sign_all(office, draft, on=on))
    assert (kept(), ReplyDraft.objects.get().state) == ([], "open")


@pytest.mark.parametrize("basis", Basis)
def test_a_fee_notice_says_what_it_was_reckoned_from(cast: Cast, basis: Basis) -> None:
    """条例第四十二条、国办函〔2020〕109号：依据、标准、数额、缴纳方式、期限从收费记录写成，撤销的不写。"""
    equip(cast)
    cases = asks_often(cast, 11, basis=basis)
    case, by = cases[-1], cast.wang
    pages = Pages(45, "台账") if basis is Basis.PAGE else None
    ask_fee(case, pages=pages, pay_how="县政务服务大厅3号窗口", on=DAY, by=by)
    assert due(case) == ["D10"]
    letter = write_notice(case, letter="D10", told=Told(), on=DAY, by=by)
    how = {
        Basis.ITEM: "2024年3月向本机关提出的第11件，每月10件以内不收费，这一件100元",
        Basis.PAGE: "要提供的共45页：第1至30页不收费；第31至45页每页10元，计150元",
    }[basis]
    amount = {Basis.ITEM: "100元", Basis.PAGE: "150元"}[basis]
    told = (
        how,
        f"收费金额：{amount}。",
        "示政办〔2023〕9号（虚构）",
        "缴纳方式：县政务服务大厅3号窗口。",
    )
    text = said(letter)
    assert [word in text for word in (*told, "次日起20个工作日内缴纳")] == [True] * 5
    assert (letter.number, due(case)) == ("示政公告〔2024〕1号", [])


def test_the_time_to_correct_is_the_one_on_record(office: Office) -> None:
    """条例第三十条：补正期限照登记的工作日数，自收到次日起算；不再手填截止日期，与登记不会不同。"""
    correcting.ask_correction(office.case, items=["年份"], days=7, on=DAY, by=office.officer)
    letter = written(office, "D03", Told(until=date(2024, 12, 31)))
    text = said(letter)
    assert ("次日起7个工作日内" in text, "2024年12月31日" in text) == (True, False)


def test_the_case_page_leads_to_each_letter_with_one_click(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    """5.7：办完一步，案件页列出要印发的文书，点进去只问这一份要填的；印发以后不再列；页面不超过 15 次查询。"""
    equip(cast)
    charges(cast)
    case = request_of(cast.county, cast.wang, on=clock.today() - timedelta(days=9))
    client, page = desk(cast.wang), f"/desk/case/{case.url_key}/"
    typed = {"whom": "third_party", "name": PARTY, "contact": "试验路9号", "matter": MATTER}
    assert post(client, case, "consult", **typed, on=clock.today())[0] == 302
    listed = client.get(page).context["to_write"]
    assert [one.code for one in listed] == ["D02", "D06"]
    address = f"{page}step/notify/?letter={listed[1].key}"
    assert address.replace("&", "&amp;") in client.get(page).content.decode()
    form = client.get(address).context["form"]
    assert (list(form.fields), form.fields["matter"].initial) == (
        ["letter", "matter", "on"],
        MATTER,
    )
    sent = {"letter": listed[1].key, "matter": MATTER, "on": clock.today()}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 400
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        shown = client.get(page)
    assert [one.code for one in shown.context["to_write"]] == ["D02"]
    letters = [one.code for one, _ in shown.context["letters"]]
    assert (letters, PARTY in shown.content.decode()) == (["D06", "D26", "D07"], False)
    enquiry = IssuedLetter.objects.get(code="D06")
    taken = client.post(f"{page}letter/{enquiry.uid}/", {"reason": "correct", "as": "pdf"})
    assert taken.content == open_letter(enquiry).pdf
    assert PARTY in pdf_says(taken.content)


def test_whoever_may_not_write_sees_no_letters_to_write(cast: Cast) -> None:
    """条例第四十五条：印发由承办、政务公开办办；负责人的案件页不列。"""
    equip(cast)
    case = request_of(cast.county, cast.wang, on=clock.today())
    shown = desk(cast.zhao).get(f"/desk/case/{case.url_key}/")
    assert (list(shown.context["to_write"]), "要印发的文书" in shown.content.decode()) == (
        [],
        False,
    )
