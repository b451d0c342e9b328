"""Drafting on the desk: the list, writing, being overtaken, files, the register."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.test import Client
from pytest_django.asserts import assertNumQueries

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.documents.actions import close_edition, next_edition
from gongkai.documents.models import Document, Edition, Kind
from gongkai.people.models import Person
from tests.rooms.cast import SINCE, Cast, items
from tests.rooms.documents.drafts import PDF, attach, draft, save, withheld
from tests.rooms.documents.test_drafting import second_editor
from tests.rooms.portal.scene import account
from tests.rooms.portal.static_root import make_static_root

MOST_QUERIES = 12


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"p{person.pk}"))
    return client


def test_a_document_is_begun_and_written(cast: Cast) -> None:
    """从“起草信息”到保存正文：两页，取号，正文和栏目都在。"""
    client = signed_in(cast.chen)
    answer = client.post(
        "/desk/items/new/",
        {"agency": "T00000003", "kind": "meeting", "title": "常务会议", "disclosure": "public"},
    )
    document = Document.objects.get()
    address = f"/desk/items/{document.url_key}/"
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{address}edit/")
    typed = {"title": "第一次常务会议", "text": "议定事项", "revision": "1"}
    fields = {"held_on": "2024-03-01", "topics": "粮食\n湖泊"}
    answer = client.post(f"{address}edit/", typed | fields)
    content = Edition.objects.get().content
    assert (answer.status_code, content.title, content.fields) == (
        302,
        "第一次常务会议",
        {"held_on": "2024-03-01", "topics": ["粮食", "湖泊"]},
    )
    assert "议定事项" in client.get(address).content.decode()


def test_who_writes_for_several_agencies_is_asked_for_which(cast: Cast) -> None:
    """几个单位的信息员：没有写过的先问，不替人选；写过的从上次那个开始；成批补录的不算写过。"""

    def offered() -> tuple[str, str]:
        form = client.get("/desk/items/new/").context["form"]
        return form.fields["agency"].choices[0][0], form["agency"].value()

    client = signed_in(cast.chen)
    assert offered() == ("T00000003", "")
    appoint(cast.chen, cast.lakes, role=Role.INFORMATION_OFFICER, since=SINCE, by=cast.li)
    items(cast, "成批补录的一件")
    assert offered() == ("", "")
    typed = {"agency": "", "kind": "meeting", "title": "常务会议", "disclosure": "public"}
    assert list(client.post("/desk/items/new/", typed).context["form"].errors) == ["agency"]
    assert Document.objects.count() == 1
    client.post("/desk/items/new/", typed | {"agency": "T00000004"})
    assert offered() == ("T00000003", "T00000004")
    assert client.get("/desk/items/new/word/").context["form"]["agency"].value() == "T00000004"


def test_days_are_chosen_from_a_calendar(cast: Cast) -> None:
    """日期、时间是浏览器的日期框，保存过的照样显示；公示开始、转载的原文发布时间。"""
    client = signed_in(cast.chen)
    for kind, said, shown in (
        (Kind.PUBLICITY, {"from_on": "2024-03-01"}, ("date", "2024-03-01")),
        (
            Kind.RELAY,
            {"source_published_at": "2024-03-01T09:30"},
            ("datetime-local", "2024-03-01T09:30"),
        ),
    ):
        edition = draft(cast, "公示", kind)
        (name,) = said
        address = f"/desk/items/{edition.document.url_key}/edit/"
        client.post(address, {"title": "公示", "text": "正文", "revision": "1", **said})
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', client.get(address).text)
        assert field is not None
        wanted = (f'type="{shown[0]}"', f'value="{shown[1]}"')
        assert [one for one in wanted if one not in field[0]] == []


def test_who_is_overtaken_keeps_the_text(cast: Cast) -> None:
    """后保存的人：409，写明是谁，自己写的还在表单里，旁边是现在的文本。"""
    edition = draft(cast)
    save(edition, "先保存的正文", expecting=1, by=cast.chen)
    answer = signed_in(cast.chen).post(
        f"/desk/items/{edition.document.url_key}/edit/",
        {"title": "我的标题", "text": "我写了很久的正文", "revision": "1"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [
        text in page for text in ("信息员小陈已于", "我写了很久的正文", "先保存的正文", "我的标题")
    ] == [True] * 4
    assert Edition.objects.get().content.text == "<p>先保存的正文</p>"


def test_who_comes_second_sees_who_writes(cast: Cast) -> None:
    """打开别人正在写的稿：看到是谁，没有表单，只有写明理由接过。"""
    edition = draft(second_editor(cast))
    address = f"/desk/items/{edition.document.url_key}/edit/"
    client = signed_in(cast.wang)
    page = client.get(address).content.decode()
    assert ("信息员小陈正在编辑" in page, 'name="revision"' in page) == (True, False)
    refused = client.post(f"{address}take-over/", {"take-reason": ""})
    assert (refused.status_code, "须写明理由" in refused.content.decode()) == (409, True)
    client.post(f"{address}take-over/", {"take-reason": "小陈请假"})
    assert 'name="revision"' in client.get(address).content.decode()


def test_the_list_is_narrowed(cast: Cast) -> None:
    """按状态、种类、年份、标题筛选，各自只剩该剩的；外局的人一件也看不到。"""
    draft(cast, "甲通知")
    draft(cast, "乙公示", Kind.PUBLICITY)
    items(cast, "丙公告")
    client = signed_in(cast.chen)

    def shown(query: str) -> list[bool]:
        page = client.get(f"/desk/items/?{query}").content.decode()
        return [title in page for title in ("甲通知", "乙公示", "丙公告")]

    assert [shown(query) for query in ("", "state=draft", "state=closed", "kind=publicity")] == [
        [True, True, True],
        [True, True, False],
        [False, False, True],
        [False, True, False],
    ]
    assert [shown("q=丙"), shown("year=2024"), shown("state=discarded")] == [
        [False, False, True],
        [False, False, True],
        [False, False, False],
    ]
    assert "甲通知" not in signed_in(cast.sun).get("/desk/items/").content.decode()


def test_the_list_asks_few_questions(cast: Cast) -> None:
    """一页五十件，查询不随件数增加，不超过十二次。"""
    items(cast, *(f"公告{n}" for n in range(60)))
    client = signed_in(cast.chen)
    client.get("/desk/items/")
    with assertNumQueries(10):
        client.get("/desk/items/?q=公告&state=closed")
    assert MOST_QUERIES >= 10


def test_a_file_comes_in_and_goes_out(cast: Cast) -> None:
    """上传、下载：原样的字节，只作为下载交出；外局的人得 404。"""
    edition = draft(cast)
    address = f"/desk/items/{edition.document.url_key}/files/"
    client = signed_in(cast.chen)
    sent = BytesIO(PDF)
    sent.name = "公告附件.pdf"
    assert client.post(address, {"file": sent, "role": "attachment"}).status_code == 302
    one = edition.attachments.get()
    answer = client.get(f"{address}{one.uid}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert signed_in(cast.sun).get(f"{address}{one.uid}/").status_code == 404
    bad = BytesIO(b"MZ")
    bad.name = "程序.exe"
    refused = client.post(address, {"file": bad, "role": "attachment"})
    assert (refused.status_code, "这是可执行程序，不能上传" in refused.content.decode()) == (
        409,
        True,
    )


def test_two_editions_are_compared(cast: Cast) -> None:
    """两版并排：改的、增的段落有字标明，段内改了哪几个字看得到，不只靠颜色。"""
    edition = draft(cast)
    close_edition(edition, by=cast.chen)
    following = next_edition(edition.document, by=cast.chen)
    attach(following, cast.chen)
    save(following, "关于关仓的通知正文。", expecting=1, by=cast.chen)
    page = signed_in(cast.chen).get(f"/desk/items/{edition.document.url_key}/compare/")
    text = page.content.decode()
    wanted = ("关于<del>开</del>仓的", "关于<ins>关</ins>仓的", "<ins>附件：", ">改<", ">增<")
    assert [word for word in wanted if word not in text] == []


def test_what_is_withheld_is_looked_at_again_on_a_page(cast: Cast) -> None:
    """条例第十八条：登记册列出，评估为公开后，稿子的属性是主动公开，登记册空了。"""
    edition = withheld(cast)
    entry = edition.document.withholdings.get()
    client = signed_in(cast.chen)
    assert "内部通知" in client.get("/desk/items/withheld/").content.decode()
    answer = client.post(
        f"/desk/items/withheld/{entry.uid}/", {"result": "publish", "reason": "情况变化"}
    )
    assert answer.status_code == 302
    assert Document.objects.get().disclosure == "public"
    assert "没有登记为不予公开的信息" in client.get("/desk/items/withheld/").content.decode()
