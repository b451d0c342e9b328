"""Publishing writes files: what was approved is on the disk when the action returns."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.documents.actions import Draft, attach_file, next_edition, open_draft
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Edition, Kind
from gongkai.publication.actions import PublicationRefused, publish_edition, withdraw
from gongkai.publication.actions import ending as ending_module
from gongkai.publication.actions.writing import write_all_due
from gongkai.publication.models import (
    Ending,
    EndingKind,
    Listed,
    PageJob,
    Publication,
    WrittenPage,
)
from gongkai.publication.pages import folder
from gongkai.review.actions import submit_for_review
from gongkai.text.canonical import sha256_hex
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast, items
from tests.rooms.publication.approving import publish, urgent
from tests.rooms.review.panel import approve_through, draft, make_panel, sealed

IN = ("n", "o/T00000003")
FEEDS = ("atom", "rss", "json")
LISTS = [
    *((kind, listing) for kind in ("list", "list-twin") for listing in IN),
    *((kind, f"{listing}:0001") for kind in ("archive", "archive-twin") for listing in IN),
    *(("feed", f"{listing}:{name}") for name in FEEDS for listing in IN),
]
"""What an item changes in the lists it stands in."""
OF_A_LIST = (
    *("index.html", "index.json", "p/0001/index.html", "p/0001/index.json"),
    *(f"feed.{name}" for name in FEEDS),
)

Commits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]

FORM = pdf("Application")


def nothing(done: int, total: int) -> None:
    """Progress nobody looks at."""


def published(edition: Edition, cast: Cast, commits: Commits) -> Publication:
    with commits(execute=True):
        return publish_edition(edition, by=cast.chen)


def files(public: Path) -> list[str]:
    return sorted(folder.paths(public))


def test_the_page_is_there_when_the_action_returns(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """不变量一：页面、数据和签封记录三个文件随动作一起出现；列表随后由任务进程写出。"""
    edition = urgent(cast)
    one = published(edition, cast, django_capture_on_commit_callbacks)
    year, key = one.published_at.year, one.document.url_key
    own = [f"n/{year}/{key}/index.html", f"n/{year}/{key}/index.json", f"seal/{key}/1.json"]
    assert files(public) == own
    assert "防汛提示正文。" in (public / own[0]).read_text()
    seal = json.loads((public / own[2]).read_text())
    assert sha256_hex(seal["canonical"].encode()) == seal["sha256"] == edition.sha256
    assert seal["approval"] == {"kind": "urgent", "reason": "汛情紧急"}
    due = [
        *LISTS,
        ("home", ""),
        ("sitemap", ""),
        ("sitemap-part", "0001"),
        ("sitemap-part", "pages"),
        ("organ", "T00000003"),
        ("verify", ""),
        ("catalogue", ""),
        ("catalogue", "0001"),
        ("organ-catalogue", "T00000003"),
        ("organ-catalogue", "T00000003:0001"),
    ]
    asked = list(PageJob.objects.values_list("kind", "key"))
    assert sorted(asked) == sorted(due)
    assert write_all_due(nothing) == (len(due), 0)
    assert files(public) == sorted(
        [
            *own,
            *(f"{root}/{name}" for root in ("n", "o/T00000003/n") for name in OF_A_LIST),
            "index.html",
            "catalogue/index.html",
            "catalogue/p/0001/index.html",
            "o/T00000003/catalogue/index.html",
            "o/T00000003/catalogue/p/0001/index.html",
            "sitemap.xml",
            "sitemap/0001.xml",
            "sitemap/pages.xml",
            "verify/index.html",
            "o/T00000003/index.html",
        ]
    )
    for page in WrittenPage.objects.all():
        assert sha256_hex((public / page.path).read_bytes()) == page.sha256
    assert (Event.objects.latest("pk").kind, one.live, one.seq) == ("publication.live", True, 1)


def test_publishing_asks_as_often_however_much_is_public(
    cast: Cast, django_capture_on_commit_callbacks: Commits
) -> None:
    """发布一件要问数据库几次，与已经公开了多少无关：三件之后和六十多件之后一样多。"""

    def asked(title: str) -> int:
        edition = urgent(cast, title)
        with CaptureQueriesContext(connection) as queries:
            published(edition, cast, django_capture_on_commit_callbacks)
        return len(queries)

    few = [asked(title) for title in ("第一件", "第二件", "第三件")][-1]
    publish(cast, *[f"旧公告{n}" for n in range(60)])
    assert (asked("第六十四件"), few <= 60) == (few, True)


def test_the_page_of_proof_shows_a_seal_that_is_live(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """核验页上的例子是签封最早、仍在线的一件：它有了新版本，核验页随之重写，改指下一件。"""
    panel = make_panel(cast)

    def out(edition: Edition) -> Publication:
        approve_through(submit_for_review(edition, by=cast.chen), panel)
        edition.refresh_from_db()
        return published(edition, cast, django_capture_on_commit_callbacks)

    oldest, other = out(draft(cast, "甲")), out(draft(cast, "乙"))
    write_all_due(nothing)
    page = public / "verify/index.html"
    assert f"/seal/{oldest.document.url_key}/1.json" in page.read_text()
    out(next_edition(oldest.document, by=cast.chen))
    write_all_due(nothing)
    assert f"/seal/{other.document.url_key}/1.json" in page.read_text()


def test_without_approval_nothing_goes_out(cast: Cast, public: Path) -> None:
    """不变量一：没有签封也没有紧急批准的，不发布，说明还差什么。"""
    (edition,) = items(cast, "未审的稿")
    with pytest.raises(PublicationRefused, match="还没有通过全部审核，不能发布"):
        publish_edition(edition, by=cast.chen)
    (draft,) = items(cast, "未封存的稿", closed_at=None)
    with pytest.raises(
        PublicationRefused, match="还没有送审，不能发布（先审查、后公开，条例第十七条）"
    ):
        publish_edition(draft, by=cast.chen)
    assert (Publication.objects.count(), PageJob.objects.count(), files(public)) == (0, 0, [])


def test_somebody_of_another_agency_publishes_nothing(cast: Cast) -> None:
    """不变量四：外局的信息员不能发布本局的稿件。"""
    with pytest.raises(RoleRefused, match="发布信息由信息员或者县政务公开办办理"):
        publish_edition(urgent(cast), by=cast.sun)
    assert Publication.objects.count() == 0


def test_a_full_disk_publishes_nothing(
    cast: Cast, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """磁盘写满：没有发布，没有留下记录，一句话说明怎么办。"""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "设备上没有空间")

    monkeypatch.setattr(folder, "prepare", full)
    with pytest.raises(PublicationRefused, match="网页写不进磁盘（设备上没有空间），没有发布"):
        publish_edition(urgent(cast), by=cast.chen)
    assert (Publication.objects.count(), PageJob.objects.count(), Listed.objects.count()) == (
        0,
        0,
        0,
    )


def test_killed_after_the_commit_the_worker_writes_the_page(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """断电于提交之后、改名之前：页面仍在待写之列，任务进程补上。"""
    edition = urgent(cast)
    with django_capture_on_commit_callbacks(execute=False):
        one = publish_edition(edition, by=cast.chen)
    assert files(public) == []
    assert write_all_due(nothing) == (27, 0)
    assert (public / f"n/{one.published_at.year}/{one.document.url_key}/index.html").is_file()
    assert PageJob.objects.count() == 0


def test_withdrawn_the_text_is_gone_everywhere_and_the_address_says_why(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """不变量三：撤下后，正文和标题不在任何公开文件里；原网址写明日期和理由，编号和位置不变。"""
    one = published(urgent(cast), cast, django_capture_on_commit_callbacks)
    published(urgent(cast, "水情简报"), cast, django_capture_on_commit_callbacks)
    write_all_due(nothing)
    leaks = [path for path in files(public) if "防汛提示" in (public / path).read_text()]
    # What could leak: the page, its data, its seal, the lists, the catalogue, the front page, the agency's own.
    assert len(leaks) == 23
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(one, reason="数字有误，核实后重新发布", by=cast.zhao)
    write_all_due(nothing)
    assert [path for path in files(public) if "防汛提示" in (public / path).read_text()] == []
    page = (public / f"n/{one.published_at.year}/{one.document.url_key}/index.html").read_text()
    assert "数字有误，核实后重新发布" in page
    assert "本条信息已撤下" in (public / "n/p/0001/index.html").read_text()
    assert list(Listed.objects.filter(listing="n").values_list("ordinal", flat=True)) == [1, 2]
    stored = Ending.objects.get()
    assert (stored.publication, stored.kind, stored.by_person) == (
        one,
        EndingKind.WITHDRAWN,
        cast.zhao,
    )


def test_the_file_goes_before_the_ledger_says_so(
    cast: Cast,
    public: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    """撤下先动文件、后记台账；台账没有记成的，页面重新列入待写，不会悄悄消失。"""
    one = published(urgent(cast), cast, django_capture_on_commit_callbacks)
    write_all_due(nothing)
    page = public / f"n/{one.published_at.year}/{one.document.url_key}/index.html"
    seen: list[bool] = []
    remove = ending_module._remove

    def then_fail(publication: Publication) -> None:
        remove(publication)
        seen.append(page.exists())
        raise DatabaseError("连接断开")

    monkeypatch.setattr(ending_module, "_remove", then_fail)
    with pytest.raises(DatabaseError):
        withdraw(one, reason="误发", by=cast.zhao)
    one.refresh_from_db()
    assert (seen, one.live, Ending.objects.count()) == ([False], True, 0)
    assert PageJob.objects.filter(kind="item").count() == 1
    write_all_due(nothing)
    assert page.exists()


def test_a_withdrawal_needs_a_reason_a_role_and_something_live(
    cast: Cast, django_capture_on_commit_callbacks: Commits
) -> None:
    """撤下要有理由，由负责人或者政务公开办办理；撤过的不能再撤。"""
    one = published(urgent(cast), cast, django_capture_on_commit_callbacks)
    with pytest.raises(
        RoleRefused, match="撤下已公开的信息由本机关负责人、县政府办公室负责人或者县政务公开办办理"
    ):
        withdraw(one, reason="误发", by=cast.sun)
    with pytest.raises(PublicationRefused, match="撤下必须写明理由"):
        withdraw(one, reason=" ", by=cast.li)
    withdraw(one, reason="误发", by=cast.li)
    with pytest.raises(PublicationRefused, match="这一版已经不在线"):
        withdraw(one, reason="误发", by=cast.li)


def test_pages_answer_before_their_files_are_written(
    cast: Cast, client: Client, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """文件还没有写出时，同一网址由程序回答同样的内容；没有的是 404。"""
    one = published(urgent(cast), cast, django_capture_on_commit_callbacks)
    where = f"/n/{one.published_at.year}/{one.document.url_key}/"
    filed = b"".join(client.get(where))
    folder.remove(public, where[1:] + "index.html")
    assert client.get(where).content == filed
    assert "防汛提示正文。" in filed.decode()
    assert client.get("/n/").status_code == 200
    assert client.get("/n/p/2/").status_code == 404
    assert client.get(f"/n/2001/{one.document.url_key}/").status_code == 404
    assert client.get(f"/seal/{one.document.url_key}/2.json").status_code == 404


def test_what_three_reviewers_approved_is_what_is_live(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """不变量一：经全部审核签封的版本发布，公开的签封记录写明级数；新版本发布后，旧版本不再给出文字。"""
    edition = draft(cast, "清淤通知")
    seal = sealed(cast, edition)
    edition.refresh_from_db()
    one = published(edition, cast, django_capture_on_commit_callbacks)
    shown = json.loads((public / f"seal/{one.document.url_key}/1.json").read_text())
    assert (shown["live"], shown["approval"]) == (
        True,
        {
            "kind": "sealed",
            "sha256": edition.sha256,
            "stages": 4,
            "at": clock.in_shanghai(seal.sealed_at).isoformat(),
        },
    )
    assert (one.seal, one.waiver) == (seal, None)


def test_what_was_approved_with_the_text_is_on_the_page(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """办事指南的要素、附件都在页面上；附件逐字节与审核时相同，撤下时一并撤走。"""
    schema = schema_of(Kind.SERVICE_GUIDE)
    typed = {field.name: f"示例{field.label}" for field in schema.field if not field.choices}
    values, wrong = schema.read(typed)
    text = Draft(Kind.SERVICE_GUIDE, "取水许可", "<p>怎样办。</p>", fields=values)
    edition = open_draft(cast.grain, text, by=cast.chen)
    attach_file(edition, BytesIO(FORM), name="申请表 甲.pdf", label="申请表", by=cast.chen)
    sealed(cast, edition)
    edition.refresh_from_db()
    one = published(edition, cast, django_capture_on_commit_callbacks)
    folder_of = public / f"n/{one.published_at.year}/{one.document.url_key}"
    page = (folder_of / "index.html").read_text()
    missing = [value for field, value in typed.items() if value not in page]
    assert (wrong, missing) == ({}, [])
    (file,) = (folder_of / "files").iterdir()
    assert (file.read_bytes(), file.name) == (
        FORM,
        f"{sha256_hex(FORM)[:8]}-申请表 甲.pdf",
    )
    assert f'href="files/{quote(file.name)}"' in page
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(one, reason="误发", by=cast.zhao)
    assert not file.exists()
