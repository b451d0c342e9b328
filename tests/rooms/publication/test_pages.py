"""Pages that are due, writers that meet, and files that are not as they should be."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from gongkai.publication.actions import list_imported, pages, publish_imported, writing
from gongkai.publication.listings import FULL
from gongkai.publication.models import PageJob, WrittenPage
from gongkai.publication.pages import folder, kinds
from gongkai.publication.pages.kinds import PageKind
from gongkai.publication.queries import entries
from tests.rooms.cast import Cast, items
from tests.rooms.publication.approving import publish, waive
from tests.rooms.publication.test_publishing import nothing


def unmoved(done: int, total: int, what: str) -> None:
    """Progress nobody looks at."""


def test_an_older_text_never_covers_a_newer_one(cast: Cast, public: Path) -> None:
    """两个写页面的进程相遇：旧稿在新稿之后才写完，也不会盖掉新稿。"""
    publish(cast, "公告")
    job = PageJob.objects.get(kind="list", key="n")
    slow = pages.prepare_page(job)
    publish(cast, "通知")
    newer = pages.prepare_page(PageJob.objects.get(kind="list", key="n"))
    assert pages.settle_own([newer]) == 1
    assert pages.settle_own([slow]) == 0
    assert "通知" in (public / "n/index.html").read_text()
    assert folder.abandoned(public, before=float("inf")) == []


def test_full_pages_of_the_archive_never_change(cast: Cast, public: Path) -> None:
    """归档从最早的排起：第一页满五十条后，再发布多少条，它的字节都不变。"""
    publish(cast, *[f"公告{n}" for n in range(FULL)])
    writing.write_all_due(nothing)
    first = (public / "n/p/0001/index.html").read_bytes()
    publish(cast, "第五十一条")
    assert not PageJob.objects.filter(kind="archive", key="n:0001").exists()
    writing.write_all_due(nothing)
    assert (public / "n/p/0001/index.html").read_bytes() == first
    assert "第五十一条" in (public / "n/p/0002/index.html").read_text()
    assert first.decode().count('class="item-link"') == FULL


def test_every_difference_is_found_and_mended(cast: Cast, public: Path) -> None:
    """不变量三：缺的、被改动的、过时的、不该有的，逐个指出并改正；改过之后再核对，没有不同。"""
    publish(cast, "公告", "通知")
    writing.ask_everything()
    writing.write_all_due(nothing)
    assert writing.mend(unmoved) == writing.Mended([], 0)
    own = sorted(path for path in folder.paths(public) if path.startswith("n/2024"))
    before = {path: (public / path).read_bytes() for path in folder.paths(public)}
    (public / own[0]).unlink()
    (public / own[1]).write_text("被人改过")
    WrittenPage.objects.filter(path=own[2]).delete()
    WrittenPage.objects.create(
        path="n/x.html",
        kind="item",
        key="x",
        sha256="0" * 64,
        size=1,
        written_at="2024-01-01T00:00Z",
    )
    (public / "n/x.html").write_text("旧版本留下的")
    (public / "n/y.html").write_text("别人放进来的")
    (public / "site-verify.txt").write_text("本县自己放的")
    for name in ("n/x.html", "n/y.html", "site-verify.txt"):
        os.utime(public / name, (0, 0))
    assert writing.mend(unmoved).found == [
        f"{own[0]}：缺少文件",
        f"{own[2]}：没有登记在清单里",
        f"{own[1]}：文件被改动过",
        "n/x.html：不再属于任何页面",
        "n/y.html：不是本程序写的文件",
    ]
    (public / "site-verify.txt").unlink()
    assert {path: (public / path).read_bytes() for path in folder.paths(public)} == before
    assert writing.mend(unmoved) == writing.Mended([], 0)


def test_a_page_that_fails_holds_up_no_other(
    cast: Cast, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """一个页面写不成，不耽误别的；原因记在它上面，下一轮再试。"""
    publish(cast, "公告")

    def broken(key: str) -> bytes | None:
        raise ValueError("模板出错")

    kind = PageKind("broken", lambda key: "x.html", broken, lambda some: (), lambda: (), 1)
    pages.ask_for([(kind, "x")])
    monkeypatch.setitem(kinds._kinds, "broken", kind)
    due = PageJob.objects.count() - 1
    assert writing.write_all_due(nothing) == (due, 1)
    left = PageJob.objects.get()
    assert (left.kind, left.tries, left.fault) == ("broken", 1, "ValueError：模板出错")


def test_what_was_imported_stands_in_the_lists_by_date(cast: Cast) -> None:
    """补录时各机关先后导入，全县列表仍按发布日期从旧到新；再次排列不变。"""
    later, earlier = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)
    for title, at in (("后", later), ("先", earlier)):
        waivers = waive(cast, items(cast, title))
        publish_imported(waivers, at=[at], agency=cast.grain, by=cast.li)
    assert list_imported() == 2
    assert [entry.title for entry in entries("n", 0, 9)] == ["后", "先"]
    assert list_imported() == 0


def test_what_could_not_be_mended_is_not_called_mended(
    cast: Cast, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """磁盘写满时核对：列出不一致，说明还有几个没有写成、怎么办，不说已改正。"""
    publish(cast, "公告")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "设备上没有空间")

    monkeypatch.setattr(folder, "prepare", full)
    mended = writing.mend(unmoved)
    assert len(mended.found) == mended.failed > 7
    n = mended.failed
    assert mended.said.startswith(f"{n} 个网页与台账不一致；有 {n} 个没有写成，磁盘可能已满")


def test_many_pages_at_once_are_the_pages_made_one_by_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """成批生成的网页与逐页生成的逐字节相同，没有的就是没有；查询次数不随页数增加。"""
    publish(cast, *[f"公告{n}" for n in range(6)])
    queries = {"item": 3, "twin": 2, "seal": 1}
    for name, asked in queries.items():
        kind = kinds.kind_of(name)
        assert kind
        keys = [*kind.every(), "2024/00000000" if name != "seal" else "00000000/1"]
        alone = [kind.render(key) for key in keys]
        with django_assert_num_queries(asked):
            assert list(kind.pages(keys)) == alone
        assert [page is None for page in alone] == [False] * 6 + [True]


def test_asking_for_what_was_imported_does_not_ask_once_a_document(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """补录多少条，安排网页所用的查询次数都一样（成批补录一年的信息不必等几分钟）。"""
    published = publish(cast, *[f"公告{n}" for n in range(6)])
    with django_assert_max_num_queries(len(kinds.registered()) + 2):
        pages.ask_touched(published)
