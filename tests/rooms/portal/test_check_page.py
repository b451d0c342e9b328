"""/check/: limits, protection, hostile files, and nothing kept."""

from __future__ import annotations

import base64
import json
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory, override_settings

from gongkai.annualreport.model import to_json
from gongkai.annualreport.verdict import batch
from gongkai.annualreport.verdict.html import write_body, write_page
from gongkai.annualreport.verdict.judge import judge
from gongkai.annualreport.verdict.plain import write_line
from gongkai.audit import clock
from gongkai.people.address import address_of
from gongkai.people.audience import Audience, audience_of
from gongkai.portal.checkpage import judging, turns
from gongkai.portal.views.check import check
from tests.pure.annualreport import verdict_killers as killers
from tests.pure.annualreport.reports import clean, previous

pytestmark = pytest.mark.django_db
FAULTY = to_json(clean({"t3.fwd.nat": 3, "t3.fwd.tot": 3}))


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder, a cache of submissions and a place for temporary files of this test's own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    now: Any = settings.CACHES[turns.CACHE]
    own = {**now, "LOCATION": tmp_path / "submissions"}
    places = override_settings(
        DATA=tmp_path / "data",
        CACHES={**settings.CACHES, turns.CACHE: own},
        FILE_UPLOAD_TEMP_DIR=str(temporary),
    )
    with places, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(temporary))
        yield tmp_path


def send(
    client: Client, *contents: bytes, prev: bytes | None = None, **more: object
) -> HttpResponse:
    """Submit files named 0.json, 1.json … as a browser does."""
    files = [SimpleUploadedFile(f"{n}.json", content) for n, content in enumerate(contents)]
    fields: dict[str, object] = {"files": files}
    if prev is not None:
        fields["prev"] = SimpleUploadedFile("prev.json", prev)
    headers = {name: str(more.pop(name)) for name in list(more) if name.isupper()}
    return client.post("/check/", {**fields, **more}, **headers)  # type: ignore[return-value, arg-type]


def text_of(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def test_anybody_may_open_it_and_finds_it_in_the_navigation(client: Client) -> None:
    """公开页面，声明了读者，导航里有，不让缓存。"""
    assert audience_of(check) is Audience.PUBLIC
    answer = client.get("/check/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert '<a href="/check/">检查报告</a>' in text_of(client.get("/"))
    assert client.put("/check/").status_code == 405


def test_verdict_is_shown_and_can_be_had_as_files(client: Client) -> None:
    """同样的文件：页面、网页文件、JSON 与命令行的结论逐字相同。"""
    good = to_json(clean())
    verdicts = [judge("0.json", good), judge("1.json", FAULTY)]
    page = text_of(send(client, good, FAULTY))
    assert write_body(verdicts) in page
    as_html = send(client, good, FAULTY, format="html")
    assert text_of(as_html) == write_page(verdicts)
    lines = send(client, good, FAULTY, format="jsonl")
    assert text_of(lines) == "".join(map(write_line, verdicts))
    assert lines["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert lines["X-Content-Type-Options"] == as_html["X-Content-Type-Options"] == "nosniff"


def test_downloads_of_the_page_are_the_same_bytes(client: Client) -> None:
    """结论页上的下载链接自带内容，不需要本站保存。"""
    page = text_of(send(client, FAULTY))
    found = re.findall(r'download="([^"]+)" href="data:([^;]+);charset=utf-8;base64,([^"]+)"', page)
    decoded = {name: base64.b64decode(data).decode() for name, _, data in found}
    verdict = judge("0.json", FAULTY)
    assert decoded == {
        "年度报告检查结论.html": write_page([verdict]),
        "年度报告检查结论.jsonl": write_line(verdict),
    }


def test_last_years_report_is_compared(client: Client) -> None:
    """选了上年报告就核对衔接；年份不对的在结论里说明；读不了的整次退回。"""
    before = to_json(previous({"t3.fwd.nat": 3, "t3.fwd.tot": 3}))
    answer = json.loads(text_of(send(client, to_json(clean()), prev=before, format="jsonl")))
    codes = [found["code"] for found in answer["findings"] if found["severity"] == "error"]
    assert codes == ["B-40", "B-46"]
    wrong = text_of(send(client, to_json(clean()), prev=to_json(clean())))
    assert "--prev" not in wrong
    assert "说明：上年报告应是 2023 年的，读到的是 2024 年，未与上年报告对照；请换文件。" in wrong
    bad = send(client, to_json(clean()), prev=b"")
    assert (bad.status_code, "上年报告“prev.json”无法读取。" in text_of(bad)) == (400, True)


def test_nothing_chosen_is_said(client: Client) -> None:
    """没有选文件：400，说明。"""
    answer = send(client)
    assert answer.status_code == 400
    assert "还没有选择文件" in text_of(answer)


def test_form_is_protected(data: Path) -> None:
    """没有令牌的提交不处理。"""
    strict = Client(enforce_csrf_checks=True)
    answer = send(strict, to_json(clean()))
    assert answer.status_code == 403
    token = strict.get("/check/").cookies["csrftoken"].value
    assert send(strict, to_json(clean()), csrfmiddlewaretoken=token).status_code == 200


@override_settings(CHECK_MOST_FILES=2)
def test_too_many_files_are_refused(client: Client) -> None:
    """份数超限：413，说明上限。"""
    good = to_json(clean())
    assert send(client, good, good).status_code == 200
    for count in (3, 9):
        answer = send(client, *[good] * count)
        assert answer.status_code == 413
        assert "一次最多检查 2 份报告；请分几次提交。" in text_of(answer)


@override_settings(CHECK_MOST_BYTES=1_000_000)
def test_too_many_bytes_are_refused_with_the_page_or_unread(client: Client) -> None:
    """大小超限：413；差得远的根本不读。"""
    for size in (1_000_001, 3_000_000, 6_000_000):
        answer = send(client, b"x" * size)
        assert answer.status_code == 413
        assert "这些文件加起来超过 1 MB" in text_of(answer)
    assert send(client, b"x" * 999_999).status_code == 200


@override_settings(CHECK_PER_HOUR=3)
def test_submissions_of_an_address_are_limited(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """同一地址超过次数：429，写明几点以后再试；换一个地址不受影响；过了时间可以再交。"""
    start = datetime(2025, 1, 20, 2, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: start)
    good = to_json(clean())
    assert [send(client, good).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = send(client, good)
    assert "请在 11:00 以后再试。" in text_of(refused)
    assert refused["Retry-After"] == "3601"
    assert send(client, good, REMOTE_ADDR="192.0.2.9").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(hours=1))
    assert send(client, good).status_code == 200


def test_addresses_of_an_earlier_hour_are_forgotten(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """过了一小时，别人再提交时，先前地址的摘要从磁盘上删去。"""
    assert turns.take_turn("192.0.2.1", 3, settings.DATA) is None
    assert turns.take_turn("192.0.2.2", 3, settings.DATA) is None
    kept = data / "submissions"
    assert len(list(kept.iterdir())) == 2
    later = clock.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert turns.take_turn("192.0.2.3", 3, settings.DATA) is None
    assert len(list(kept.iterdir())) == 1


def test_address_is_the_visitors_and_not_the_proxys() -> None:
    """只信自己的代理写在最后的地址；IPv6 按网段。"""
    proxies = ["127.0.0.1"]
    make = RequestFactory()

    def asked(address: str, forwarded: str = "") -> str:
        request = make.get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded)
        return address_of(request, proxies)

    assert asked("192.0.2.1", "198.51.100.7") == "192.0.2.1"
    assert asked("127.0.0.1", "203.0.113.5, 198.51.100.7") == "198.51.100.7"
    assert asked("127.0.0.1") == "127.0.0.1"
    assert asked("", "198.51.100.7") == "198.51.100.7"
    assert asked("2001:db8::1") == asked("2001:db8::2") == "2001:db8::/64"
    assert asked("127.0.0.1", "<script>") == "unknown"


def test_only_one_is_read_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """已有一份在检查：503，请稍后再交，不占住别的工作进程。"""
    monkeypatch.setattr(turns, "_PATIENCE", 0.1)
    with turns.only_one(settings.DATA) as mine:
        assert mine
        answer = send(client, to_json(clean()))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "请过 10 秒再提交一次。" in text_of(answer)
    assert send(client, to_json(clean())).status_code == 200


@pytest.mark.slow
def test_hostile_file_spoils_only_itself_and_time_runs_out_politely(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """卡住的文件到时停止，其他文件照常；总时间用完的说明没有轮到。"""
    honest = batch.judge_apart
    monkeypatch.setattr(
        judging, "judge_apart", lambda *a, **k: honest(*a, **k, module=killers.MODULE)
    )
    monkeypatch.setattr(judging, "_EACH", 1.5)
    contents = (to_json(clean()), b"hang in C", b"segfault", to_json(clean()))
    lines = [json.loads(x) for x in text_of(send(client, *contents, format="jsonl")).splitlines()]
    assert [line["status"] for line in lines] == ["ok", "unreadable", "unreadable", "ok"]
    assert lines[1]["reason"].startswith("读取超过 1.")
    monkeypatch.setattr(judging, "_ALL", 1.6)
    answer = send(client, b"hang in C", to_json(clean()), format="jsonl")
    lines = [json.loads(x) for x in text_of(answer).splitlines()]
    assert lines[1]["reason"] == ("这次提交的处理时间用完了，没有轮到这一份；请单独再提交一次。")


def test_nothing_is_kept(client: Client, data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """检查之后：没有临时文件，磁盘上没有内容、文件名和地址，日志里也没有。"""
    marker = "只此一份的机关名"
    report = to_json(clean(sections={"6": marker}))
    padded = report + b" " * 3_000_000  # beyond what Django itself would keep in memory
    files = [SimpleUploadedFile("只此一份的文件名.json", padded)]
    assert client.post("/check/", {"files": files}, REMOTE_ADDR="192.0.2.77").status_code == 200
    assert list((data / "temporary").iterdir()) == []
    kept = [path for path in data.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} == {".lock", ".djcache"}
    content = b"".join(path.read_bytes() for path in kept)
    for secret in (marker, "只此一份的文件名", "192.0.2.77"):
        assert secret.encode() not in content
        assert secret not in "".join(capfd.readouterr())
