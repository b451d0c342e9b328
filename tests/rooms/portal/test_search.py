"""The public search page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from gongkai.audit import clock
from gongkai.people import limits
from gongkai.portal.views import search as page_module
from gongkai.search.actions import add_synonym, recommend, write_snapshot
from gongkai.search.models import MissedQuery
from tests.rooms.cast import Cast
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.publication.approving import publish

MOST_QUERIES = 12


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Iterator[None]:
    """A data folder and counts of this test's own."""
    now: Any = settings.CACHES[limits.CACHE]
    own = {**settings.CACHES, limits.CACHE: {**now, "LOCATION": tmp_path / "counts"}}
    with override_settings(DATA=tmp_path, CACHES=own):
        yield


@pytest.fixture
def shelf(cast: Cast) -> Cast:
    publish(cast, "湖泊清淤通知", "河道清淤通知", at=datetime(2023, 4, 1, tzinfo=UTC))
    publish(cast, *[f"清淤进展{n:02}" for n in range(22)], at=datetime(2024, 4, 1, tzinfo=UTC))
    return cast


def asked(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_found_marked_narrowed_and_paged(
    shelf: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """条数、标出的词、按年份缩小、翻页；查询次数有上限。"""
    with django_assert_max_num_queries(MOST_QUERIES):
        status, page = asked(client, "/search/?q=清淤")
    assert (status, "找到 24 条，第 1 页" in page) == (200, True)
    assert page.count('class="hit"') == 20
    assert "<mark>清淤</mark>进展" in page
    assert "/search/?q=%E6%B8%85%E6%B7%A4&amp;page=2" in page
    assert "/search/?q=%E6%B8%85%E6%B7%A4&amp;year=2023" in page
    _, narrowed = asked(client, "/search/?q=清淤&year=2023&agency=T00000003&kind=notice")
    assert ("找到 2 条" in narrowed, "河道<mark>清淤</mark>通知" in narrowed) == (True, True)
    assert "没有找到" in asked(client, "/search/?q=清淤&agency=T00000004")[1]
    assert asked(client, "/search/?q=清淤&page=2")[1].count('class="hit"') == 4


def test_nothing_typed_too_much_and_a_script(shelf: Cast, client: Client) -> None:
    """空的、太长的、带脚本的：中文说明，没有 500，脚本原样变成文字。"""
    assert asked(client, "/search/")[0] == 200
    status, page = asked(client, "/search/?q=")
    assert (status, "请输入要找的词" in page) == (400, True)
    status, page = asked(client, f"/search/?q={'长' * 300}")
    assert (status, "输入的内容太长" in page) == (400, True)
    status, page = asked(client, "/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%00")
    assert (status, "<script>alert" in page) == (200, False)
    assert asked(client, "/search/?q=清淤&page=99")[0] == 400


def test_what_is_not_found_is_counted_without_personal_data(cast: Cast, client: Client) -> None:
    """落空的检索记次数，电话号码遮盖；缩小范围后的落空不记。"""
    for typed in ("低保标准", "低保标准", "查 13800138000", "低保标准&year=2001"):
        assert "没有包含" in asked(client, f"/search/?q={typed}")[1]
    rows = {row.folded: row.count for row in MissedQuery.objects.all()}
    assert rows["低保标准"] == 2
    assert len(rows) == 2
    assert not any("00138" in folded for folded in rows)


def test_synonyms_and_recommendations(shelf: Cast, client: Client) -> None:
    """登记同义词后互相找到；推荐结果显示在上方，过了最后一天不再显示。"""
    assert "没有找到" in asked(client, "/search/?q=疏浚")[1]
    add_synonym("疏浚", "清淤", by=shelf.li)
    assert "找到 24 条" in asked(client, "/search/?q=疏浚")[1]
    recommend("疏浚", title="清淤专题", url="/n/", expires_on=clock.today(), by=shelf.li)
    assert "清淤专题" in asked(client, "/search/?q=疏浚")[1]


def test_with_the_database_stopped_the_snapshot_answers(
    shelf: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """数据库停用：用夜间的副本回答并写明是哪一天的；没有副本时说明并请稍后再试。"""

    def stopped(*_: object) -> None:
        raise OperationalError("stopped")

    monkeypatch.setattr(page_module, "names_on", stopped)
    status, page = asked(client, "/search/?q=河道清淤")
    assert (status, "没有可用的检索副本" in page) == (503, True)
    write_snapshot(lambda said: None)
    status, page = asked(client, "/search/?q=河道清淤")
    today = clock.today()
    assert (status, "找到 1 条" in page) == (200, True)
    assert f"{today.year} 年 {today.month} 月 {today.day} 日保存的检索副本" in page


@override_settings(SEARCH_PER_HOUR=2)
def test_one_address_cannot_search_without_end(shelf: Cast, client: Client) -> None:
    """同一网络地址一小时内检索过多：429，写明何时可以再用。"""
    assert [asked(client, "/search/?q=清淤")[0] for _ in range(3)] == [200, 200, 429]
