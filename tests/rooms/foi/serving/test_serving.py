"""送达：发出不等于送达，有凭证才算；没有送到的留着再送；送达日期由规则推算，不能手填。"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.handling import todo as handling
from gongkai.foi.handling.actions import correcting, reasons
from gongkai.foi.models import CaseEvent
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.queries import drifted_cases
from gongkai.foi.serving.actions.looking import look_at_paper
from gongkai.foi.serving.actions.recording import Slip, confirm_received, record_result
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import Result, ServiceAttempt, ServicePaper, What
from gongkai.foi.serving.queries import attempts_of, windows_of
from gongkai.law.service import Means
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import Cast
from tests.rooms.foi.test_steps import DAY, Office, drafted, make_office, refused, sign_all

SENT, SIGNED = date(2024, 3, 7), date(2024, 3, 11)
EMS = "1234567890123"


@pytest.fixture
def office(cast: Cast) -> Office:
    """A request that is decided and not yet sent."""
    office = make_office(cast)
    sign_all(office, drafted(office))
    return office


def sent(
    office: Office, means: Means = Means.POST, *, what: What = What.DECISION, on: date = SENT
) -> ServiceAttempt:
    note = (
        "" if means in (Means.POST, Means.HANDED, Means.ENTRUSTED) else "拒收；申请表选择；公告栏"
    )
    return send(office.case, Sending(what, means, EMS, note), on=on, by=office.officer)


def recorded(
    office: Office,
    attempt: ServiceAttempt,
    result: Result = Result.DELIVERED,
    *,
    names: str = "试验签收人",
    on: date = SIGNED,
    by: Person | None = None,
) -> ServiceAttempt:
    slip = Slip("签收回执", names)
    return record_result(attempt, result=result, slip=slip, on=on, by=by or office.officer)


def waiting(person: Person, on: date) -> list[str]:
    return [one.act for one in told(handling.todo(standing_on(person, on), rules_on(on), {}))]


def test_a_decision_is_served_when_its_slip_is_there_and_on_the_day_of_its_rule(
    office: Office,
) -> None:
    """国办公开办函〔2016〕235号：发出时还没有送达；有回执才算，邮寄以交邮之日为送达日期。"""
    attempt = sent(office)
    assert (office.case.state, office.case.served_on) == ("decided", None)
    recorded(office, attempt)
    assert (attempt.case.state, attempt.case.served_on) == ("served", SENT)
    last = CaseEvent.objects.filter(case=office.case).latest("seq")
    assert (last.kind, str(attempt.uid) in last.payload_text) == ("served", True)
    assert list(drifted_cases()) == []


def test_the_windows_begin_when_the_applicant_knew(office: Office) -> None:
    """行政复议法第二十条、行政诉讼法第四十六条：从收到之日算，不是从交邮之日。"""
    recorded(office, sent(office))
    found, _ = windows_of(office.case, attempts_of(office.case), rules_on(DAY))
    assert found is not None
    assert [(one.remedy.way.value, one.last_day) for one in found.open_until] == [
        ("review", date(2024, 5, 10)),
        ("suit", date(2024, 9, 11)),
    ]


def test_what_failed_stays_and_another_attempt_is_asked_for(office: Office) -> None:
    """退回的一次留着、不能改；待办提示再送；第二次送到才算送达。"""
    first = sent(office)
    recorded(office, first, Result.RETURNED)
    assert office.case.state == "decided"
    assert waiting(office.officer, SIGNED) == ["换一种方式再送"]
    second = sent(office, Means.HANDED, on=SIGNED)
    recorded(office, second, on=date(2024, 3, 12))
    assert (second.case.served_on, ServiceAttempt.objects.count()) == (date(2024, 3, 12), 2)
    with pytest.raises(IntegrityError, match="不能更改"), transaction.atomic():
        ServiceAttempt.objects.filter(pk=first.pk).update(result=Result.DELIVERED)


def test_a_reply_that_is_not_sent_or_not_answered_waits_for_the_officer(office: Office) -> None:
    """参数 service.send_within、service.result_within：签发未发出、发出无结果都在待办里。"""
    assert waiting(office.officer, DAY) == ["送达"]
    sent(office)
    assert waiting(office.officer, date(2024, 3, 21)) == []
    assert waiting(office.officer, date(2024, 3, 22)) == ["查询并登记送达结果"]


def test_nothing_is_waited_for_once_the_answer_is_served(cast: Cast) -> None:
    """答复送达后案件办结：先前发出、没有结果的说明理由告知书不再催。"""
    office = make_office(cast)
    reasons.ask_reason(office.case, found="一月三十一件", on=DAY, by=office.officer)
    sent(office, Means.HANDED, what=What.REASON, on=DAY)
    sign_all(office, drafted(office))
    assert waiting(office.officer, date(2024, 4, 1)) == ["送达", "查询并登记送达结果"]
    recorded(office, sent(office))
    assert waiting(office.officer, date(2024, 4, 1)) == []


def test_nothing_is_served_before_it_is_written(cast: Cast) -> None:
    """没有作出的答复不能送达，送签中的也不能。"""
    office = make_office(cast)
    assert "没有要送达的文书" in refused(lambda: sent(office))
    drafted(office)
    assert "没有要送达的文书" in refused(lambda: sent(office))
    assert ServiceAttempt.objects.count() == 0


def test_each_way_asks_for_what_proves_it(office: Office) -> None:
    """邮寄要号码，直接送达要签收人，留置要两名见证人，公告先有送不到的，电子送达要申请人同意。"""
    plain = {means: Sending(What.DECISION, means) for means in Means}

    def sending(means: Means) -> str:
        return refused(lambda: send(office.case, plain[means], on=SENT, by=office.officer))

    assert "邮件号码" in sending(Means.POST)
    assert "怎样同意电子送达" in sending(Means.ELECTRONIC)
    assert "拒收的事由" in sending(Means.LEFT)
    assert "先用其他方式" in refused(lambda: sent(office, Means.NOTICE))
    early = Sending(What.DECISION, Means.HANDED)
    assert "早于答复作出的日期" in refused(
        lambda: send(office.case, early, on=date(2024, 3, 5), by=office.officer)
    )
    left = sent(office, Means.LEFT)
    assert "至少 2 名见证人" in refused(lambda: recorded(office, left, names="甲、甲"))
    assert "早于发出的日期" in refused(lambda: recorded(office, left, Result.FAILED, on=DAY))
    recorded(office, left, names="甲、乙")
    assert office.case.__class__.objects.get(pk=office.case.pk).served_on == SIGNED


def test_a_public_notice_serves_when_its_days_have_passed(office: Office) -> None:
    """参数 service.notice_days：公告的送达日期按天数推算，填哪一天都一样。"""
    recorded(office, sent(office), Result.RETURNED)
    attempt = sent(office, Means.NOTICE, on=SIGNED)
    recorded(office, attempt, on=SIGNED)
    assert (attempt.ended_on, attempt.case.served_on) == (date(2024, 4, 10), date(2024, 4, 10))


def test_another_role_neither_sends_nor_records(office: Office) -> None:
    """谁办理谁负责：负责人、保密审查不能登记送达。"""
    with pytest.raises(RoleRefused, match="“送达”"):
        send(office.case, Sending(What.DECISION, Means.HANDED), on=SENT, by=office.head)
    attempt = sent(office)
    with pytest.raises(RoleRefused, match="“登记送达结果”"):
        recorded(office, attempt, by=office.secrecy)


def test_who_signed_is_sealed_and_shown_only_with_a_record(office: Office) -> None:
    """个人信息保护法第五十一条：签收人不在案件、事件、审计里；打开有记录；外单位看不到。"""
    recorded(office, sent(office))
    paper = ServicePaper.objects.get()
    stored = str(list(ServiceAttempt.objects.values_list())) + str(bytes(paper.ciphertext))
    logged = "".join(Event.objects.values_list("payload_text", flat=True))
    assert "试验签收人" not in stored + logged
    _, data = look_at_paper(paper, reason=Reason.SERVE, by=office.officer)
    assert data.decode() == "试验签收人"
    assert Event.objects.filter(kind="identity.looked").count() == 1
    with pytest.raises(RoleRefused):
        look_at_paper(paper, reason=Reason.SERVE, by=office.cast.sun)


def test_the_applicant_confirms_an_electronic_letter(office: Office) -> None:
    """电子送达：申请人在查询页确认之日为送达日期；别的方式不能这样确认。"""
    post = sent(office)
    assert "没有等待您确认" in refused(lambda: confirm_received(post))
    recorded(office, post, Result.FAILED)
    mail = sent(office, Means.ELECTRONIC, on=SIGNED)
    confirm_received(mail)
    assert (mail.case.served_on, mail.recorded_by) == (clock.today(), None)
    assert "没有等待您确认" in refused(lambda: confirm_received(mail))


def test_a_correction_notice_served_lets_its_period_run(cast: Cast) -> None:
    """条例第三十条：补正期限从送达起算，登记送达结果就是登记送达。"""
    office = make_office(cast)
    correcting.ask_correction(office.case, items=["年份"], days=10, on=DAY, by=office.officer)
    attempt = sent(office, Means.HANDED, what=What.CORRECTION)
    recorded(office, attempt)
    notice = office.case.__class__.objects.get(pk=office.case.pk).correction_notice
    assert (notice.arrived_on, notice.proof) == (SIGNED, "签收回执")
