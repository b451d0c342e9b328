"""Every door a file comes in by, and files that mean harm: a sentence each, no error page, nothing kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from gongkai.channels.models import Showing
from gongkai.documents import blobs
from gongkai.documents.models import Attachment
from gongkai.registers.models import Import
from tests.pure.files.made import changed, pdf, word, workbook, zipped
from tests.rooms.cast import Cast
from tests.rooms.documents.drafts import draft
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.publication.approving import publish
from tests.rooms.publication.test_desk import signed_in

_REFUSAL = re.compile(r'role="alert".{0,600}?。', re.S)
ROOM = b" " * 60_000_000
HOSTILE = {
    "empty": ("空.{}", b""),
    "program": ("程序.exe", b"MZ" + b"\x00" * 99),
    "lying": ("假的.{}", b"\x7fELF" + b"\x00" * 99),
    "page": ("网页.{}", b"<html><script>alert(1)</script>"),
    "bomb": ("炸弹.{}", zipped({"[Content_Types].xml": "<Types/>", "xl/a.xml": ROOM})),
    "cut": ("断.{}", workbook()[:900]),
    "entities": (
        "实体.{}",
        changed(workbook(), {"xl/workbook.xml": ("<workbook", "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook")}),
    ),
    "control": ("\u202exslx\x07.{}", word("甲")[:99]),
}  # fmt: skip


@pytest.fixture
def chen(cast: Cast, settings: Settings, tmp_path: Path) -> Client:
    """The grain bureau's clerk at the desk."""
    make_static_root()
    settings.DATA, settings.PUBLIC = tmp_path, tmp_path / "public"
    return signed_in(cast.chen)


def said_no(answer: HttpResponseBase) -> bool:
    """Whether *answer* refuses in a sentence, beside the field or above the form."""
    assert isinstance(answer, HttpResponse)
    text = answer.content.decode()
    if answer.headers["Content-Type"].startswith("application/json"):
        return answer.status_code == 409 and str(json.loads(text)["refusal"]).endswith("。")
    return answer.status_code in (200, 409) and bool(_REFUSAL.search(text))


def test_nothing_harmful_comes_in_by_any_door(cast: Cast, chen: Client) -> None:
    """附件、正文图片、Word 转正文、双公示表格、公告栏照片、标准目录：有害的文件一律一句话拒绝，不出错页，磁盘和台账都不留。"""
    item = f"/desk/items/{draft(cast).document.url_key}/"
    shown = publish(cast, "公告")[0].document.url_key
    office = signed_in(cast.li)
    board = {"place": "大厅", "from_on": "2024-03-06"}
    register = {"register": "penalty", "agency": cast.grain.code}
    doors: dict[str, tuple[Client, str, str, dict[str, str]]] = {
        f"{item}files/": (chen, "xlsx", "file", {"role": "attachment"}),
        f"{item}pictures/": (chen, "png", "file", {"alt": "示意图"}),
        f"{item}word/": (chen, "docx", "file", {"revision": "1", "replace": "on"}),
        "/desk/registers/import/": (chen, "xlsx", "file", register),
        f"/desk/channels/new/{shown}/board/": (chen, "jpg", "photo", board),
        "/desk/columns/catalogue/import/": (office, "xlsx", "file", {}),
    }
    answered = {}
    for door, (client, ending, field, typed) in doors.items():
        for what, (name, data) in HOSTILE.items():
            sent = SimpleUploadedFile(name.format(ending), data)
            answered[door, what] = said_no(client.post(door, {**typed, field: sent}))
    assert [where for where, said in answered.items() if not said] == []
    assert [Attachment.objects.count(), Import.objects.count(), Showing.objects.count()] == [0] * 3
    assert list(blobs.names_on_disk()) == []


def test_what_was_noticed_in_a_file_is_said(cast: Cast, chen: Client) -> None:
    """上传后说明看到的：扫描件没有文字，公众检索不到。"""
    item = f"/desk/items/{draft(cast).document.url_key}/files/"
    sent = SimpleUploadedFile("扫描件.pdf", pdf(""))
    page = chen.post(item, {"role": "attachment", "file": sent}, follow=True).text
    assert "文件已上传" in page
    assert "“扫描件.pdf”：" in page
