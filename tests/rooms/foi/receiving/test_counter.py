"""窗口登记：每种渠道要什么证据，收到日期从证据来（条例第三十一条、国办公开办函〔2015〕207号）。"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.models import Case
from gongkai.foi.receiving.models import FileRole, State, Submission
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast
from tests.rooms.foi.receiving.filling import ASKED, WHO, attached, begun
from tests.rooms.walk.world import signed_in

ADDRESS = "/desk/intake/counter/"
DAY, TODAY = date(2026, 11, 20), date(2026, 11, 27)


def typed(channel: str, **proofs: Any) -> dict[str, Any]:
    return {
        **ASKED,
        **WHO,
        "kind": "request",
        "channel": channel,
        "begun": begun().token,
        **proofs,
    }


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.start_of(TODAY) + timedelta(hours=10)
    monkeypatch.setattr(clock, "now", lambda: now)


POST = {"signed_on": DAY, "mail_number": "EMS000"}
PROVED: tuple[tuple[str, dict[str, Any], date | None], ...] = (
    ("in_person", {}, TODAY),
    ("in_person", {"handed_on": DAY}, DAY),
    ("in_person", {"oral": "on", "read_back": "on"}, TODAY),
    ("signed_post", POST, DAY),
    ("signed_post", {**POST, "elsewhere": "on"}, None),
    ("ordinary_post", {"arrived_on": DAY}, None),
    ("fax", {"arrived_on": DAY}, None),
    ("email", {"arrived_on": DAY}, None),
)
UNPROVED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("in_person", {"oral": "on"}, "宣读"),
    ("in_person", {"handed_on": date(2026, 11, 28)}, "还没有到"),
    ("signed_post", {"mail_number": "EMS000"}, "签收日期"),
    ("signed_post", {"signed_on": DAY}, "邮件号码"),
    ("ordinary_post", {}, "实际到达日期"),
    ("fax", {"arrived_on": "昨天"}, "2024-07-01"),
)


def test_day_of_receipt_follows_from_the_proofs_of_the_channel(cast: Cast) -> None:
    """证据齐的当即登记，收到日期照第三十一条；要双方确认的等确认，确认之日（今天）为收到之日。"""
    officer = signed_in(cast.wang)
    for channel, proofs, received in PROVED:
        answer = officer.post(ADDRESS, typed(channel, **proofs))
        page, row = answer.content.decode(), Submission.objects.latest("pk")
        assert answer.status_code == 200, page
        assert all(word in page for word in (row.number, "查询码", "签字", WHO["name"]))
        if received is None:
            assert (row.state, "双方确认" in page) == (State.WAITING, True)
            officer.post(f"/desk/intake/{row.number}/confirm/", {"how": "call"})
        case = Case.objects.latest("pk")
        assert (case.received_on, case.channel) == (received or TODAY, channel), (channel, proofs)
    assert Case.objects.count() == len(PROVED)


def test_without_its_proof_nothing_is_registered(cast: Cast) -> None:
    """缺证据、日期不可能：说缺什么，不登记。"""
    officer = signed_in(cast.wang)
    for channel, proofs, words in UNPROVED:
        answer = officer.post(ADDRESS, typed(channel, **proofs))
        assert (answer.status_code, words in answer.content.decode()) == (400, True), channel
    assert (Submission.objects.count(), Case.objects.count()) == (0, 0)


def test_each_channel_shows_its_own_fields_without_script(cast: Cast) -> None:
    """渠道是一组有网址的标签：没有脚本，也只出现这个渠道的证据栏。"""
    officer = signed_in(cast.wang)
    fields = {
        channel: set(
            re.findall(
                r'name="(oral|read_back|handed_on|signed_on|mail_number|arrived_on|elsewhere|proof)"',
                officer.get(f"{ADDRESS}?channel={channel}").content.decode(),
            )
        )
        for channel in ("in_person", "signed_post", "ordinary_post", "fax", "nonsense")
    }
    assert fields == {
        "in_person": {"oral", "read_back", "handed_on"},
        "signed_post": {"signed_on", "mail_number", "elsewhere", "proof"},
        "ordinary_post": {"arrived_on", "elsewhere", "proof"},
        "fax": {"arrived_on", "proof"},
        "nonsense": {"oral", "read_back", "handed_on"},
    }


def test_second_click_registers_once_and_the_signed_sheet_is_added(cast: Cast) -> None:
    """连点两下一件案件、同一张登记表；签好的扫描件登记之后补入，加密保存。"""
    officer, data = (
        signed_in(cast.wang),
        typed("in_person", agent="代理人甲", agent_document_no="X1"),
    )
    pages = [officer.post(ADDRESS, data).content.decode() for _ in range(2)]
    row = Submission.objects.get()
    codes = [re.findall(r"查询码 <strong>(.{9})</strong>", page) for page in pages]
    assert codes[0] == codes[1]
    assert Case.objects.count() == 1
    page = officer.get(f"/desk/intake/{row.number}/").content.decode()
    assert re.findall(r'<option value="(\w+)" selected>', page)[-1] == "signed"
    answer = officer.post(
        f"/desk/intake/{row.number}/files/", {"role": "signed", "file": attached()}
    )
    assert answer.status_code == 302
    told = officer.get(f"/desk/intake/{row.number}/").content.decode()
    assert "已加密保存，列在“材料”里。" in told
    file = row.files.get()
    assert (file.role, pdf("x")[:5] in bytes(file.ciphertext)) == (FileRole.SIGNED, False)


def test_the_sheet_of_a_registered_request_is_printed_again(cast: Cast) -> None:
    """登记表关掉了、卡纸了：选事由再印一张；身份从案件里打开，记一次查看，没有查询码。"""
    officer = signed_in(cast.wang)
    officer.post(ADDRESS, typed("in_person"))
    row = Submission.objects.get()
    page = officer.get(f"/desk/intake/{row.number}/").content.decode()
    assert "打印登记表" in page
    assert row.case is not None
    on_case = officer.get(f"/desk/case/{row.case.url_key}/").content.decode()
    assert f'href="/desk/intake/{row.number}/"' in on_case
    look = {"reason": "verify", "sheet": "1"}
    sheet = officer.post(f"/desk/intake/{row.number}/look/", look).content.decode()
    assert ("经办人" in sheet, "查询码 <strong>" in sheet) == (True, False)
    looked = Event.objects.filter(kind="identity.looked")
    assert [one.subject for one in looked] == [f"case:{row.case.uid}"]


def test_everything_that_is_missing_is_said_at_once(cast: Cast) -> None:
    """证件号码错、没有联系方式、没有宣读：一次说全，不要申请人等两回（条例第二十九条）。"""
    wrong = {
        "document_no": "110101199001011234",
        "phone": "",
        "address": "",
        "email": "",
        "way": "pick_up",
    }
    answer = signed_in(cast.wang).post(
        ADDRESS, typed("in_person", **wrong, oral="on", read_back="")
    )
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"document_no", "phone", "read_back"}


def test_counter_is_for_the_officers_of_receiving(cast: Cast) -> None:
    """信息员进不了窗口登记；选不到别的机关。"""
    assert signed_in(cast.chen).get(ADDRESS).status_code == 403
    answer = signed_in(cast.wang).post(ADDRESS, typed("in_person") | {"agency": "T00000004"})
    assert (answer.status_code, Submission.objects.count()) == (400, 0)


def test_what_the_office_takes_in_for_the_county_it_can_open(cast: Cast) -> None:
    """条例第三条：县政府的收件由县政府办公室的承办打开、补材料，列在收件登记里；别的局连有没有都不知道。"""
    officer = signed_in(cast.wang)
    officer.post(ADDRESS, typed("in_person") | {"agency": cast.county.code})
    page = f"/desk/intake/{Submission.objects.get().number}/"
    asked = [client.get(page).status_code for client in (officer, signed_in(cast.sun))]
    assert asked == [200, 404]
    listed = officer.get("/desk/intake/", {"state": ""}).content.decode()
    assert page in listed
    signed = {"role": "signed", "file": attached()}
    assert officer.post(f"{page}files/", signed).status_code == 302
