"""The 政府信息公开平台 as files: columns, guides, the catalogue, the standard catalogue."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from gongkai.agencies.actions import rename_agency
from gongkai.agencies.actions.establishing import record_contact
from gongkai.audit import clock
from gongkai.columns.actions.entering import enter_catalogue, link_item
from gongkai.columns.actions.keeping import close_column, hand_over_column, rename_column
from gongkai.columns.models import CatalogueItem
from gongkai.columns.queries import judged_on
from gongkai.documents.models import Edition
from gongkai.publication.actions import publish_edition, withdraw, writing
from gongkai.publication.models import PageJob
from gongkai.publication.pages import folder
from gongkai.publication.queries import Filling, fillings
from gongkai.rulebook.queries import rules_on
from tests.rooms.agencies.county import CONTACT
from tests.rooms.cast import Cast
from tests.rooms.columns.making import column
from tests.rooms.columns.sheets import openpyxl
from tests.rooms.columns.test_catalogue import ENTRY
from tests.rooms.publication.approving import publish, urgent
from tests.rooms.publication.test_publishing import nothing

Commits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
TODAY = clock.today()


@pytest.fixture
def public(settings: Settings, tmp_path: Path) -> Path:
    settings.PUBLIC = tmp_path / "public"
    return tmp_path / "public"


def lay_out() -> None:
    """Write every page there is to be, as an installation does when it starts."""
    writing.ask_everything()
    writing.write_all_due(nothing)


def text(public: Path, path: str) -> str:
    """The words of a written page, one blank between them."""
    page = (public / path).read_text(encoding="utf-8")
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_an_item_stands_in_the_columns_its_approved_bytes_name(cast: Cast, public: Path) -> None:
    """第十二条：发布的信息进入审定的栏目；上级栏目计入下级的条数，空白栏目写明由谁负责。"""
    lay_out()
    top = column(cast, "site", name="网站栏目")
    column(cast, "notices", name="通知公告", parent=top)
    column(cast, "empty", name="空栏目", parent=top)
    publish(cast, "停水公告", "清淤公告")
    writing.write_all_due(nothing)
    notices = text(public, "c/notices/index.html")
    assert (
        "共 2 条，这里是最新的 2 条，最近更新 2024-03-05 。 清淤公告 通知公告 2024-03-05 停水公告"
        in notices
    )
    assert "停水公告" in text(public, "c/notices/p/0001/index.html")
    assert "由 示例县粮食局 负责更新，公开时限：20个工作日内" in text(public, "c/empty/index.html")
    tree = text(public, "c/index.html")
    assert "网站栏目 （2 条，最近更新 2024-03-05 ） 通知公告 （2 条，最近更新 2024-03-05 ）" in tree
    assert "空栏目 （还没有内容，由县粮食局负责）" in tree
    assert not (public / "c/notices/n").exists()
    assert writing.mend(lambda done, total, what: None).found == []


def test_a_full_page_of_a_column_never_changes(cast: Cast, public: Path) -> None:
    """栏目的归档也从最早的排起：第一页满后，再发布不改它的字节。"""
    column(cast, "notices")
    publish(cast, *[f"公告{n}" for n in range(50)])
    writing.write_all_due(nothing)
    first = (public / "c/notices/p/0001/index.html").read_bytes()
    publish(cast, "第五十一条")
    writing.write_all_due(nothing)
    assert (public / "c/notices/p/0001/index.html").read_bytes() == first
    assert "第五十一条" in text(public, "c/notices/p/0002/index.html")


def test_what_is_withdrawn_leaves_columns_and_catalogue(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """不变量三：撤下的标题和概述不再出现在栏目和目录里，位置保留。"""
    column(cast, "notices")
    with django_capture_on_commit_callbacks(execute=True):
        one = publish_edition(urgent(cast), by=cast.chen)
    writing.write_all_due(nothing)
    told = [path for path in folder.paths(public) if "防汛提示" in (public / path).read_text()]
    assert [
        path for path in told if path.startswith(("c/", "catalogue/")) and path.endswith(".html")
    ] == [
        "c/notices/index.html",
        "c/notices/p/0001/index.html",
        "catalogue/index.html",
        "catalogue/p/0001/index.html",
    ]
    assert "防汛提示正文。" in text(public, "catalogue/index.html")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(one, reason="数字有误", by=cast.zhao)
    writing.write_all_due(nothing)
    assert [p for p in folder.paths(public) if "防汛提示" in (public / p).read_text()] == []
    assert "本条信息已撤下" in text(public, "c/notices/index.html")


def test_each_agency_has_a_catalogue_of_its_own(cast: Cast, public: Path) -> None:
    """第十二条：各机关各有目录，只列本机关的，发布、更名随之更新；机关页和指南都链到它。"""
    lay_out()
    publish(cast, "停水公告")
    writing.write_all_due(nothing)
    own = text(public, "o/T00000003/catalogue/index.html")
    assert ("示例县粮食局政府信息公开目录" in own, "停水公告" in own) == (True, True)
    assert "停水公告" in text(public, "o/T00000003/catalogue/p/0001/index.html")
    assert not (public / "o/T00000004/catalogue/p").exists()
    rename_agency(
        cast.grain, name="示例县粮食和储备局", short="粮储局", mark="示粮", since=TODAY, by=cast.li
    )
    writing.write_all_due(nothing)
    for page in ("catalogue/index.html", "catalogue/p/0001/index.html", "guide/index.html"):
        assert "示例县粮食和储备局" in text(public, f"o/T00000003/{page}")
    for page in ("index.html", "guide/index.html"):
        assert "/o/T00000003/catalogue/" in (public / f"o/T00000003/{page}").read_text()
    assert "还没有公开的信息" in text(public, "o/T00000004/catalogue/index.html")
    mended = writing.mend(lambda done, total, what: None).found
    assert [one for one in mended if one.startswith("o/T00000003/catalogue/")] == []


def test_a_renamed_column_keeps_its_address_and_its_pages_follow(cast: Cast, public: Path) -> None:
    """更名、移交、停用都不改网址；栏目页、归档、树和指南随之更新。"""
    lay_out()
    made, other = column(cast, "notices", name="通知公告"), column(cast, "news", name="动态")
    publish(cast, "停水公告")
    writing.write_all_due(nothing)
    rename_column(made, name="公告公示", since=TODAY, by=cast.li)
    hand_over_column(made, owner=cast.lakes, since=TODAY, by=cast.li)
    writing.write_all_due(nothing)
    assert "公告公示" in text(public, "c/notices/p/0001/index.html")
    page = text(public, "c/notices/index.html")
    assert "责任机关 示例县湖泊局" in page
    assert "曾用名称 通知公告（2024-01-02 起）" in page
    assert "公告公示" in text(public, "o/T00000004/guide/index.html")
    close_column(made, on=TODAY, reason="并入动态", moved_to=other, by=cast.li)
    writing.write_all_due(nothing)
    page = text(public, "c/notices/index.html")
    assert "起停用：并入动态。已有的内容和网址都保留。" in page
    assert "停水公告" in page
    assert "已停用的栏目" in text(public, "c/index.html")
    assert writing.mend(lambda done, total, what: None).found == []


def test_the_guide_follows_what_an_agency_makes_known(cast: Cast, public: Path) -> None:
    """第十二条、第五十三条第二项：机关的电话变了，指南随之更新；没有登记的写明没有登记。"""
    column(cast, "notices")
    writing.write_all_due(nothing)
    assert "还没有登记：名称、办公地址" in text(public, "o/T00000003/guide/index.html")
    record_contact(cast.grain, CONTACT, since=TODAY, by=cast.li)
    assert PageJob.objects.filter(kind="guide", key="T00000003").exists()
    writing.write_all_due(nothing)
    guide = text(public, "o/T00000003/guide/index.html")
    assert f"联系电话 {CONTACT.telephone}" in guide
    assert "主动公开基本目录" in guide
    rename_agency(
        cast.grain, name="示例县粮食和储备局", short="粮储局", mark="示粮", since=TODAY, by=cast.li
    )
    writing.write_all_due(nothing)
    assert "示例县粮食和储备局" in text(public, "c/notices/index.html")
    assert "各机关的指南" in text(public, "guide/index.html")


def test_the_standard_catalogue_is_a_page_and_the_official_table(cast: Cast, public: Path) -> None:
    """国办发〔2019〕54号：录入后有网页和表格；同样的数据，表格逐字节相同。"""
    lay_out()
    made = column(cast, "grain-reserve", name="粮食储备")
    writing.write_all_due(nothing)
    assert not (public / "catalogue/standard.xlsx").exists()
    enter_catalogue([ENTRY], by=cast.li)
    link_item(CatalogueItem.objects.get(), column=made, by=cast.li)
    writing.write_all_due(nothing)
    field = text(public, f"catalogue/standard/{ENTRY.field}/index.html")
    assert ENTRY.content in field
    assert field.endswith("粮食储备")
    data = (public / "catalogue/standard.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet.cell(4, 4).value == ENTRY.content
    assert writing.mend(lambda done, total, what: None).found == []


def test_addresses_answer_before_their_files_are_written(cast: Cast, client: Client) -> None:
    """文件还没有写出时，程序回答同样的网页；没有的是 404。"""
    column(cast, "notices")
    publish(cast, "停水公告")
    for where in (
        "/c/",
        "/c/notices/",
        "/c/notices/p/1/",
        "/guide/",
        "/catalogue/",
        "/catalogue/p/1/",
        "/o/T00000003/catalogue/",
        "/o/T00000003/catalogue/p/1/",
        "/o/T00000004/catalogue/",
    ):
        assert client.get(where).status_code == 200
    for where in (
        "/c/nothing/",
        "/c/notices/p/2/",
        "/catalogue/p/0/",
        "/catalogue/p/2/",
        "/catalogue/standard/x/",
        "/catalogue/standard.xlsx",
        "/o/T00000009/guide/",
        "/o/T00000009/catalogue/",
        "/o/T00000003/catalogue/p/2/",
        "/o/T00000004/catalogue/p/1/",
    ):
        assert client.get(where).status_code == 404


def test_the_day_of_the_last_update_never_goes_back(cast: Cast) -> None:
    """栏目的最近更新：补录更早的信息不改它；没有内容的栏目没有日期。"""
    column(cast, "notices")
    column(cast, "empty")
    publish(cast, "后", at=datetime(2024, 5, 1, 1, tzinfo=UTC))
    publish(cast, "先", at=datetime(2024, 2, 1, 1, tzinfo=UTC))
    day = datetime(2024, 5, 1, tzinfo=UTC).date()
    assert fillings() == {"notices": Filling(2, day)}
    judged = judged_on(rules_on(TODAY)) or []
    assert {one.verdict.expected.slug: one.verdict.last for one in judged} == {
        "notices": day,
        "empty": None,
    }


def test_what_was_approved_for_a_closed_column_goes_where_it_leads(cast: Cast) -> None:
    """栏目在审核期间停用：发布时进入停用登记所指的栏目，没有指明的只进本机关和全部列表。"""
    made, other = column(cast, "notices"), column(cast, "news")
    edition: Edition = urgent(cast)
    close_column(made, on=TODAY, reason="并入", moved_to=other, by=cast.li)
    publish_edition(edition, by=cast.chen)
    assert set(fillings()) == {"news"}
