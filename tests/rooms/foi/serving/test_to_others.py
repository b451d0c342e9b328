"""给第三方、共同制作机关的文书也照样送达：方式、号码、没有送到的、凭证、收到之日；申请人看不到，回证仍是申请人的。"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.files.kinds import Kind as FileKind
from gongkai.foi.clock import intervals
from gongkai.foi.handling.actions import consulting
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.handling.models import Consultation
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.models import Case
from gongkai.foi.queries import drifted_cases, happenings
from gongkai.foi.receiving.actions import confirm_by_office
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.receiving.rules import How
from gongkai.foi.serving.actions.recording import Slip, confirm_received, record_result
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import TO_OTHERS, Result, ServiceAttempt, ServicePaper, What
from gongkai.foi.serving.sealed import open_paper
from gongkai.law.intervals import Kind, consultation
from gongkai.law.letters import SERVED_AS
from gongkai.law.service import Means
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast
from tests.rooms.foi.receiving.filling import submitted
from tests.rooms.foi.serving.test_serving import EMS, waiting
from tests.rooms.foi.test_looks import desk
from tests.rooms.foi.test_step_letters import (
    MATTER,
    PARTY,
    PUBLIC,
    asks,
    drafted,
    objected,
    written,
)
from tests.rooms.foi.test_step_pages import post
from tests.rooms.foi.test_steps import DAY, Office, make_office, refused, sign_all
from tests.rooms.portal.static_root import make_static_root

SENT, CAME_BACK, ARRIVED = date(2024, 3, 7), date(2024, 3, 11), date(2024, 3, 13)


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)


def sent(
    office: Office,
    asked: Consultation,
    means: Means = Means.POST,
    *,
    what: What = What.ENQUIRY,
    on: date = SENT,
) -> ServiceAttempt:
    note = "" if means in (Means.POST, Means.HANDED) else "对方书面同意用电子邮件"
    sending = Sending(what, means, EMS, note, asked)
    return send(office.case, sending, on=on, by=office.officer)


def recorded(
    office: Office, attempt: ServiceAttempt, result: Result = Result.DELIVERED, on: date = ARRIVED
) -> ServiceAttempt:
    slip = Slip("投递查询结果", "某收发室", Inspected("回执.pdf", FileKind.PDF, pdf("x")))
    return record_result(attempt, result=result, slip=slip, on=on, by=office.officer)


def to_send(office: Office, on: date = SENT) -> list[str]:
    return [one.label for one in facts_of(office.case, on).to_send]


def test_what_is_served_is_what_the_table_of_letters_knows() -> None:
    """law.md 4.4：送达的种类就是文书表里的种类，一个不多，一个不少。"""
    assert {what.value for what in What} == set(SERVED_AS)


def test_an_enquiry_that_came_back_is_sent_again_and_its_arrival_starts_the_days(
    office: Office,
) -> None:
    """条例第三十二条、第三十三条：退回的留着；送到的收到之日起算十五个工作日和扣除的时间，不是交邮之日。"""
    asked = asks(office, Kind.THIRD_PARTY)
    letter = written(office, "D06")
    named = "征求第三方意见书（第 1 份，示政公函〔2024〕1号，2024-03-06 征求）"
    assert to_send(office) == [named]
    first = sent(office, asked)
    assert (first.letter, first.letter_sha256) == (letter, letter.pdf_sha256)
    assert to_send(office) == []
    recorded(office, first, Result.RETURNED, CAME_BACK)
    asked.refresh_from_db()
    assert (asked.received_on, to_send(office)) == (None, [named])
    recorded(office, sent(office, asked, Means.HANDED, on=CAME_BACK))
    asked.refresh_from_db()
    known = facts_of(office.case, ARRIVED)
    assert (asked.received_on, asked.proof) == (ARRIVED, "投递查询结果")
    assert (known.last_day_of(asked), known.to_send) == (date(2024, 4, 3), ())
    assert intervals(happenings(office.case)) == [
        consultation(Kind.THIRD_PARTY, ARRIVED, None, sent=DAY)
    ]
    scans = ServicePaper.objects.filter(kind="scan")
    assert [open_paper(one) for one in scans] == [("回执.pdf", pdf("x"))] * 2
    assert list(drifted_cases()) == []


def test_by_post_the_days_run_from_the_day_it_was_signed_for(office: Office) -> None:
    """国办公开办函〔2016〕235号、条例第三十四条：邮寄的交邮之日算送达，对方的期限仍从收到之日起算。"""
    asked = asks(office, Kind.CO_MAKER)
    written(office, "D08")
    attempt = recorded(office, sent(office, asked))
    asked.refresh_from_db()
    assert (attempt.sent_on, asked.received_on) == (SENT, ARRIVED)


def test_each_of_several_parties_is_served_by_itself(office: Office) -> None:
    """条例第三十二条：两份征求意见书各送各的，同一份不能同时送两次，另一份不受影响。"""
    one, two = asks(office, Kind.THIRD_PARTY), asks(office, Kind.THIRD_PARTY)
    for asked in (one, two):
        written(office, f"D06-{asked.uid}")
    attempt = sent(office, one)
    assert "没有要送达的征求第三方意见书" in refused(lambda: sent(office, one))
    other = sent(office, two)
    recorded(office, other, Result.FAILED, CAME_BACK)
    recorded(office, attempt)
    assert list(Consultation.objects.order_by("pk").values_list("received_on", flat=True)) == [
        ARRIVED,
        None,
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceAttempt.objects.filter(pk=attempt.pk).update(asked=two)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceAttempt.objects.create(
            case=office.case, what=What.DECISION, asked=two, means="handed", sent_on=SENT,
            sent_by=office.officer,
        )  # fmt: skip


def test_no_slip_is_written_for_them_and_the_log_names_nobody(office: Office) -> None:
    """law.md 4.4：送达回证是申请人的；第三方的姓名、签收人不进审计。"""
    asked = asks(office, Kind.THIRD_PARTY)
    written(office, "D06")
    recorded(office, sent(office, asked, Means.HANDED))
    assert not IssuedLetter.objects.filter(code="D23").exists()
    log = "".join(Event.objects.values_list("payload_text", flat=True))
    assert [word in log for word in (PARTY, "某收发室", str(asked.uid))] == [False, False, True]


def test_what_was_recorded_before_there_were_attempts_stays_as_it_is(office: Office) -> None:
    """升级：先前登记过收到的不用再送；送达途中的不另行登记收到；文书在别处写的，照样登记送达。"""
    old, new = asks(office, Kind.THIRD_PARTY), asks(office, Kind.OTHER_ORGAN)
    consulting.record_arrival(old, proof="签收单", on=SENT, by=office.officer)
    assert to_send(office) == ["协办函（第 2 份，试验县交通局，2024-03-06 征求）"]
    attempt = sent(office, new, Means.HANDED)
    assert (attempt.letter, attempt.letter_sha256) == (None, "")
    again = refused(
        lambda: consulting.record_arrival(new, proof="签收单", on=SENT, by=office.officer)
    )
    assert "请办“登记送达结果”" in again
    recorded(office, attempt)
    days = Consultation.objects.order_by("pk").values_list("received_on", "proof")
    assert list(days) == [(SENT, "签收单"), (ARRIVED, "投递查询结果")]


def test_a_slip_that_comes_late_proves_and_moves_nothing(office: Office) -> None:
    """条例第三十三条：意见先到、回执后到的，凭证留下，期限不变。"""
    asked = asks(office, Kind.THIRD_PARTY)
    written(office, "D06")
    attempt = sent(office, asked)
    consulting.record_opinion(asked, consents=True, text="", on=CAME_BACK, by=office.officer)
    before = list(happenings(office.case))
    recorded(office, attempt)
    assert (attempt.result, list(happenings(office.case))) == ("delivered", before)


def test_an_overruled_party_is_served_also_when_the_answer_is(office: Office) -> None:
    """条例第三十二条：决定公开告知第三方书自己送；答复先送达、案件办结后，仍可以送、登记，不改变案件。"""
    asked = objected(office)
    on = date(2024, 3, 12)
    sign_all(office, drafted(office, public_interest=PUBLIC), on=on)
    answer = send(office.case, Sending(What.DECISION, Means.HANDED), on=on, by=office.officer)
    record_result(
        answer, result=Result.DELIVERED, slip=Slip("回证", "某人"), on=on, by=office.officer
    )
    office.case.refresh_from_db()
    label = "决定公开告知第三方书（第 1 份，示政公复〔2024〕2号，2024-03-06 征求）"
    assert (office.case.state, to_send(office, on)) == ("served", [label])
    assert waiting(office.officer, on) == ["送达"]
    attempt = sent(office, asked, what=What.OVERRIDING, on=on)
    assert waiting(office.officer, date(2024, 4, 8)) == ["查询并登记送达结果"]
    recorded(office, attempt, Result.REFUSED)
    assert waiting(office.officer, ARRIVED) == ["换一种方式再送"]
    recorded(office, sent(office, asked, Means.HANDED, what=What.OVERRIDING, on=ARRIVED))
    assert (waiting(office.officer, date(2024, 4, 8)), to_send(office, ARRIVED)) == ([], [])
    office.case.refresh_from_db()
    assert (office.case.state, office.case.served_on) == ("served", on)


def test_an_enquiry_that_is_printed_waits_to_be_sent_and_asked_after(office: Office) -> None:
    """参数 service.send_within、service.result_within：印发没有发出、退回的在待办里；意见到了就不再催。"""
    asked = asks(office, Kind.THIRD_PARTY)
    written(office, "D06")
    assert "送达" in waiting(office.officer, DAY)
    attempt = sent(office, asked)
    assert "送达" not in waiting(office.officer, SENT)
    recorded(office, attempt, Result.RETURNED, CAME_BACK)
    assert "换一种方式再送" in waiting(office.officer, CAME_BACK)
    consulting.record_opinion(asked, consents=True, text="", on=ARRIVED, by=office.officer)
    assert "换一种方式再送" not in waiting(office.officer, ARRIVED)


def test_the_pages_serve_an_enquiry(cast: Cast) -> None:
    """5.9：登记征求意见以后，“送达”列出它，选上就送；登记结果，案件页写明对方收到的日期；不写第三方是谁。"""
    office = make_office(cast)
    client, case = desk(office.officer), office.case
    asked = asks(office, Kind.THIRD_PARTY)
    written(office, "D06")
    form = client.get(f"/desk/case/{case.url_key}/step/send/").context["form"]
    ((key, _),) = form.fields["what"].choices
    assert key == f"enquiry-{asked.uid}"
    typed = {"what": key, "means": "post", "tracking": EMS, "note": "", "on": SENT}
    assert post(client, case, "send", **typed)[0] == 302
    assert post(client, case, "send", **typed)[0] == 409
    which = ServiceAttempt.objects.get().uid
    slip = {"which": which, "result": "delivered", "proof": "投递查询", "names": "", "on": ARRIVED}
    assert post(client, case, "record-service", **slip)[0] == 302
    text = client.get(f"/desk/case/{case.url_key}/").content.decode()
    service = client.get(f"/desk/case/{case.url_key}/service/").content.decode()
    assert ["2024-03-13</span>（投递查询）" in text, "征求第三方意见书（示政公函" in service] == [
        True
    ] * 2
    assert PARTY not in text + service


def test_the_applicant_neither_sees_nor_confirms_what_goes_to_others(
    cast: Cast, client: Client, settings: object
) -> None:
    """个人信息保护法第五条：查询页没有给第三方的送达，凭查询码也不能替第三方确认收到。"""
    settings.STATUS_PER_HOUR = 10_000  # type: ignore[attr-defined]
    arrived = submitted(cast.office)
    confirm_by_office(arrived.submission, how=How.CALL, by=cast.wang)
    case, today = Case.objects.get(), clock.today()
    asked = consulting.ask_opinion(
        case,
        whom=Kind.THIRD_PARTY,
        party=consulting.Party(PARTY, "试验路9号", MATTER),
        on=today,
        by=cast.wang,
    )
    sending = Sending(What.ENQUIRY, Means.ELECTRONIC, note="对方书面同意", asked=asked)
    attempt = send(case, sending, on=today, by=cast.wang)
    code = {"number": arrived.submission.number, "code": arrived.code}
    text = client.post("/apply/status/", code).content.decode()
    assert ["征求第三方意见书" in text, str(attempt.uid) in text] == [False, False]
    answer = client.post("/apply/status/", {**code, "act": "received", "letter": attempt.uid})
    assert answer.status_code == 409
    assert "没有等待您确认" in refused(lambda: confirm_received(attempt))
    attempt.refresh_from_db()
    assert (attempt.waiting, What(attempt.what) in TO_OTHERS) == (True, True)
