"""The site as a whole: alerts, old addresses, what is destroyed, and a frame that has changed."""

from __future__ import annotations

import json
import zlib
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from pytest_django import Settings

from gongkai.agencies.actions import rename_agency
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.channels.actions import Photo, Shown, record_showing
from gongkai.channels.models import Channel
from gongkai.documents import blobs
from gongkai.documents.actions import Draft, attach_file, open_draft
from gongkai.documents.models import Edition, Kind
from gongkai.documents.queries import altered_editions, altered_files
from gongkai.jobs.errors import Interrupted
from gongkai.jobs.models import Job
from gongkai.portal.filed.alerts import as_string
from gongkai.publication.actions import PublicationRefused, publish_edition
from gongkai.publication.actions.alerting import lower_alert, raise_alert
from gongkai.publication.actions.expunging import approve_expunging, propose_expunging
from gongkai.publication.actions.rebuilding import BEHIND, ask_for_the_frame
from gongkai.publication.actions.redirect_table import enter_redirects, plan_redirects
from gongkai.publication.actions.redirecting import redirect
from gongkai.publication.actions.writing import ask_everything, write_all_due
from gongkai.publication.models import PageJob, Publication, Redirect
from gongkai.publication.pages import folder
from gongkai.publication.redirect_table import Pair
from gongkai.sharing.actions import send_offer
from tests.pure.files.made import picture
from tests.rooms.cast import Cast
from tests.rooms.publication.approving import publish
from tests.rooms.publication.test_publishing import Commits, nothing
from tests.rooms.review.panel import sealed
from tests.rooms.walk.world import signed_in

SECRET = "身份证号110101190001010001"


def test_an_alert_shows_on_every_page_without_writing_them(cast: Cast, public: Path) -> None:
    """紧急公告：只改一个样式文件和公告页；到开始时间才出现，到结束时间自动收起，也可提前结束。"""
    publish(cast, "公告")
    ask_everything()
    write_all_due(nothing)
    before = {path: (public / path).read_bytes() for path in folder.paths(public)}
    assert b'href="/alert.css"' in before["n/index.html"]
    hostile = 'a"}</style>\\'
    start = clock.now()
    alert = raise_alert(
        headline="台风红色预警",
        text=hostile,
        begins_at=start,
        ends_at=start + timedelta(hours=2),
        by=cast.li,
    )
    assert sorted(PageJob.objects.values_list("kind", flat=True)) == ["alert", "alert-sheet"]
    write_all_due(nothing)
    changed = {p for p in before if (public / p).read_bytes() != before[p]}
    assert changed == {"alert.css", "alert/index.html"}
    sheet = (public / "alert.css").read_text()
    assert '.alert-head::before { content: "台风红色预警"; }' in sheet
    assert (hostile in sheet, as_string('"')) == (False, "\\000022")
    assert "&lt;/style&gt;" in (public / "alert/index.html").read_text()
    assert Job.objects.filter(kind="publication.alert").count() == 1
    lower_alert(alert, by=cast.zhao)
    write_all_due(nothing)
    assert (public / "alert.css").read_bytes() == before["alert.css"]
    assert list(Event.objects.filter(stream="site").values_list("kind", flat=True)) == [
        "alert.raised",
        "alert.lowered",
    ]
    with pytest.raises(PublicationRefused, match="已经结束"):
        lower_alert(alert, by=cast.li)
    with pytest.raises(PublicationRefused, match="结束时间必须晚于"):
        raise_alert(headline="甲", text="乙", begins_at=start, ends_at=start, by=cast.li)
    with pytest.raises(RoleRefused):
        raise_alert(headline="甲", text="乙", begins_at=start, ends_at=start, by=cast.chen)


def test_an_old_address_leads_on_and_is_never_another_pages(cast: Cast, public: Path) -> None:
    """旧网址写成一页，自动转到新网址；网址不改作他用，不转向打不开的地方，不连环转。"""
    publish(cast, "公告")
    write_all_due(nothing)
    moved = partial(redirect, kind="legacy", reason="旧网站迁入", by=cast.li)
    moved("/zwgk/2019/123.html", to="/n/")
    write_all_due(nothing)
    (public / "verify-me.html").write_text("本县自己放的")
    moved("/zwgk/jgzn/", to="/o/")
    page = (public / "zwgk/2019/123.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=/n/">' in page
    for path, target, why in (
        ("/zwgk/2019/123.html", "/o/", "已经有去向"),
        ("/zwgk/jgzn/index.html", "/n/", "已经有去向"),
        ("/zwgk/2019/123.html/", "/o/", "不能并存"),
        ("/zwgk/2019/123.html/a/b.html", "/o/", "不能并存"),
        ("/zwgk/", "/zwgk/index.html", "打不开"),
        ("/n/2024/old/", "/o/", "正在使用的目录"),
        ("/static/old.html", "/o/", "正在使用的目录"),
        ("/index.html", "/o/", "本站的首页"),
        ("/verify-me.html", "/o/", "已有一个文件"),
        ("/a.html", "/zwgk/2019/123.html", "直接写最后的网址"),
        ("/a.html", "/nowhere/", "打不开"),
        ("/a.html", "https://evil.example/", "打不开"),
        ("/a.html", "//evil.example/", "打不开"),
        ("/a.aspx", "/o/", "结尾"),
        ("/../a.html", "/o/", "旧网址应以"),
    ):
        with pytest.raises(PublicationRefused, match=why):
            moved(path, to=target)
    with pytest.raises(RoleRefused):
        redirect("/a.html", to="/o/", kind="moved", reason="改址", by=cast.sun)


def test_a_table_of_old_addresses_is_looked_at_and_entered(cast: Cast, public: Path) -> None:
    """旧网址表：有一处不对就都不录入，逐行逐列指出；对照以后有变就不录入；再录一次没有变化；写成页面和转向表。"""
    publish(cast, "公告")
    write_all_due(nothing)
    client = signed_in(cast.li)

    def sent(*rows: tuple[str, str]) -> tuple[int, str]:
        file = BytesIO("\n".join(map(",".join, (("旧网址", "新网址"), *rows))).encode())
        file.name = "旧网址.csv"
        told = {"file": file, "kind": "legacy", "reason": "旧网站迁入"}
        answer = client.post("/desk/site/redirect/table/", told)
        return answer.status_code, answer.text

    status, page = sent(("/a.html", "/n/"), ("/n/x/", "/o/"), ("/b.html", "/nowhere/"))
    assert (status, "第 3 行 A 列“旧网址”" in page, "第 4 行 B 列“新网址”" in page) == (
        *(409, True, True),
    )
    assert sent(("/a.html", "/n/"), ("/a.html", "/o/"))[1].count("写了 2 次") == 2
    assert "又转向别处" in sent(("/a.html", "/b.html"), ("/b.html", "/o/"))[1]
    good = (("/zwgk/1.html", "/n/"), ("/zwgk/old/", "/o/"))
    pairs = [Pair(2, *good[0]), Pair(3, *good[1])]
    enter = partial(enter_redirects, pairs, kind="legacy", reason="迁入", by=cast.li)
    early = plan_redirects(pairs, by=cast.li).sha256
    page = sent(*good)[1]
    signed, seen = (
        page.split(f'name="{one}" value="')[1].split('"')[0] for one in ("rows", "seen")
    )
    assert seen == early
    for rows in ("x", signed[:-1]):
        client.post("/desk/site/redirect/table/", {"rows": rows, "seen": seen})
    assert not Redirect.objects.exists()
    client.post("/desk/site/redirect/table/", {"rows": signed, "seen": seen})
    with pytest.raises(PublicationRefused, match="又有别的登记"):
        enter(seen=early)
    assert (
        len(enter(seen=plan_redirects(pairs, by=cast.li).sha256).new),
        "原来就有 2 个" in sent(*good)[1],
    ) == (*(0, True),)
    write_all_due(nothing)
    assert (public / "redirects.map").read_text() == '"/zwgk/1.html" "/n/";\n"/zwgk/old/" "/o/";\n'
    assert "/o/" in (public / "zwgk/old/index.html").read_text()


def test_what_is_expunged_is_gone_from_disk_and_database(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """不变量三：两人办理；文字、标题、附件在网页、数据库、磁盘上都不在了；哈希、签封、理由留着，台账仍核对得上。"""
    text = Draft(Kind.NOTICE, f"公示{SECRET}", f"<p>{SECRET}</p>")
    edition = open_draft(cast.grain, text, by=cast.chen)
    attach_file(
        edition, BytesIO(f"{SECRET}\n".encode()), name=f"{SECRET}.txt", label=SECRET, by=cast.chen
    )
    sealed(cast, edition)
    edition.refresh_from_db()
    (attached,) = edition.content.attachments
    with django_capture_on_commit_callbacks(execute=True):
        one = publish_edition(edition, by=cast.chen)
    write_all_due(nothing)
    assert [
        path
        for path in folder.paths(public)
        if SECRET in (public / path).read_bytes().decode(errors="ignore")
    ]
    hung = _kept_elsewhere(edition, cast)
    assert _tables_with(SECRET) == {  # what could leak
        *("documents_edition", "documents_attachment", "documents_filetext"),
        *("channels_showing", "sharing_offer"),
        *("search_publicentry", "search_publicbody", "publication_writtenpage"),
    }
    with pytest.raises(DatabaseError, match="两个人"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(title="（已彻底删除）")
    with django_capture_on_commit_callbacks(execute=True):
        row = propose_expunging(
            one.document, reason="误公开个人信息", basis="个人信息保护法", by=cast.li
        )
    assert Publication.objects.get().live is None
    with pytest.raises(PublicationRefused, match="两个人"):
        approve_expunging(row, by=cast.li)
    with django_capture_on_commit_callbacks(execute=True):
        approve_expunging(row, by=cast.zhao)
    write_all_due(nothing)
    left = [
        p
        for p in folder.paths(public)
        if SECRET in (public / p).read_bytes().decode(errors="ignore")
    ]
    after = Edition.objects.get(pk=edition.pk)
    assert (left, _tables_with(SECRET)) == ([], set())
    assert (after.sha256, blobs.hash_on_disk(attached.sha256)) == (edition.sha256, None)
    assert blobs.hash_on_disk(hung) is None
    assert (list(altered_editions()), list(altered_files())) == ([], [])
    page = (public / f"n/{one.published_at.year}/{one.document.url_key}/index.html").read_text()
    assert ("依法彻底删除" in page, "误公开个人信息" in page) == (True, True)
    seal = json.loads((public / f"seal/{one.document.url_key}/1.json").read_text())
    assert (seal["sha256"], "canonical" in seal) == (edition.sha256, False)
    with pytest.raises(PublicationRefused, match="已经彻底删除"):
        approve_expunging(row, by=cast.zhao)


def _kept_elsewhere(edition: Edition, cast: Cast) -> str:
    """Let other rooms keep what *edition* says; return the hash of a photo of it."""
    send_offer(edition, note=SECRET, by=cast.chen)
    told = Shown(Channel.WEIBO, "示例县发布", clock.today(), text=f"微博上写着{SECRET}")
    record_showing([edition.document], told, by=cast.chen)
    photo = Photo(f"{SECRET}.png", picture(size=(5, 5)))
    board = Shown(Channel.BOARD, "大厅", clock.today())
    (hung,) = record_showing([edition.document], board, photo=photo, by=cast.chen)
    assert hung.photo
    assert blobs.hash_on_disk(hung.photo.sha256) == hung.photo.sha256
    return hung.photo.sha256


def _tables_with(words: str) -> set[str]:
    """Return the tables in which some value, unpacked if it is packed, holds *words*."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        if any(words in _plain(value) for value in row)
    }


def _plain(value: object) -> str:
    if not isinstance(value, bytes | memoryview):
        return str(value)
    try:
        return zlib.decompress(bytes(value)).decode(errors="ignore")
    except zlib.error:
        return bytes(value).decode(errors="ignore")


def test_a_rebuild_stopped_half_way_is_asked_for_again(cast: Cast, public: Path) -> None:
    """服务停止时，安排重写可以随时中断；下次从头安排，不会以为已经安排过（不变量三）。"""
    publish(cast, "公告")

    def stopped(done: int, total: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        ask_for_the_frame(stopped)
    assert ask_for_the_frame(nothing) > 0
    assert ask_for_the_frame(nothing) == 0


def test_a_new_frame_is_written_behind_what_is_published(
    cast: Cast, public: Path, settings: Settings
) -> None:
    """县名或页脚变了：全部网页在后台重写，首页在先、新的信息在先；新发布的不排在它们后面；没有变就不动。"""
    publish(cast, "旧公告", "新公告")
    ask_everything()
    write_all_due(nothing)
    assert ask_for_the_frame(nothing) > 0
    write_all_due(nothing)
    assert ask_for_the_frame(nothing) == 0
    rename_agency(
        cast.county,
        name="示范县人民政府",
        short="示范县",
        mark="示政",
        since=clock.today(),
        by=cast.li,
    )
    PageJob.objects.all().delete()
    asked = ask_for_the_frame(nothing)
    order = list(PageJob.objects.order_by("turn", "pk").values_list("kind", "key"))
    new, old = Publication.objects.order_by("-pk").values_list("document__url_key", flat=True)
    items = [key.partition("/")[2] for kind, key in order if kind == "item"]
    assert (order[0], items, len(order)) == (("home", ""), [new, old], asked)
    publish(cast, "最新")
    assert PageJob.objects.filter(turn=BEHIND, kind="home").exists() is False
    write_all_due(nothing)
    assert "示范县人民政府" in (public / f"n/2024/{old}/index.html").read_text()
