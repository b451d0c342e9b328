"""双方确认（条例第三十一条）：都确认了才有收到日期和受理编号；证据是登记的时间，不是填的日期。"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.identity import reveal
from gongkai.foi.models import Case
from gongkai.foi.personal.actions import purge
from gongkai.foi.personal.queries import purge_list
from gongkai.foi.receiving.actions import (
    confirm_by_applicant,
    confirm_by_office,
    record_unreachable,
    refuse_submission,
)
from gongkai.foi.receiving.models import State, Submission, SubmissionFile
from gongkai.foi.receiving.queries import by_code, nth_this_month
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import Ground, How
from gongkai.law.rules import Rules
from gongkai.people.actions import register_person
from gongkai.project.keys.actions import rotate
from tests.rooms.agencies.county import merge
from tests.rooms.cast import SINCE, Cast
from tests.rooms.foi.receiving.filling import FILE, IDENTITY, submitted
from tests.rooms.walk.world import signed_in


def fresh(row: Submission) -> Submission:
    return Submission.objects.get(pk=row.pk)


def test_case_begins_when_both_sides_have_confirmed(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """受理机构先发邮件、申请人次日在查询页确认：次日为收到之日，编号、期限日表申请人当场看到。"""
    sent = submitted(cast.office)
    confirm_by_office(sent.submission, how=How.TOLD, by=cast.wang)
    assert (fresh(sent.submission).state, Case.objects.count()) == (State.WAITING, 0)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 2, 2, tzinfo=UTC))

    asked = {"number": sent.submission.number, "code": sent.code, "act": "confirm"}
    page = client.post("/apply/status/", asked).content.decode()

    case, row = Case.objects.get(), fresh(sent.submission)
    assert (case.received_on.isoformat(), case.channel, case.number) == (
        "2026-12-02",
        "web",
        "2026-0001",
    )
    assert (row.case, row.state, bytes(row.identity)) == (case, State.REGISTERED, b"")
    assert reveal(case.applicant) == IDENTITY
    assert all(word in page for word in ("2026-0001", "期限日表", "第 20 日"))
    assert client.post("/apply/status/", asked).status_code == 409


def test_call_that_reaches_the_applicant_is_both_sides(cast: Cast) -> None:
    """通了电话：双方在电话里确认，当即登记（国办公开办函〔2015〕207号）。"""
    sent = submitted(cast.office)
    officer = signed_in(cast.wang)
    answer = officer.post(
        f"/desk/intake/{sent.submission.number}/confirm/", {"how": "call", "note": "上午"}
    )
    assert answer.status_code == 302
    assert Case.objects.get().received_on == clock.today()


def test_second_of_two_officers_is_told(cast: Cast) -> None:
    """两个人同时确认：一件案件，后到的被告知；收件人那一方也只记一次。"""
    sent = submitted(cast.office)
    one, other = fresh(sent.submission), fresh(sent.submission)
    confirm_by_office(one, how=How.CALL, by=cast.wang)
    with pytest.raises(SubmissionRefused, match="刚刚有人办过"):
        confirm_by_office(other, how=How.CALL, by=cast.li)
    with pytest.raises(SubmissionRefused, match="已登记为申请"):
        confirm_by_applicant(fresh(sent.submission))
    assert Case.objects.count() == 1


def test_unreachable_is_on_record_and_confirmed_later(cast: Cast) -> None:
    """联系不上先登记，可以多次；恢复联系后确认之日为收到之日。"""
    row = submitted(cast.office).submission
    for how in (How.NO_ANSWER, How.BAD_PHONE):
        record_unreachable(row, how=how, note="打 13900000001 没有人接", by=cast.wang)
    assert fresh(row).state == State.UNREACHABLE
    assert [step.note for step in row.steps.filter(kind="unreachable")] == [
        "打 139****0001 没有人接"
    ] * 2
    confirm_by_office(row, how=How.PRESENT, by=cast.wang)
    assert fresh(row).state == State.REGISTERED


def test_spam_is_refused_with_a_reason_and_stays(cast: Cast, client: Client) -> None:
    """广告：写明理由才能不作为申请登记，记录留着，申请人看得到；之后不能再确认。"""
    sent = submitted(cast.office)
    with pytest.raises(SubmissionRefused, match="写明"):
        refuse_submission(sent.submission, ground=Ground.SPAM, note=" ", by=cast.wang)
    refuse_submission(fresh(sent.submission), ground=Ground.SPAM, note="推销", by=cast.wang)
    page = client.post(
        "/apply/status/", {"number": sent.submission.number, "code": sent.code}
    ).content.decode()
    assert "没有作为申请登记：广告等垃圾信息" in page
    with pytest.raises(SubmissionRefused, match="不作为申请登记"):
        confirm_by_office(fresh(sent.submission), how=How.CALL, by=cast.wang)


def test_looks_and_downloads_are_logged_before_they_are_shown(cast: Cast) -> None:
    """看身份、打印登记表、下载附件：各记一次（谁、为什么），审计里没有内容；没有事由不给看。"""
    row = submitted(cast.office).submission
    officer, address = signed_in(cast.wang), f"/desk/intake/{row.number}/"
    assert officer.post(f"{address}look/", {"reason": ""}).status_code == 400
    seen = officer.post(f"{address}look/", {"reason": "verify"}).content.decode()
    sheet = officer.post(f"{address}look/", {"reason": "verify", "sheet": "1"}).content.decode()
    file = officer.post(f"{address}file/{row.files.get().uid}/", {"reason": "verify"})
    assert "淯喆昇申请人" in seen
    assert "签字" in sheet
    assert "虚构附件内容".encode() in file.content
    assert (file["Content-Type"], file["Content-Disposition"].startswith("attachment")) == (
        "application/octet-stream",
        True,
    )
    looks = Event.objects.filter(kind="identity.looked", subject=f"submission:{row.uid}")
    told = [json.loads(look.payload_text) for look in looks]
    assert [one["reason"] for one in told] == ["verify"] * 3
    assert FILE not in "".join(look.payload_text for look in looks)


def test_other_agencies_and_other_roles_do_not_see_it(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """外单位 404，没有这件与不给看一样；本单位没有收件职务的 403；三员看不到。"""
    row = submitted(cast.office).submission
    stranger, head = signed_in(cast.sun), signed_in(cast.zhao)
    assert stranger.get(f"/desk/intake/{row.number}/").status_code == 404
    assert stranger.get("/desk/intake/ZZZZ-ZZZZ/").status_code == 404
    with django_assert_max_num_queries(15):
        assert head.get(f"/desk/intake/{row.number}/").status_code == 200
    with django_assert_max_num_queries(12):
        assert row.number in head.get("/desk/intake/").content.decode()
    refused = head.post(f"/desk/intake/{row.number}/confirm/", {"how": "call"})
    assert (refused.status_code, fresh(row).state) == (403, State.WAITING)


def test_same_applicant_is_counted_by_digest(cast: Cast) -> None:
    """本月第几件：登记过的和等着的都数，只凭摘要。"""
    first, second = (submitted(cast.office).submission for _ in range(2))
    confirm_by_office(first, how=How.CALL, by=cast.wang)
    third = submitted(cast.office).submission
    assert [nth_this_month(fresh(row)) for row in (first, second, third)] == [1, 2, 3]


def test_code_and_files_survive_a_change_of_keys(cast: Cast, settings: Any) -> None:
    """换过密钥、旧密钥撤走：查询码照样查，身份和附件照样打开。"""
    sent = submitted(cast.office)
    settings.IDENTITY_KEYS_OLD = (settings.IDENTITY_KEY,)
    settings.IDENTITY_KEY = "another-key-for-tests-0000000000000000"
    assert rotate(lambda _: None, by=cast.li).closed == []
    settings.IDENTITY_KEYS_OLD = ()
    found = by_code(sent.submission.number, sent.code)
    assert found is not None
    confirm_by_office(found, how=How.CALL, by=cast.wang)
    assert reveal(Case.objects.get().applicant) == IDENTITY


def test_what_never_became_a_request_is_destroyed_in_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """保存期限到了：没有登记的收件连同附件销毁，行和编号留着；凭码查不到了。"""
    sent = submitted(cast.office)
    later = Rules.national(clock.today().replace(year=clock.today().year + 11, day=1))
    listed = purge_list(later)
    assert listed.submissions == ((cast.office.code, sent.submission.number),)
    purge(listed.hash, rules=later, by=cast.li)
    row = fresh(sent.submission)
    assert (bytes(row.identity), bytes(row.content), row.digest) == (b"", b"", "")
    assert bytes(SubmissionFile.objects.get().ciphertext) == b""
    assert by_code(sent.submission.number, sent.code) is None


def test_heir_of_an_agency_that_is_no_more_registers_what_it_left(cast: Cast) -> None:
    """受理机关并入别的机关：承接机关的人继续确认，登记为承接机关的案件。"""
    row = submitted(cast.lakes).submission
    merge(cast)
    officer = register_person(name="粮食局承办", staff_no="T-GRAIN", by=cast.li)
    appoint(officer, cast.grain, role=Role.CASE_OFFICER, since=SINCE, by=cast.li)
    confirm_by_office(fresh(row), how=How.CALL, by=officer)
    assert (Case.objects.get().agency, fresh(row).state) == (cast.grain, State.REGISTERED)
