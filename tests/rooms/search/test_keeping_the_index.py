"""重建索引、夜间只读副本、摘录：同样的结果，断电也不丢原来的。"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker, Settings

from gongkai.audit import clock
from gongkai.jobs.actions import start
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.models import Job, State
from gongkai.jobs.work.loop import run_next
from gongkai.search.actions import (
    add_synonym,
    index,
    merge_waiting,
    rebuild,
    remove,
    write_snapshot,
)
from gongkai.search.actions.indexing import IndexOutdated
from gongkai.search.array import forking
from gongkai.search.entry import Audience, Entry
from gongkai.search.excerpts import Piece
from gongkai.search.models import PublicBody
from gongkai.search.queries import find
from gongkai.search.query import QueryRefused
from gongkai.search.results import Filters
from gongkai.search.snapshot import NoSnapshot, find_in_snapshot
from tests.rooms.cast import Cast
from tests.rooms.jobs.planted import one_connection
from tests.rooms.search.conftest import entry, found, put
from tests.rooms.search.test_finding import FILTERED, GOLDEN, QUERIES

__all__ = ["one_connection"]
pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 1)


def quiet(said: str) -> None:
    """Say nothing."""


@pytest.fixture
def data(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.DATA = tmp_path
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return tmp_path


def test_the_snapshot_answers_like_the_database(
    data: Path, cast: Cast, django_db_blocker: DjangoDbBlocker
) -> None:
    """副本：同样的结果、次序、摘录、分面和总数，写明日期；数据库停用时照样检索；内部条目不在里面。"""
    put(*GOLDEN.values(), *(replace(one, key=entry(n + 20).key) for n, one in enumerate(FILTERED)))
    put(*(entry(n, "低保公示", f"第{n}期") for n in range(100, 150)))
    put(entry(1, "内部草稿", audience=Audience.STAFF))
    add_synonym("低保", "最低生活保障", by=cast.li)
    typed = [*QUERIES, "最低生活保障", "内部草稿", "低保 公示"]
    asked = [
        (one, filters, page)
        for one in typed
        for filters in (
            Filters(),
            Filters(agency_id=1, column="b"),
            Filters(since=date(2023, 6, 1)),
        )
        for page in (1, 2, 3)
    ]
    expected = [replace(find(*one), as_of=TODAY) for one in asked]
    assert write_snapshot(quiet) == 64
    with django_db_blocker.block():
        assert [find_in_snapshot(*one) for one in asked] == expected
        with pytest.raises(QueryRefused):
            find_in_snapshot("")
    assert b"\xe5\x86\x85\xe9\x83\xa8" not in (data / "search.sqlite").read_bytes()
    assert [path.name for path in data.iterdir()] == ["search.sqlite"]


def test_a_snapshot_is_replaced_whole_or_not_at_all(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """写到一半失败：原来的副本还在，没有残留；再写一次就是新的。"""
    put(entry(1, "第一版"))
    write_snapshot(quiet)
    put(entry(2, "第二版"))

    def fails(said: str) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_snapshot(fails)
    assert [find_in_snapshot(typed).total for typed in ("第一版", "第二版")] == [1, 0]
    assert [path.name for path in data.iterdir()] == ["search.sqlite"]
    write_snapshot(quiet)
    assert [find_in_snapshot(typed).total for typed in ("第一版", "第二版")] == [1, 1]


@pytest.mark.parametrize("body", [None, b"", b"no database at all" * 100])
def test_without_a_snapshot_a_sentence_says_so(data: Path, body: bytes | None) -> None:
    """没有副本，或者文件坏了：说清楚，不出错。"""
    if body is not None:
        (data / "search.sqlite").write_bytes(body)
    with pytest.raises(NoSnapshot) as refused:
        find_in_snapshot("低保")
    assert str(refused.value).startswith("检索暂时不可用，因为数据库没有应答")


def test_a_snapshot_of_another_analyser_is_not_asked(data: Path) -> None:
    """另一分词版本写的副本不用：答案可能有漏。"""
    put(entry(1, "低保"))
    write_snapshot(quiet)
    file = sqlite3.connect(data / "search.sqlite")
    file.execute("UPDATE search_snapshot SET analyzer_version = 0")
    file.commit()
    file.close()
    with pytest.raises(NoSnapshot):
        find_in_snapshot("低保")


@pytest.mark.usefixtures("one_connection")
def test_the_nightly_job_writes_it(data: Path) -> None:
    """每夜的工作写出副本；磁盘满时说明，以后再试。"""
    put(entry(1, "低保"))
    start("search.snapshot", by=CLOCKWORK)
    assert run_next()
    (job,) = Job.objects.all()
    assert (job.state, job.reason) == (State.DONE, "")
    assert find_in_snapshot("低保").total == 1


@pytest.mark.usefixtures("one_connection")
def test_what_was_added_waits_in_a_list_and_is_found_there() -> None:
    """PostgreSQL：新编入的先排队，立即查得到；整理以后归入索引，不再排队，结果不变。SQLite 没有这个队。"""
    merge_waiting()
    put(entry(1, "低保"), entry(2, "低保", audience=Audience.STAFF))
    assert found("低保") == [1]
    start("search.merge", by=CLOCKWORK)
    assert run_next()
    waited = 2 if connection.vendor == "postgresql" else 0
    (job,) = Job.objects.all()
    assert (job.state, job.result) == (
        State.DONE,
        f"检索索引整理完毕，有 {waited} 页新编入的内容归入索引。",
    )
    assert (merge_waiting(), found("低保")) == (0, [1])


def test_a_search_leaves_the_connection_as_it_was() -> None:
    """检索时告诉 PostgreSQL 的估价，检索以后不留给别的查询。"""
    put(entry(1, "低保"))
    if connection.vendor == "sqlite":
        pytest.skip("SQLite 没有可调的估价。")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL cpu_tuple_cost = 0.02")
        found("低保")
        cursor.execute("SELECT current_setting('cpu_tuple_cost'), current_setting('jit')")
        assert cursor.fetchone() == ("0.02", "off")


def test_a_rebuild_puts_the_new_in_place_of_the_old() -> None:
    """重建：旧的一条不剩，新的都在，随后照常编入和取出；别的受众不动。"""
    put(entry(1, "旧的"), entry(2, "内部", audience=Audience.STAFF))
    said: list[str] = []
    fresh = [entry(n, f"新的第{n}条", "正文") for n in range(3, 10)]
    assert rebuild(Audience.PUBLIC, iter(fresh), said.append) == 7
    assert said == ["已编入 7 条"]
    assert (found("旧的"), found("新的"), found("第5条")) == ([], list(range(3, 10)), [5])
    assert find("内部", audience=Audience.STAFF, within=frozenset({1})).total == 1
    put(entry(5, "改过"))
    assert (found("第5条"), found("改过")) == ([], [5])


def test_a_rebuild_that_fails_leaves_the_old() -> None:
    """重建途中出错：原来的索引完好。"""
    put(entry(1, "旧的", "原来的正文"))

    def broken() -> Iterator[Entry]:
        yield entry(2, "新的")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  # planted above
        rebuild(Audience.PUBLIC, broken(), quiet)
    with pytest.raises(ValueError, match="public"):
        rebuild(Audience.PUBLIC, [entry(3, audience=Audience.STAFF)], quiet)
    assert [found(typed) for typed in ("旧的", "原来的", "新的")] == [[1], [1], []]


def test_what_another_analyser_wrote_is_not_taken_out_by_guess() -> None:
    """分词版本不同的条目不能逐条改：给出的词不同会留下取不掉的残余；要重建。"""
    put(entry(1, "旧的"))
    PublicBody.objects.update(analyzer_version=0)
    with pytest.raises(IndexOutdated, match="请系统管理员重建索引"), transaction.atomic():
        index(entry(1, "新的"))
    assert rebuild(Audience.PUBLIC, [entry(1, "新的")], quiet) == 1
    assert (found("旧的"), found("新的")) == ([], [1])


def test_an_emptied_index_has_no_ghosts() -> None:
    """清空再编入：SQLite 的索引里没有以前留下的词。"""
    put(entry(1, "从前的标题", "从前"))
    rebuild(Audience.PUBLIC, [], quiet)
    put(entry(1, "现在", "现在"))
    assert (found("从前"), found("现在")) == ([], [1])
    if connection.vendor == "sqlite":
        whole()


def whole() -> None:
    """Have SQLite compare both indexes with themselves: one that kept a ghost is malformed."""
    with connection.cursor() as cursor:
        for name in ("search_public_index", "search_public_titles"):
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")  # noqa: S608  # our own names


FORKS = forking(0)
LAYOUTS = {"sqlite": "0003_titles", "postgresql": "0004_array"}


def test_an_index_of_the_layout_before_is_put_in_anew() -> None:
    """升级：旧布局的索引由条目重新编入，标题、正文、各种筛选都找得到，撤下不留残余。"""
    put(*(replace(one, key=entry(n + 1).key) for n, one in enumerate(FILTERED)))
    asked = [Filters(), Filters(kind="policy"), Filters(column="b")]
    before = [find("低保", filters) for filters in asked]
    layout = import_module(f"gongkai.search.migrations.{LAYOUTS[connection.vendor]}")
    with connection.cursor() as cursor:
        editor: Any = SimpleNamespace(connection=connection, execute=cursor.execute)
        layout.drop(apps, editor)
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE search_publicentry SET tokens = '{1}'")
        layout.create(apps, editor)
    if connection.vendor == "sqlite":
        whole()
    assert [find("低保", filters) for filters in asked] == before
    assert [results.total for results in before] == [3, 2, 2]
    with transaction.atomic():
        for n in range(len(FILTERED)):
            remove(entry(n + 1).key, audience=Audience.PUBLIC)
    if connection.vendor == "sqlite":
        whole()
    assert find("低保").total == 0


def test_long_words_are_counted_as_before_once_forks_are_known(few_are_not_read: None) -> None:
    """升级：旧的编号里没有“接法不止一种”的记号，补上以后像而不是的不计入。"""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite 的索引记得位置。")
    put(entry(1, "农村低保标准"), entry(2, "农村低", "村低保标准，农村低"))
    layout = import_module("gongkai.search.migrations.0006_forks")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_publicentry SET tokens = "
            "array(SELECT one FROM unnest(tokens) one WHERE one < %s)",
            [FORKS],
        )
        assert find("农村低保").total == 2
        layout.number(apps, SimpleNamespace(connection=connection, execute=cursor.execute))
    assert find("农村低保").total == 1


def pieces(*texts: str) -> tuple[Piece, ...]:
    """Write what is marked in 【】."""
    return tuple(Piece(text.strip("【】"), marked=text.startswith("【")) for text in texts)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("低保", "农村低保标准", ("农村", "【低保】", "标准")),
        ("征收补偿", "土地征\n  收补偿的", ("土地", "【征 收补偿】", "的")),
        ("2024〕5", "豫政〔２０２４〕 5号", ("豫政〔", "【２０２４〕 5】", "号")),
        ("农村 低保", "低保，农村低保", ("【低保】", "，", "【农村低保】")),
        ("open", "An Open  Data", ("An ", "【Open】", " Data")),
        ("m2", "面积\n5㎡，", ("面积 5", "【㎡】", "，")),
        (
            "é的",
            "\n名cafe\u0301的",
            ("名caf", "【é的】"),
        ),  # composed with its neighbour: folded text
        ("没有", "正文", ("正文",)),
    ],
)
def test_an_excerpt_shows_what_was_written(
    typed: str, text: str, expected: tuple[str, ...]
) -> None:
    """摘录是原文：断行、全角照原样，标出的正是检索的词。"""
    put(entry(1, "没有", text))
    if typed != "没有":
        assert find(typed).hits[0].excerpt == pieces(*expected)
    else:
        (hit,) = find(typed).hits
        assert (hit.marked_title, hit.excerpt) == (pieces("【没有】"), pieces(*expected))


def test_an_excerpt_of_a_long_text_is_around_its_match() -> None:
    """长文的摘录在命中处前后，附件里的命中也一样。"""
    put(entry(1, "长文", "前" * 500, parts=("中" * 500 + "低保" + "后" * 500,)))
    (hit,) = find("低保").hits
    assert hit.excerpt == pieces("…", "中" * 30, "【低保】", "后" * 88, "…")
