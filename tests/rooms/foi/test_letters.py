"""A signed decision writes its letter: the right one, read through, numbered once, kept as it was signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongkai.audit.models import Event
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions import (
    consulting,
    correcting,
    extending,
    reasons,
    searching,
    signing,
)
from gongkai.foi.issuing.actions.looking import look_at_letter
from gongkai.foi.issuing.actions.notifying import write_notice
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import Told
from gongkai.foi.issuing.sealed import open_letter
from gongkai.foi.personal.actions import LookRefused, purge
from gongkai.foi.personal.queries import purge_list
from gongkai.foi.personal.reasons import Reason
from gongkai.law.intervals import Kind
from gongkai.law.outcomes import OUTCOMES, Outcome
from gongkai.law.rules import Rules
from gongkai.letters.models import LetterNumber
from gongkai.rulebook.models import NumberUse
from tests.pure.letters.reading import pdf_says
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import WORDS, equip, request_of
from tests.rooms.foi.test_steps import SOUGHT, Office, make_office, sign_all

DAY = date(2024, 3, 6)
LATE = date(2024, 4, 22)
WHY = "该材料是试验工程的第二次讨论稿，形成于作出决定之前，内容与最后印发的方案并不一致"
_LAW = "《试验法》第五条"
TYPED: Mapping[str, str] = {
    "material": "竣工验收报告复印件一份",
    "where_published": "试验县政府门户网站检索“农村公路养护”",
    "ground": WHY,
    "reasons": WHY,
    "prohibition": _LAW,
    "risk": "载有水源井位坐标和昼夜值守安排，公开后供水设施难以防护",
    "special_rule": "《不动产登记暂行条例》",
    "responsible_organ": "试验县交通局",
    "responsible_contact": "试验路2号，0000-1111111",
    "prior_reply": "试政公复〔2023〕3号",
    "prior_on": "2023-05-06",
    "channel": "试验县信访局，试验路3号",
    "separation": "该材料自成一册，可以与其余内容分开",
    "withdrawal": "申请人来信撤回",
}


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)


def _searched(office: Office) -> None:
    searching.record_search(office.case, SOUGHT, on=DAY, by=office.officer)


def _asked_to_correct(office: Office) -> None:
    correcting.ask_correction(office.case, items=["年份"], days=7, on=DAY, by=office.officer)
    correcting.record_notice_arrived(office.case, proof="回执", on=DAY, by=office.officer)


def _corrected(office: Office) -> None:
    _asked_to_correct(office)
    correcting.record_correction(office.case, on=date(2024, 3, 11), by=office.officer)


def _third_party(office: Office) -> None:
    party, by = consulting.Party("某第三方", "某地"), office.officer
    asked = consulting.ask_opinion(office.case, whom=Kind.THIRD_PARTY, party=party, on=DAY, by=by)
    text = "某第三方不愿意"
    consulting.record_opinion(asked, consents=False, text=text, on=DAY, by=by)


def _demanded(office: Office) -> None:
    by = office.officer
    reasons.ask_reason(office.case, found="一月三十一件", on=DAY, by=by)
    reasons.judge_reason(office.case, accepted=False, finding=WHY, on=DAY, by=by)


def _charged(office: Office) -> None:
    actions.ask_fee(office.case, fen=100_00, on=DAY, by=office.officer)


PREPARED: Mapping[str, Callable[[Office], None]] = {
    "not_found": _searched,
    "still_unclear": _corrected,
    "not_corrected": _asked_to_correct,
    "refused_third_party": _third_party,
    "excessive": _demanded,
    "fee_unpaid": _charged,
}


def decided(office: Office, outcome: str, **typed: str) -> IssuedLetter | None:
    """Draft and sign *outcome* with everything its letter needs; return the letter."""
    if outcome in PREPARED:
        PREPARED[outcome](office)
    held = ("refused_internal",) if outcome == "partial" else ()
    draft = signing.draft_reply(
        office.case,
        result=outcome,
        facts={**TYPED, **typed},
        refused_as=held,
        on=LATE,
        by=office.officer,
    )
    sign_all(office, draft, on=LATE)
    return IssuedLetter.objects.filter(subject_uid=draft.uid).first()


def said(letter: IssuedLetter) -> str:
    """Return the text of the kept PDF, without its line ends."""
    return pdf_says(open_letter(letter).pdf)


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.code)
def test_each_outcome_signed_yields_its_letter(office: Office, outcome: Outcome) -> None:
    """不变量七：每一种办理结果签发即成其文书，写明申请人、申请内容，救济途径合于结果和日期。"""
    letter = decided(office, outcome.code)
    office.case.refresh_from_db()
    assert (office.case.state, office.case.outcome) == ("decided", outcome.code)
    if not outcome.letter:
        assert (letter, NumberUse.objects.filter(series__kind="letter.reply").count()) == (None, 0)
        return
    assert letter is not None
    assert (letter.code, letter.number) == (outcome.letter, "示政公复〔2024〕1号")
    text = said(letter)
    first = outcome.remedies in ("refusal", "partial")
    told = {
        "申请人": "试验申请人：" in text,
        "内容": f"“{WORDS}”" in text,
        "文号": letter.number in text,
        "救济": "试验市人民政府申请行政复议" in text,
        "复议前置": "应当自知道本决定之日起60日内先向" in text,
        "成文": "2024年4月22日" in text,
    }
    assert told == {**dict.fromkeys(told, True), "复议前置": first}


def test_a_decision_before_the_change_of_law_tells_the_older_ways(cast: Cast) -> None:
    """行政复议法2024年1月1日起才复议前置：2023年签发的不予公开可以直接起诉。"""
    office = make_office(cast)
    case = request_of(cast.county, cast.wang, on=date(2023, 3, 6))
    earlier = Office(
        cast, case, office.officer, office.other, office.secrecy, office.legality, office.head
    )
    day = date(2023, 3, 20)
    draft = signing.draft_reply(
        case, result="refused_process", facts=TYPED, on=day, by=office.officer
    )
    sign_all(earlier, draft, on=day)
    text = said(IssuedLetter.objects.get())
    assert ("先向试验市人民政府" in text, "直接向试验县人民法院提起行政诉讼" in text) == (
        False,
        True,
    )


def test_nobodys_name_is_in_the_log_and_the_hash_of_the_bytes_is(office: Office) -> None:
    """不变量八：审计只留校验值，不留申请人、申请内容、第三方；第三方也不写进给申请人的文书。"""
    letter = decided(office, "refused_third_party")
    assert letter is not None
    log = "".join(Event.objects.values_list("payload_text", flat=True))
    leaked = [word for word in ("试验申请人", WORDS, "某第三方", "不愿意") if word in log]
    assert (leaked, letter.pdf_sha256 in log, letter.docx_sha256 in log) == ([], True, True)
    assert ("某第三方" in said(letter), "不同意公开" in said(letter)) == (False, True)
    assert "试验申请人".encode() not in bytes(letter.ciphertext)


def test_what_was_signed_stays_as_it_was(office: Office) -> None:
    """不变量一：文书的编号、校验值改不动，行删不掉；改了密文打不开。"""
    letter = decided(office, "granted")
    assert letter is not None
    rows = IssuedLetter.objects.filter(pk=letter.pk)
    changes = (
        {"number": "示政公复〔2024〕9号"},
        {"pdf_sha256": "0" * 64},
        {"due_on": date(2024, 5, 1)},
        {"events_seen": 99},
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="不可更改"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError, match="不可删除"), transaction.atomic():
        rows.delete()


def test_a_letter_is_destroyed_with_the_identity_and_its_number_stays(office: Office) -> None:
    """个人信息保护法第十九条：身份信息到期销毁，写有姓名的文书一同销毁，文号和校验值留着。"""
    letter = decided(office, "granted")
    assert letter is not None
    rules = Rules.national(date(2035, 6, 1))
    purge(purge_list(rules).hash, rules=rules, by=office.other)
    left = IssuedLetter.objects.get()
    assert (bytes(left.ciphertext), left.number, left.pdf_sha256) == (
        b"",
        letter.number,
        letter.pdf_sha256,
    )
    with pytest.raises(LookRefused, match="按保存期限销毁"):
        look_at_letter(left, reason=Reason.DISPUTE, by=office.head)


@pytest.mark.parametrize(
    ("outcome", "typed", "told"),
    [
        ("refused_process", {"separation": ""}, "没有说明能不能区分处理（.*第三十七条）"),
        ("refused_process", {"ground": "依照条例第十六条"}, "理由只引用了条文或者套话"),
        ("granted", {"material": "报告一份，随本告知书邮寄"}, "附件清单却是空的"),
        ("not_responsible", {"responsible_contact": ""}, "没有告知负责公开的机关和联系方式"),
        ("refused_forbidden", {"prohibition": "某地方规定"}, "没有写明是哪部法律、行政法规"),
        ("granted", {"material": "报告一份\U0001f40e"}, "没有.*字|字体|不能"),
    ],
)
def test_a_fault_refuses_the_signature_and_leaves_no_number(
    office: Office, outcome: str, typed: dict[str, str], told: str
) -> None:
    """签发前最后一读：有错的不签，说明条文和改法；没有占号，案件仍待签发。"""
    with pytest.raises(CaseRefused, match=told):
        decided(office, outcome, **typed)
    office.case.refresh_from_db()
    left = (LetterNumber.objects.count(), IssuedLetter.objects.count(), office.case.state)
    assert left == (0, 0, "signing")
    assert not Event.objects.filter(kind__in=["letter.numbered", "letter.issued"]).exists()


def test_what_nobody_has_set_is_told_with_who_sets_it_and_where(cast: Cast) -> None:
    """没有机构信息、没有复议机关和法院：说明由谁、在哪里登记；登记以后照常签发。"""
    office = make_office(cast, equipped=False)
    on, case = DAY, office.case
    draft = signing.draft_reply(case, result="granted", facts=TYPED, on=on, by=office.officer)
    with pytest.raises(
        CaseRefused, match=r"没有登记机构信息.*在“机关”里登记.*复议机关和法院”里设置"
    ):
        sign_all(office, draft)
    equip(cast)
    signing.sign_reply(case, sha256=draft.sha256, on=on, by=office.head)
    assert IssuedLetter.objects.get().number == "示政公复〔2024〕1号"


def test_notices_are_written_once_for_what_is_on_record(office: Office) -> None:
    """5.3、5.7：登记回执、补正、说明理由、延期、延迟答复的告知书从记录生成；没有办到的、印发过的，说明。"""
    case, by = office.case, office.officer
    late = Told(
        until=date(2024, 3, 29), reasons="需要核对的档案分散在四个乡镇，调取和核对所需的时间较长"
    )
    with pytest.raises(CaseRefused, match="还没有办到这一步"):
        write_notice(case, letter="D05", told=late, on=DAY, by=by)
    extending.propose_extension(case, days=10, reason="档案分散", on=DAY, by=by)
    extending.approve_extension(case, told_on=DAY, by=office.head)
    _demanded(office)
    with pytest.raises(CaseRefused, match="要写明截止日期"):
        write_notice(case, letter="D04", told=Told(), on=DAY, by=by)
    with pytest.raises(CaseRefused, match="理由只引用了条文或者套话"):
        write_notice(case, letter="D05", told=Told(), on=DAY, by=by)
    for code in ("D02", "D05", "D04"):
        write_notice(case, letter=code, told=late, on=DAY, by=by)
    correcting.ask_correction(case, items=["写明年份"], days=7, on=DAY, by=by)
    write_notice(case, letter="D03", told=late, on=DAY, by=by)
    with pytest.raises(CaseRefused, match="已经印发"):
        write_notice(case, letter="D03", told=late, on=DAY, by=by)
    kept = list(IssuedLetter.objects.order_by("pk"))
    assert [(one.code, one.number) for one in kept] == [
        ("D02", ""),
        ("D05", "示政公告〔2024〕1号"),
        ("D04", "示政公告〔2024〕2号"),
        ("D03", "示政公告〔2024〕3号"),
    ]
    words = ("最迟于2024年4月", "延长10个工作日", "一月三十一件", "写明年份")
    assert [word in said(one) for word, one in zip(words, kept, strict=True)] == [True] * 4
