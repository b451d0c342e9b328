"""送达和收费的页面：经办人照表办，申请人在查询页看到同样的日期和算法；写错的说清楚，不留痕迹。"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.foi import actions
from gongkai.foi.charging.models import Basis, FeeNotice
from gongkai.foi.handling.actions import signing
from gongkai.foi.models import Case
from gongkai.foi.receiving.actions import confirm_by_office
from gongkai.foi.receiving.rules import How
from gongkai.foi.serving.models import ServiceAttempt, ServicePaper
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import equip, request_of
from tests.rooms.foi.receiving.filling import submitted
from tests.rooms.foi.test_looks import desk
from tests.rooms.foi.test_step_pages import post, reviewer
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.rulebook.entering import put_value

GIVEN = {"material": "复印件一份"}


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def decided(cast: Cast) -> Case:
    case = request_of(cast.county, cast.wang, on=clock.today() - timedelta(days=10))
    return actions.decide(case, result="granted", on=clock.today(), facts=GIVEN, by=cast.wang)


def sending(**changed: object) -> dict[str, object]:
    typed = {"what": "decision", "means": "post", "tracking": "1234567890123", "note": ""}
    return {**typed, "on": clock.today(), **changed}


def slip(**changed: object) -> dict[str, object]:
    which = ServiceAttempt.objects.latest("pk").uid
    typed = {"which": which, "result": "delivered", "proof": "签收回执", "names": "试验签收人"}
    return {**typed, "on": clock.today(), **changed}


def test_a_letter_is_sent_and_served_over_http_and_its_slip_opened(
    cast: Cast, decided: Case, django_assert_max_num_queries: object
) -> None:
    """案件页给出下一步；扫描件当附件下载，先记后给；案件页不超过 15 次查询，没有签收人。"""
    client, page = desk(cast.wang), f"/desk/case/{decided.url_key}/"
    assert "step/send/" in client.get(page).content.decode()
    assert post(client, decided, "send", **sending())[0] == 302
    scan = SimpleUploadedFile("试验签收人的回执.pdf", pdf("x"))
    assert post(client, decided, "record-service", **slip(scan=scan))[0] == 302
    client.get(page)  # takes the message of the step away
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        text = client.get(page).content.decode()
    said = ("以交邮之日为送达日期", "在答复期限内", "申请行政复议到", "直接提起行政诉讼到")
    assert [word in text for word in said] == [True] * 4
    service = client.get(f"{page}service/").content.decode()
    assert ["第 60 日" in service, "试验签收人" in text + service] == [True, False]
    names, paper = (ServicePaper.objects.get(kind=kind).uid for kind in ("names", "scan"))
    assert client.post(f"{page}service/{names}/", {"reason": ""}).status_code == 400
    shown = client.post(f"{page}service/{names}/", {"reason": "serve"})
    assert "试验签收人" in shown.content.decode()
    answer = client.post(f"{page}service/{paper}/", {"reason": "serve"})
    assert (answer.content, answer["Content-Type"]) == (pdf("x"), "application/octet-stream")
    assert desk(cast.sun).get(f"{page}service/{paper}/").status_code == 404
    assert (
        desk(reviewer(cast, Role.SECRECY_REVIEWER)).get(f"{page}service/{paper}/").status_code
        == 403
    )


def test_what_is_typed_wrong_is_told_and_leaves_nothing(cast: Cast, decided: Case) -> None:
    """号码、日期、选项、扫描件写错：各有一句中文，没有送达记录；别的角色 403。"""
    client = desk(cast.wang)
    wrong: list[tuple[dict[str, object], int]] = [
        ({"tracking": "12'; --"}, 409),
        ({"tracking": "9" * 99}, 400),
        ({"on": "2024-02-30"}, 400),
        ({"on": clock.today() + timedelta(days=1)}, 409),
        ({"what": "correction"}, 400),
        ({"means": "<script>"}, 400),
    ]
    told = [post(client, decided, "send", **sending(**typed)) for typed, _ in wrong]
    assert [status for status, _ in told] == [status for _, status in wrong]
    assert all("<script>" not in text for _, text in told)
    assert post(desk(cast.zhao), decided, "send", **sending())[0] == 403
    assert ServiceAttempt.objects.count() == 0
    assert post(client, decided, "send", **sending())[0] == 302
    broken = SimpleUploadedFile("x.exe", b"MZ\x00\x01")
    status, text = post(client, decided, "record-service", **slip(scan=broken))
    assert (status, "没有收下" in text) == (409, True)
    assert ServiceAttempt.objects.get().waiting


def test_the_way_that_was_chosen_in_the_draft_is_chosen_here(cast: Cast) -> None:
    """条例第四十条：拟稿里选的送达方式，登记送达时已经选好；什么都没选的，说要选什么。"""
    equip(cast)
    case = request_of(cast.county, cast.wang, on=clock.today())
    facts, on = {**GIVEN, "service_way": "handed"}, clock.today()
    draft = signing.draft_reply(case, result="granted", facts=facts, on=on, by=cast.wang)
    for role, sign in (
        (Role.SECRECY_REVIEWER, signing.sign_secrecy),
        (Role.LEGALITY_REVIEWER, signing.sign_legality),
    ):
        sign(case, sha256=draft.sha256, on=on, by=reviewer(cast, role))
    signing.sign_reply(case, sha256=draft.sha256, on=on, by=cast.zhao)
    officer = desk(cast.wang)
    form = officer.get(f"/desk/case/{case.url_key}/step/send/").context["form"]
    assert form["means"].value() == "handed"
    status, text = post(officer, case, "send", what="decision", on=on)
    assert (status, "没有选“送达方式”，请从列出的选项中选择一项。" in text) == (400, True)
    assert "这个字段是必填项" not in text


def test_the_applicant_sees_the_letter_confirms_it_and_reads_until_when(
    cast: Cast, client: Client, settings: object
) -> None:
    """查询页：电子送达由申请人确认；确认以后写明复议、起诉到哪一天，附期限日表。"""
    settings.STATUS_PER_HOUR = 10_000  # type: ignore[attr-defined]
    sent = submitted(cast.office)
    confirm_by_office(sent.submission, how=How.CALL, by=cast.wang)
    case = Case.objects.get()
    actions.decide(case, result="granted", on=clock.today(), facts=GIVEN, by=cast.wang)
    mail = sending(means="electronic", note="申请表选择电子邮件")
    assert post(desk(cast.wang), case, "send", **mail)[0] == 302
    asked = {"number": sent.submission.number, "code": sent.code}
    assert "我已收到《" in client.post("/apply/status/", asked).content.decode()
    letter = ServiceAttempt.objects.get().uid
    wrong = client.post("/apply/status/", {**asked, "act": "received", "letter": "甲"})
    assert wrong.status_code == 409
    done = client.post("/apply/status/", {**asked, "act": "received", "letter": letter})
    text = done.content.decode()
    assert [word in text for word in ("不服的，可以到哪一天", "第 60 日", "已送达")] == [True] * 3
    case.refresh_from_db()
    assert (case.state, case.served_on) == ("served", clock.today())


def test_pages_are_counted_by_the_program_and_the_applicant_reads_how(
    cast: Cast, client: Client, settings: object
) -> None:
    """按量计收：上传的 PDF 由程序数页；申请人看到金额和逐档算法；负责人选定收费方式。"""
    settings.STATUS_PER_HOUR = 10_000  # type: ignore[attr-defined]
    sent = submitted(cast.office)
    confirm_by_office(sent.submission, how=How.CALL, by=cast.wang)
    case, officer = Case.objects.get(), desk(cast.wang)
    assert post(officer, case, "ask-fee", pay_how="窗口", on=clock.today())[0] == 409
    since = {"agency": "T00000002", "basis": "page", "since": clock.today(), "source": "虚构文件"}
    assert officer.post("/desk/fees/", since).status_code == 403
    head = desk(cast.zhao)
    assert head.post("/desk/fees/", since).status_code == 302
    assert "同一年里不能" in head.post("/desk/fees/", since).content.decode()
    file = SimpleUploadedFile("a.pdf", pdf(*["x"] * 31))
    typed = {"pay_how": "缴款码一二三", "on": clock.today()}
    assert post(officer, case, "ask-fee", **typed, file=file)[0] == 302
    assert (FeeNotice.objects.get().fen, FeeNotice.objects.get().basis) == (1_000, Basis.PAGE)
    text = client.post(
        "/apply/status/", {"number": sent.submission.number, "code": sent.code}
    ).content.decode()
    said = ("第31页每页10元，计10元", "缴款码一二三", "答复期限停止计算")
    assert [word in text for word in said] == [True] * 3
    paid = {"yuan": "10.00", "receipt": "票据一号", "on": clock.today()}
    assert post(officer, case, "record-payment", **{**paid, "yuan": "10.01"})[0] == 409
    assert post(officer, case, "record-payment", **paid)[0] == 302
    case.refresh_from_db()
    assert case.state == "handling"


def test_the_page_reckons_a_day_of_service_by_the_rule_of_the_day_of_sending(
    cast: Cast, decided: Case
) -> None:
    """参数 service.post_day：收到申请以后才启用的规定，对启用后发出的照样算；页面与登记的送达日期是同一天。"""
    put_value(cast, "service.post_day", "receipt", since=clock.today())
    client, page = desk(cast.wang), f"/desk/case/{decided.url_key}/"
    assert post(client, decided, "send", **sending())[0] == 302
    assert post(client, decided, "record-service", **slip())[0] == 302
    assert "以签收之日为送达日期" in client.get(page).content.decode()
    assert "以签收之日为送达日期" in client.get(f"{page}service/").content.decode()
