"""The steps of an officer: who may, what must be there first, what is left behind; each refusal in its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit.models import Event
from gongkai.foi.actions import CaseRefused
from gongkai.foi.clock import case_deadline
from gongkai.foi.handling.actions import (
    assigning,
    consulting,
    correcting,
    extending,
    reasons,
    searching,
    signing,
    taking,
)
from gongkai.foi.handling.actions.consulting import Party
from gongkai.foi.handling.models import Assignment, Consultation, ReplyDraft, Signature
from gongkai.foi.handling.sealed import opinion_of, party_of
from gongkai.foi.models import Case, CaseEvent, Reply
from gongkai.foi.queries import drifted_cases, happenings
from gongkai.foi.rules import facts_on_file
from gongkai.law.intervals import Kind
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import SINCE, Cast
from tests.rooms.foi.conftest import RECEIVED, equip, request_of

DAY = date(2024, 3, 6)
GIVEN = {"material": "复印件一份"}
SOUGHT = searching.Sought("档案室", "2010 年以来", "名称", "档案员", "未检索到")


@dataclass(frozen=True)
class Office:
    """A request to the county government and the people of its office, one for each duty."""

    cast: Cast
    case: Case
    officer: Person
    other: Person
    secrecy: Person
    legality: Person
    head: Person


def make_office(cast: Cast, *, equipped: bool = True) -> Office:
    """Register a request and appoint whoever signs; *equipped*: letters can be written."""

    def new(role: Role) -> Person:
        person = register_person(name=f"某{role.label}", staff_no=f"S-{role.value}", by=cast.li)
        appoint(person, cast.office, role=role, since=SINCE, by=cast.li)
        return person

    if equipped:
        equip(cast)
    case = request_of(cast.county, cast.wang)
    return Office(
        cast,
        case,
        cast.wang,
        cast.li,
        new(Role.SECRECY_REVIEWER),
        new(Role.LEGALITY_REVIEWER),
        cast.zhao,
    )


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)


def ask(office: Office, kind: Kind, on: date = DAY) -> Consultation:
    party = Party("试验第三方", "试验电话")
    return consulting.ask_opinion(office.case, whom=kind, party=party, on=on, by=office.officer)


def asked(office: Office, kind: Kind, arrived: date = date(2024, 3, 11)) -> Consultation:
    sent = ask(office, kind)
    return consulting.record_arrival(sent, proof="签收单", on=arrived, by=office.officer)


def drafted(office: Office, result: str = "granted", on: date = DAY) -> ReplyDraft:
    return signing.draft_reply(office.case, result=result, facts=GIVEN, on=on, by=office.officer)


def sign_all(office: Office, draft: ReplyDraft, on: date = DAY) -> Case:
    signing.sign_secrecy(office.case, sha256=draft.sha256, on=on, by=office.secrecy)
    signing.sign_legality(office.case, sha256=draft.sha256, on=on, by=office.legality)
    return signing.sign_reply(office.case, sha256=draft.sha256, on=on, by=office.head)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(CaseRefused) as why:
        act()
    return str(why.value)


def test_a_reply_is_drafted_by_one_and_signed_by_three(office: Office) -> None:
    """不变量一、二：拟稿、保密审查、合法性审核、签发四个人，签的是同一内容；案件列由事件折叠。"""
    draft = drafted(office)
    assert office.case.state == "signing"
    sign_all(office, draft)
    assert (office.case.state, office.case.outcome) == ("decided", "granted")
    draft.refresh_from_db()
    assert draft.state == ReplyDraft.State.SIGNED
    assert list(Signature.objects.values_list("kind", "sha256")) == [
        (kind, draft.sha256) for kind in ("secrecy", "legality", "head")
    ]
    kinds = ["received", "drafted", "secrecy_signed", "legality_signed", "decided"]
    assert [row.kind for row in CaseEvent.objects.filter(case=office.case)] == kinds
    assert draft.sha256 in Reply.objects.get(case=office.case).grounds_text
    assert list(drifted_cases()) == []


def test_nobody_signs_their_own_draft_and_nobody_signs_twice(office: Office) -> None:
    """不变量二：拟稿人有负责人职务也不能签发；一人不能办两个环节；签发前两道须齐。"""
    for person, role in (
        (office.officer, Role.LEADER),
        (office.secrecy, Role.LEGALITY_REVIEWER),
    ):
        appoint(person, office.cast.office, role=role, since=SINCE, by=office.cast.li)
    case, sha = office.case, drafted(office).sha256
    assert "还缺保密审查、合法性审核" in refused(
        lambda: signing.sign_reply(case, sha256=sha, on=DAY, by=office.head)
    )
    signing.sign_secrecy(case, sha256=sha, on=DAY, by=office.secrecy)
    sentences = [
        refused(lambda: signing.sign_legality(case, sha256=sha, on=DAY, by=office.secrecy)),
        refused(lambda: signing.sign_secrecy(case, sha256=sha, on=DAY, by=office.secrecy)),
        refused(lambda: signing.sign_reply(case, sha256=sha, on=DAY, by=office.officer)),
    ]
    assert [
        said in sentence
        for said, sentence in zip(
            ("一人不能办两个环节", "已经保密审查通过", "不能审查、签发或退回自己的拟稿"),
            sentences,
            strict=True,
        )
    ] == [True] * 3


def test_the_database_refuses_a_signature_by_the_drafter_or_over_other_bytes(
    office: Office,
) -> None:
    """不变量一、二：不经页面也写不进去。"""
    draft = drafted(office)
    sign_all(office, draft)
    second = request_of(office.cast.county, office.officer)
    fresh = signing.draft_reply(second, result="granted", facts=GIVEN, on=DAY, by=office.officer)
    one = Signature.objects.get(kind="head")
    whole = {"kind": "head", "sha256": fresh.sha256, "signed_at": one.signed_at}
    for wrong in (
        {"drafter": office.officer, "signed_by": office.officer},
        {"drafter": office.other, "signed_by": office.officer},
        {"drafter": office.officer, "signed_by": office.head, "sha256": "0" * 64},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(draft=fresh, **{**whole, **wrong})
    for changed in ({"state": "signed"}, {"content_text": "{}"}):
        row = fresh if "state" in changed else draft
        with pytest.raises(IntegrityError), transaction.atomic():
            ReplyDraft.objects.filter(pk=row.pk).update(**changed)


def test_a_changed_draft_loses_its_signatures(office: Office) -> None:
    """撤回、退回以后另拟一稿，先前的签署不算；签旧稿的人得到说明。"""
    first = drafted(office)
    signing.sign_secrecy(office.case, sha256=first.sha256, on=DAY, by=office.secrecy)
    assert "拟稿由拟稿人自己撤回" in refused(
        lambda: signing.take_back_draft(office.case, on=DAY, by=office.other)
    )
    signing.take_back_draft(office.case, on=DAY, by=office.officer)
    signing.draft_reply(
        office.case, result="granted", facts={"material": "两份"}, on=DAY, by=office.officer
    )
    assert "拟稿在您打开之后换过了" in refused(
        lambda: signing.sign_legality(office.case, sha256=first.sha256, on=DAY, by=office.legality)
    )
    signing.send_back_draft(office.case, reason="份数不符", on=DAY, by=office.head)
    states = [row.state for row in ReplyDraft.objects.order_by("pk")]
    assert (states, office.case.state) == (["taken_back", "sent_back"], "handling")
    assert sign_all(office, drafted(office)).state == "decided"


def test_each_step_is_the_task_of_its_role(office: Office) -> None:
    """角色在动作里问：别人办就说明由谁办，案件不变。"""
    case, stranger = office.case, office.cast.sun
    for act in (
        lambda: correcting.ask_correction(case, items=["年份"], days=5, on=DAY, by=office.head),
        lambda: consulting.ask_opinion(
            case, whom=Kind.CO_MAKER, party=Party("某局"), on=DAY, by=stranger
        ),
        lambda: signing.draft_reply(case, result="granted", facts=GIVEN, on=DAY, by=stranger),
        lambda: extending.approve_extension(case, told_on=DAY, by=office.officer),
        lambda: searching.record_search(case, SOUGHT, on=DAY, by=stranger),
    ):
        with pytest.raises(RoleRefused, match="您今天不担任这一角色"):
            act()
    assert CaseEvent.objects.filter(case=case).count() == 1


def test_the_second_officer_is_told_and_nothing_of_hers_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """两人同时办：一人办成，另一人得到说明，记录也不留下。"""
    stale = happenings(office.case)
    ask(office, Kind.THIRD_PARTY)
    monkeypatch.setattr("gongkai.foi.actions.happenings", lambda _: stale)
    assert "另一位经办人刚刚办理了这个案件" in refused(lambda: ask(office, Kind.CO_MAKER))
    assert Consultation.objects.count() == 1


def test_silence_of_a_third_party_and_of_a_joint_maker_mean_the_opposite(office: Office) -> None:
    """条例第三十二条：第三方不答复，由行政机关决定；第三十四条：共同制作机关不答复，视为同意。"""
    third, maker = asked(office, Kind.THIRD_PARTY), asked(office, Kind.CO_MAKER)
    last = date(2024, 4, 1)
    assert f"答复期限到 {last} 才满" in refused(
        lambda: consulting.record_silence(third, on=last, by=office.officer)
    )
    for one in (third, maker):
        consulting.record_silence(one, on=date(2024, 4, 2), by=office.officer)
    assert [one.effect for one in Consultation.objects.order_by("pk")] == [
        "逾期未答复，由本机关依照条例决定是否公开（条例第三十二条）",
        "逾期未答复，视为同意公开（条例第三十四条）",
    ]
    assert facts_on_file(office.case, {}) == {"third_party_silence"}
    # 4 月 1 日原来期满；3 月 11 日收到，扣除到 4 月 1 日的 15 个工作日，4 月 23 日期满。
    assert case_deadline(happenings(office.case), rules_on(RECEIVED)).due == date(2024, 4, 23)


def test_an_organ_without_a_legal_limit_is_never_silent(office: Office) -> None:
    """条例第三十三条没有规定其他机关的答复期限。"""
    organ = asked(office, Kind.OTHER_ORGAN)
    assert "法律没有规定答复期限" in refused(
        lambda: consulting.record_silence(organ, on=date(2024, 6, 3), by=office.officer)
    )


def test_a_third_party_is_stored_sealed_and_in_no_log(office: Office) -> None:
    """个人信息保护法第五十一条：第三方和意见加密，审计和事件里没有。"""
    one = asked(office, Kind.THIRD_PARTY)
    consulting.record_opinion(
        one, consents=False, text="试验隐私意见", on=date(2024, 3, 20), by=office.officer
    )
    row = Consultation.objects.values().get()
    stored = b"".join(bytes(row[name]) for name in ("ciphertext", "opinion_ciphertext"))
    said = "".join(
        [
            *Event.objects.values_list("payload_text", flat=True),
            *CaseEvent.objects.values_list("payload_text", flat=True),
            *(str(value) for value in row.values() if isinstance(value, str)),
        ]
    )
    for secret in ("试验第三方", "试验电话", "试验隐私意见"):
        assert (secret.encode() in stored, secret in said) == (False, False)
    one.refresh_from_db()
    assert (party_of(one), opinion_of(one)) == (
        ("试验第三方", "试验电话"),
        "试验隐私意见",
    )


def test_abandonment_waits_for_the_last_day_of_a_served_notice(office: Office) -> None:
    """条例第三十条：送达起算，期满次日起才能按放弃处理；补正后才有“仍不明确”。"""
    case, by = office.case, office.officer
    assert "15 个工作日" in refused(
        lambda: correcting.ask_correction(case, items=["年份"], days=16, on=DAY, by=by)
    )
    correcting.ask_correction(case, items=["写明年份", " "], days=5, on=DAY, by=by)
    assert "送达还没有登记" in refused(lambda: drafted(office, "not_corrected"))
    correcting.record_notice_arrived(case, proof="回执", on=date(2024, 3, 8), by=by)
    assert "到 2024-03-15 才满" in refused(
        lambda: drafted(office, "not_corrected", date(2024, 3, 15))
    )
    assert "只能以逾期或者撤回办结" in refused(
        lambda: drafted(office, "granted", date(2024, 3, 18))
    )
    draft = drafted(office, "not_corrected", date(2024, 3, 18))
    signing.send_back_draft(case, reason="再等一等", on=date(2024, 3, 18), by=office.head)
    assert (case.state, draft.outcome) == ("correcting", "not_corrected")
    correcting.record_correction(case, on=date(2024, 3, 19), by=by)
    assert "补正只能一次性告知" in refused(
        lambda: correcting.ask_correction(case, items=["再补"], days=5, on=date(2024, 3, 20), by=by)
    )
    assert drafted(office, "still_unclear", date(2024, 3, 20)).outcome == "still_unclear"


def test_an_extension_needs_another_who_heads_and_is_given_once(office: Office) -> None:
    """条例第三十三条：负责人同意，不超过二十个工作日，一次，期限内告知。"""
    case, by = office.case, office.officer
    appoint(by, office.cast.office, role=Role.LEADER, since=SINCE, by=office.cast.li)
    propose = extending.propose_extension
    assert "1 至 20 个工作日" in refused(lambda: propose(case, days=21, reason="多", on=DAY, by=by))
    assert "已过答复期限 2024-04-01" in refused(
        lambda: propose(case, days=5, reason="多", on=date(2024, 4, 2), by=by)
    )
    proposal = propose(case, days=10, reason="资料多", on=DAY, by=by)
    assert "不能批准自己的提请" in refused(
        lambda: extending.approve_extension(case, told_on=DAY, by=by)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        type(proposal).objects.filter(pk=proposal.pk).update(judged_by=by, told_on=DAY)
    extending.approve_extension(case, told_on=DAY, by=office.head)
    assert case_deadline(happenings(case), rules_on(RECEIVED)).due == date(2024, 4, 16)
    assert "只能延长 1 次" in refused(lambda: propose(case, days=5, reason="多", on=DAY, by=by))


def test_a_demand_for_reasons_has_three_exits(office: Office) -> None:
    """条例第三十五条：理由不合理，不予处理；合理，照常答复；合理而不能按时，另定合理期限。"""
    cast, by = office.cast, office.officer
    cases = [office.case, *(request_of(cast.county, by) for _ in range(2))]
    for case, accepted in zip(cases, (False, True, True), strict=True):
        reasons.ask_reason(case, found="一月内三十一件", on=DAY, by=by)
        reasons.judge_reason(case, accepted=accepted, finding="已核对", on=DAY, by=by)
    late = date(2024, 5, 10)
    assert "申请理由审查为合理" in refused(
        lambda: reasons.delay_answer(cases[0], until=late, on=DAY, by=by)
    )
    reasons.delay_answer(cases[2], until=late, on=DAY, by=by)
    assert case_deadline(happenings(cases[2]), rules_on(RECEIVED)).due == late
    facts = {"reasons": "写明"}
    draft = signing.draft_reply
    assert "审查为不合理" in refused(
        lambda: draft(cases[1], result="excessive", facts=facts, on=DAY, by=by)
    )
    assert draft(cases[0], result="excessive", facts=facts, on=DAY, by=by).outcome == "excessive"


def test_a_unit_returns_what_it_was_given_once(office: Office) -> None:
    """条例第四十五条：交办有内部期限，催办计次，交回写明有无；别的单位看不到也交不了。"""
    cast, by = office.cast, office.officer
    given = assigning.assign(
        office.case, to=cast.grain, task="查台账", due_on=date(2024, 3, 12), on=DAY, by=by
    )
    assigning.chase(given, on=date(2024, 3, 11), by=by)
    with pytest.raises(RoleRefused, match="交办给的单位"):
        assigning.return_assignment(given, nil=True, answer="无", on=DAY, by=cast.sun)
    assigning.return_assignment(given, nil=True, answer="查了台账，没有", on=DAY, by=cast.chen)
    assert "已经由另一位同志交回" in refused(
        lambda: assigning.return_assignment(given, nil=False, answer="有", on=DAY, by=by)
    )
    row = Assignment.objects.get()
    assert (row.chased, row.nil, row.returned_by) == (1, True, cast.chen)


@pytest.mark.parametrize(
    ("on", "said"), [(date(2024, 3, 1), "早于收到申请"), (date(9999, 1, 1), "晚于今天")]
)
def test_a_day_that_cannot_be_is_refused(office: Office, on: date, said: str) -> None:
    assert said in refused(lambda: ask(office, Kind.THIRD_PARTY, on))


def test_a_state_says_what_can_be_done_instead(office: Office) -> None:
    drafted(office)
    said = refused(lambda: ask(office, Kind.THIRD_PARTY))
    assert said == (
        "案件现在是“待签发”，不能征求意见。现在可以：撤回拟稿、退回拟稿、保密审查、合法性审核、签发。"
    )
    assert taking.permit(office.case, "take-back", on=DAY, by=office.officer).draft is not None
