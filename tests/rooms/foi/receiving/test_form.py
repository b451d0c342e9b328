"""网上申请（条例第二十九条、第三十一条第三项）：填、交、改、撤，自动程序进不来，什么都不泄露。"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.audit import clock
from gongkai.foi.identity import Identity, conceal, reveal
from gongkai.foi.models import Case
from gongkai.foi.receiving.models import State, Submission, SubmissionFile
from gongkai.foi.receiving.sealing import open_content, open_file, open_identity
from gongkai.foi.statistics.models import SuggestionTally
from tests.rooms.cast import Cast
from tests.rooms.foi.receiving.filling import (
    FILE,
    IDENTITY,
    SECRETS,
    attached,
    begun,
    filled,
    sent_by_post,
    submitted,
)
from tests.rooms.publication.approving import publish
from tests.rooms.walk.world import signed_in

ADDRESS, STATUS = "/apply/form/", "/apply/status/"


def everything_kept() -> str:
    """Return every value of every table as text, bytes read as far as they are text."""
    found: list[str] = []
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            found += [_text(value) for value in row]
    return "\n".join(found)


def _text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def test_form_goes_in_three_pages_without_script_and_gives_number_and_code(
    cast: Cast, client: Client
) -> None:
    """三页填完：前两页的内容随页面带着走，末页列出全部；提交后只给编号和查询码，没有收到日期，没有案件。"""
    first = client.get(f"{ADDRESS}?o=T00000002").content.decode()
    assert '<option value="T00000002" selected>' in first
    data = {**filled(), "at": "asked", "go": ""}
    second = client.post(ADDRESS, data).content.decode()
    assert 'name="subject" value="虚构渠清淤补偿标准"' in second
    assert "没有提交，请先改正" not in second
    third = client.post(ADDRESS, {**data, "at": "who"}).content.decode()
    assert all(
        word in third for word in ("淯喆昇申请人", "虚构渠清淤补偿标准", "还不是“收到”", "怎样给您")
    )
    assert [word for word in ("用途", "怎样给申请人") if word in third] == []
    assert Submission.objects.count() == 0

    number, code = sent_by_post(client, {**filled(), "attached": [attached()]})

    row = Submission.objects.get()
    assert (row.number, row.state, row.agency, Case.objects.count()) == (
        number,
        State.WAITING,
        cast.office,
        0,
    )
    asked, identity = open_content(row), open_identity(row)
    assert asked is not None
    assert (asked.subject, identity.name, identity.phone) == (
        "虚构渠清淤补偿标准",
        "淯喆昇申请人",
        "0000-7654321",
    )
    assert open_file(row.files.get())[0] == FILE
    shown = client.post(STATUS, {"number": number.lower(), "code": code.replace("-", " ")})
    assert "受理机构还没有确认；您还没有确认" in shown.content.decode()


def test_nothing_an_applicant_wrote_lies_unsealed_or_on_another_page(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """任何一张表、日志、审计、网址和工作台页面（不写事由时）里，都找不到申请人写的内容和查询码。"""
    number, code = sent_by_post(client, {**filled(), "attached": [attached()]})
    wrong = client.post(ADDRESS, filled(phone="一二三"))
    assert wrong.status_code == 400
    officer = signed_in(cast.wang)
    page = officer.get(f"/desk/intake/{number}/").content.decode()
    assert "虚构渠清淤补偿标准" in page  # the officer reads what is asked, not who
    pages = [
        page.replace("虚构渠清淤补偿标准", "").replace("二〇二三年虚构渠", ""),
        officer.get("/desk/intake/").content.decode(),
        officer.get("/desk/").content.decode(),
        client.post(STATUS, {"number": number, "code": code}).content.decode(),
        client.post(STATUS, {"number": number, "code": "2222-2222"}).content.decode(),
    ]
    kept = everything_kept()
    assert number in kept
    assert [one for one in (*SECRETS, code) if one in kept] == []
    assert [one for one in SECRETS for page in pages if one in page] == []
    assert [one for one in SECRETS if one in caplog.text] == []


def test_wrong_number_and_wrong_code_answer_alike(cast: Cast, client: Client) -> None:
    """编号错、查询码错、都乱写：同一个回答，逐字节相同（页面里的防伪令牌除外）。"""
    sent = submitted(cast.office)
    answers = [
        client.post(STATUS, {"number": number, "code": code})
        for number, code in (
            (sent.submission.number, "2222-2222"),
            ("2222-2222", sent.code),
            ("", "\x00淯" * 60),
        )
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({_without_token(answer.content.decode()) for answer in answers}) == 1


def _without_token(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_form_is_changed_and_taken_back_within_ten_minutes(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """十分钟内凭码修改：内容换新、编号不变；撤回：先说明再问，确定了才销毁内容和附件，编号留着。"""
    number, code = sent_by_post(client, {**filled(), "attached": [attached()]})
    edit = client.post(STATUS, {"number": number, "code": code, "act": "edit"}).content.decode()
    assert 'value="虚构渠清淤补偿标准"' in edit
    changed = filled(subject="虚构渠验收记录", number=number, code=code)
    assert sent_by_post(client, changed) == (number, code)
    row = Submission.objects.get()
    content = open_content(row)
    assert content is not None
    assert (content.subject, row.files.count()) == ("虚构渠验收记录", 1)

    mine = {"number": number, "code": code}
    asked_again = client.post(STATUS, {**mine, "act": "withdraw"}).content.decode()
    row.refresh_from_db()
    assert (row.state, open_content(row)) == (State.WAITING, content)
    assert "、1 个附件随即销毁" in asked_again
    assert re.findall(r'name="act" value="([^"]+)"', asked_again) == ["edit", "withdraw-now"]
    assert "现在</dt>" in client.post(STATUS, mine).content.decode()
    client.post(STATUS, {**mine, "act": "withdraw-now"})

    row.refresh_from_db()
    assert (row.state, bytes(row.identity), row.digest, open_content(row)) == (
        State.WITHDRAWN,
        b"",
        "",
        None,
    )
    assert bytes(SubmissionFile.objects.get().ciphertext) == b""
    assert "您已经撤回" in client.post(STATUS, {"number": number, "code": code}).content.decode()


@pytest.mark.parametrize(("minutes", "state"), [(10, State.WITHDRAWN), (11, State.WAITING)])
def test_tenth_minute_is_in_time_and_the_eleventh_is_not(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, minutes: int, state: State
) -> None:
    """第十分钟还能撤回、修改，第十一分钟不能，并说明找谁。"""
    sent = submitted(cast.office)
    later = sent.submission.submitted_at + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: later)
    asked = {"number": sent.submission.number, "code": sent.code}
    edited = client.post(STATUS, {**asked, "act": "edit"}).status_code
    question = client.post(STATUS, {**asked, "act": "withdraw"}).status_code
    answer = client.post(STATUS, {**asked, "act": "withdraw-now"})
    assert Submission.objects.get().state == state
    expected = 200 if minutes == 10 else 409
    assert (edited, question, answer.status_code) == (expected, expected, expected)


def test_programs_are_refused_politely(cast: Cast, client: Client, settings: Any) -> None:
    """看不见的栏填了、不到五秒、令牌乱写、次数太多：中文说明，不登记；人照说明再交一次就行。"""
    for changed, words in (
        ({"homepage": "http://x"}, "看不见"),
        ({"begun": begun(ago=timedelta(seconds=2)).token}, "不到 5 秒"),
        ({"begun": "nonsense"}, "打开得太久"),
    ):
        answer = client.post(ADDRESS, filled() | changed)
        assert (answer.status_code, words in answer.content.decode()) == (409, True)
    settings.APPLY_PER_HOUR = 1
    here = "192.0.2.200"
    assert client.post(ADDRESS, filled(), REMOTE_ADDR=here).status_code == 200
    assert client.post(ADDRESS, filled(), REMOTE_ADDR=here).status_code == 429
    settings.STATUS_PER_HOUR = 5
    asked = {"number": "3333-3333", "code": "2222-2222"}
    answers = [client.post(STATUS, asked, REMOTE_ADDR=f"192.0.2.{n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [404] * 5 + [429]
    assert Submission.objects.count() == 1


def test_double_click_is_one_submission_with_one_code(cast: Cast, client: Client) -> None:
    """连点两下：一份收件，两个页面给的编号和查询码相同。"""
    form = begun()
    assert sent_by_post(client, filled(form)) == sent_by_post(client, filled(form))
    assert Submission.objects.count() == 1


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"document_no": "000000198001010015"}, "校验码不对"),
    ({"phone": "", "email": "", "address": "", "way": "pick_up"}, "至少填一项"),
    ({"way": "post", "address": ""}, "请写通信地址"),
    ({"agent": "代理人甲"}, "姓名和证件号码都要填"),
    ({"agency": "T99999999"}, "没有这个选项"),
    ({"klass": "nobody"}, "没有这个选项"),
    ({"document_kind": "credit", "document_no": "1"}, "18 位"),
    ({"subject": "长" * 5_000}, "不超过"),
    ({"subject": "\x00\x08\u202e"}, "这个字段是必填项"),
)


def test_what_is_filled_in_wrong_is_said_where_it_is(cast: Cast, client: Client) -> None:
    """错的、缺的、过长的、只有控制字符的：回到那一页，用中文说哪里错。"""
    for changed, words in WRONG:
        answer = client.post(ADDRESS, filled() | changed)
        assert (answer.status_code, words in answer.content.decode()) == (400, True), changed
    assert Submission.objects.count() == 0


def test_files_that_are_not_let_in_are_named(cast: Cast, client: Client, settings: Any) -> None:
    """可执行程序改名、六个附件、超过总量：说哪一个、为什么，不登记。"""
    settings.APPLY_MOST_BYTES = 60_000
    for files, words in (
        ([SimpleUploadedFile("证件.pdf", b"MZ\x90\x00")], "可执行程序"),
        ([attached() for _ in range(6)], "最多附 5 个|多于 5 个"),
        ([SimpleUploadedFile("大.txt", b"a" * 70_000)], "加起来超过"),
    ):
        answer = client.post(ADDRESS, {**filled(), "attached": files})
        assert answer.status_code in (409, 413)
        assert any(word in answer.content.decode() for word in words.split("|"))
    assert Submission.objects.count() == 0


def test_identity_reads_back_what_was_sealed_before(cast: Cast) -> None:
    """只有三项的旧身份信息照样读得出。"""
    assert reveal(conceal(IDENTITY, "nat")) == IDENTITY
    assert reveal(conceal(Identity("甲", "1", "x"), "nat")) == Identity("甲", "1", "x")


def test_what_is_public_already_is_offered_first(cast: Cast, client: Client) -> None:
    """可能已经公开：一句话也能找到标题里的词；脚本问的是正文，不是网址；找不到就不打扰。"""
    (published,) = publish(cast, "关于2024年农村低保标准的通知")
    url = f"/n/2024/{published.document.url_key}/"
    asked = filled(subject="我想要2024年农村低保标准的文件") | {"at": "asked", "go": ""}
    page = client.post(ADDRESS, asked).content.decode()
    assert all(word in page for word in ("可能已经公开", f'href="{url}"'))
    told = client.post(f"{ADDRESS}similar/", {"subject": "农村低保标准"}).json()
    assert told == {"items": [{"title": "关于2024年农村低保标准的通知", "url": url}]}
    assert client.get(f"{ADDRESS}similar/?subject=x").status_code == 405
    assert "可能已经公开" not in client.post(ADDRESS, asked | {"subject": "没有"}).content.decode()


def test_what_was_found_is_counted_and_nothing_else_kept(cast: Cast, client: Client) -> None:
    """找到了就不用申请：机关、日期各记一个数，没有申请，也没有谁要什么；认不出的机关不记。"""
    publish(cast, "关于2024年农村低保标准的通知")
    asked = filled() | {"at": "asked", "subject": "农村低保标准", "agency": cast.office.code}
    assert "找到了，不用申请" in client.post(ADDRESS, asked).content.decode()
    found = client.post(ADDRESS, asked | {"at": "who", "go": "found"})
    assert (found.status_code, "没有提交申请" in found.content.decode()) == (200, True)
    client.post(ADDRESS, asked | {"at": "who", "go": "found", "agency": "甲\x00"})
    counted = SuggestionTally.objects.values_list("agency__code", "shown", "followed")
    assert (list(counted), Submission.objects.count()) == ([(cast.office.code, 1, 1)], 0)
