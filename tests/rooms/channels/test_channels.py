"""Where an approved text was shown: only what is approved, compared at once, findings dealt with."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.refusal import RoleRefused
from gongkai.channels.actions import (
    Gathering,
    Photo,
    Shown,
    end_showing,
    record_showing,
    settle_finding,
    strike_showing,
)
from gongkai.channels.likeness import differing
from gongkai.channels.models import Audience, Channel, PolicyEvent, Settlement, Showing
from gongkai.channels.queries import open_findings, shown_where
from gongkai.channels.refusal import ShowingRefused
from gongkai.documents.canonical import Content
from gongkai.documents.models import Document
from tests.pure.files.made import picture
from tests.rooms.cast import Cast, items
from tests.rooms.publication.approving import publish
from tests.rooms.walk.world import signed_in

DAY = date(2024, 3, 6)


def wechat(text: str) -> Shown:
    return Shown(Channel.WECHAT, "示例县政务发布", DAY, address="https://mp.example/s/1", text=text)


@pytest.mark.parametrize(
    ("pasted", "rows"),
    [
        ("第一段。\n\n  第二 段。 ", 0),
        ("通知\n第一段。\n第二段。", 0),
        ("第一段。\n第二段！", 1),
        ("第一段。", 1),
        ("第一段。\n第二段。\n编辑：小陈", 1),
    ],
)
def test_blanks_and_the_heading_are_no_difference(pasted: str, rows: int) -> None:
    """空白、换行和文首的标题不算不同；改一个字、少一段、多一行署名都算。"""
    content = Content("通知", "<p>第一段。</p><p>第二段。</p>", {})
    assert len(differing(content, pasted)) == rows


def test_a_text_that_differs_waits_until_somebody_deals_with_it(
    cast: Cast, document: Document
) -> None:
    """不一致：登记时就列为待处理；处理要写说明，处理过的不再列；第二次处理被拒绝。"""
    (same,) = record_showing([document], wechat("开仓通知正文。"), by=cast.chen)
    (row,) = record_showing([document], wechat("关仓通知正文。"), by=cast.chen)
    assert (same.differences, row.differences) == (0, 1)
    assert list(open_findings(shown_where(document))) == [row]
    with pytest.raises(ShowingRefused, match="须写明说明"):
        settle_finding(row, settlement=Settlement.CORRECTED, why=" ", by=cast.chen)
    settle_finding(row, settlement=Settlement.CORRECTED, why="错字已改", by=cast.chen)
    assert list(open_findings(shown_where(document))) == []
    with pytest.raises(ShowingRefused, match="没有待处理"):
        settle_finding(row, settlement=Settlement.HARMLESS, why="再来", by=cast.chen)


def test_only_an_approved_text_is_shown_anywhere(cast: Cast, document: Document) -> None:
    """条例第十七条、不变量一：没有审过的版本不能登记在任何渠道，直接写数据库也被拒绝。"""
    (draft,) = items(cast, "未审稿")
    with pytest.raises(ShowingRefused, match="还没有通过审核的版本"):
        record_showing([draft.document], wechat("未审稿正文。"), by=cast.chen)
    with pytest.raises(DatabaseError, match="已签封或者已发布"), transaction.atomic():
        Showing.objects.create(
            edition=draft,
            channel="board",
            place="大厅",
            from_on=DAY,
            by_person=cast.chen,
            at=draft.saved_at,
        )
    with pytest.raises(RoleRefused):
        record_showing([document], wechat(""), by=cast.sun)


def test_a_notice_board_has_its_days_and_a_real_photograph(cast: Cast, document: Document) -> None:
    """公告栏：照片按内容查验；揭下的日期不早于张贴；误登的注销而不删除。"""
    board = Shown(Channel.BOARD, "东河镇便民大厅", DAY)
    with pytest.raises(ShowingRefused, match="可执行程序"):
        record_showing([document], board, photo=Photo("照片.png", b"MZ"), by=cast.chen)
    (row,) = record_showing([document], board, photo=Photo("照片.png", picture()), by=cast.chen)
    assert (row.photo and row.photo.kind, row.differences) == ("image/png", None)
    with pytest.raises(ShowingRefused, match="起始日期之后"):
        end_showing(row, on=date(2024, 3, 5), by=cast.chen)
    end_showing(row, on=date(2024, 3, 20), by=cast.chen)
    strike_showing(row, why="登错了件", by=cast.chen)
    assert (list(shown_where(document)), Showing.objects.get().struck_why) == ([], "登错了件")
    with pytest.raises(DatabaseError), transaction.atomic():
        Showing.objects.all().delete()


def test_an_event_explains_several_documents_to_people(cast: Cast, document: Document) -> None:
    """政策宣讲：一场几份文件，各有一条记录，人数和听众写一次；页面上互相看得到。"""
    other = publish(cast, "收购通知")[0].document
    told = Gathering("惠农政策进村", 60, [Audience.FARMERS, Audience.ELDERLY])
    shown = Shown(Channel.EVENT, "甲村广场", DAY, gathering=told)
    rows = record_showing([document, other], shown, by=cast.chen)
    assert [row.edition.title for row in rows] == ["开仓通知", "收购通知"]
    assert PolicyEvent.objects.get().listeners == "种养大户、合作社、老年人"
    page = signed_in(cast.chen).get(f"/desk/channels/{rows[0].uid}/").content.decode()
    assert ("收购通知" in page, "60 人" in page) == (True, True)


def test_pages_from_copying_to_the_finding(cast: Cast, document: Document) -> None:
    """复制到公众号 → 登记 → 看不同 → 处理，条目页上看得到在哪里发布过；外局一概 404。"""
    client, stranger = signed_in(cast.chen), signed_in(cast.sun)
    assert "还没有登记过" in client.get("/desk/channels/").content.decode()
    ready = client.get(f"/desk/channels/ready/{document.url_key}/").content.decode()
    assert "&lt;section style=" in ready
    address = f"/desk/channels/new/{document.url_key}/wechat/"
    sent = {"place": "示例县政务发布", "from_on": "2024-03-06", "address": "https://mp.example/s/1"}
    assert client.post(address, sent).status_code == 200
    assert client.post(address, {**sent, "text": "关仓通知正文。"}).status_code == 302
    row = f"/desk/channels/{Showing.objects.get().uid}/"
    page = client.get(row).content.decode()
    assert ("<del>开</del>" in page, "<ins>关</ins>" in page) == (True, True)
    assert "1 条与审核通过的文本不同" in client.get("/desk/channels/").content.decode()
    item = client.get(f"/desk/items/{document.url_key}/").content.decode()
    assert "1 处与原文不同" in item
    assert (
        client.post(f"{row}settle/", {"settlement": "corrected", "why": "已改"}).status_code == 302
    )
    event = {
        "title": "宣讲",
        "place": "甲村",
        "from_on": "2024-03-06",
        "audience": "9",
        "kinds": ["other"],
    }
    unknown = client.post(
        f"/desk/channels/new/{document.url_key}/event/", {**event, "others": "没有/2024-1"}
    )
    assert (unknown.status_code, "请核对" in unknown.content.decode()) == (409, True)
    assert [
        stranger.get(one).status_code
        for one in (row, address, f"{row}photo/", f"/desk/channels/ready/{document.url_key}/")
    ] == [404] * 4
    assert "示例县政务发布" not in stranger.get("/desk/channels/").content.decode()
