"""A Word file as the text of an item; pictures of a text; what must be answered before review."""

from __future__ import annotations

import io
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse

from gongkai.documents.actions import add_picture, close_edition, detach_file, take_in_word
from gongkai.documents.models import Document, Edition, Kind
from gongkai.documents.queries import attached_to, shortcomings
from gongkai.documents.refusal import DocumentRefused
from tests.pure.files.made import changed, picture, saved
from tests.rooms.cast import Cast
from tests.rooms.documents.drafts import draft, save
from tests.rooms.portal.scene import account

ANSWER = "图片“图1.png”没有文字说明：看不见图的人不知道内容。请点图片、按“图片”写一句说明；只起装饰作用的，请标记为装饰图片。"


def word(*, described: bool) -> bytes:
    """A Word file with a heading, a table without a header and a picture."""
    document = docx.Document()
    document.add_heading("收购标准", 1)
    table = document.add_table(2, 2)
    for n, text in enumerate(("一等", "2.30", "二等", "2.26")):
        table.cell(n // 2, n % 2).text = text
    document.add_picture(io.BytesIO(picture()))
    descr = 'name="Picture 1" descr="收购流程图"' if described else 'name="Picture 1"'
    return changed(saved(document), {"word/document.xml": ('name="Picture 1"', descr)})


def taken(cast: Cast, *, described: bool) -> Edition:
    edition = draft(cast)
    content = BytesIO(word(described=described))
    return take_in_word(
        edition, content, name="稿.docx", expecting=edition.revision, by=cast.chen
    ).edition


@pytest.fixture
def chen(cast: Cast) -> Client:
    client = Client()
    client.force_login(account(cast.chen, "chen"))
    return client


def test_word_becomes_the_text_with_its_picture_as_a_file(cast: Cast) -> None:
    """信息公开条例第二十三条：Word 文件成为正文，图片成为本稿的文件，正文按哈希引用，审的字节里都有。"""
    edition = taken(cast, described=True)
    (image,) = attached_to(edition)
    assert edition.content.text == (
        "<h2>收购标准</h2>\n<table><tbody><tr><td>一等</td><td>2.30</td></tr><tr><td>二等</td>"
        f'<td>2.26</td></tr></tbody></table>\n<p><img src="{image.address}" alt="收购流程图"></p>'
    )
    assert [(one.name, one.sha256, one.role) for one in edition.content.attachments] == [
        ("图1.png", image.blob.sha256, "image")
    ]
    assert shortcomings(edition) == []
    assert close_edition(edition, by=cast.chen).closed_at


def test_taking_in_again_replaces_text_and_pictures(cast: Cast) -> None:
    """再导一次：原来正文里的图片取下，另外上传的不动。"""
    edition = taken(cast, described=True)
    add_picture(edition, BytesIO(picture("GIF")), name="a b?.gif", alt="", by=cast.chen)
    content = BytesIO(word(described=True))
    take_in_word(edition, content, name="稿.docx", expecting=edition.revision, by=cast.chen)
    assert [one.name for one in attached_to(edition)] == ["a-b-.gif", "图1.png"]


def test_a_picture_nobody_describes_is_not_sent_to_review(cast: Cast) -> None:
    """无障碍环境建设法：图片没有说明、又没有标装饰的，不能封存送审；写了就能。"""
    edition = taken(cast, described=False)
    assert shortcomings(edition) == [f"第 4 段：{ANSWER}"]
    with pytest.raises(DocumentRefused, match="没有文字说明"):
        close_edition(edition, by=cast.chen)
    text = edition.content.text.replace("<img ", '<img data-decorative="true" alt="" ')
    save(edition, text, expecting=edition.revision, by=cast.chen)
    assert shortcomings(edition) == []


def test_the_list_of_files_calls_a_picture_what_the_text_says(cast: Cast) -> None:
    """附件表里图片的说明就是正文里的说明：没有写的、后来写了的、标了装饰的，各是各的；封存的字节里也一样。"""
    edition = taken(cast, described=False)
    labels = [attached_to(edition).get().label]
    text = edition.content.text
    for said in ('alt="粮仓外景"', 'data-decorative="true" alt=""'):
        again = text.replace("<img ", f"<img {said} ")
        edition = save(edition, again, expecting=edition.revision, by=cast.chen)
        labels.append(attached_to(edition).get().label)
        assert [one.label for one in edition.content.attachments] == labels[-1:]
    assert labels == ["还没有说明", "粮仓外景", "装饰图片"]


def test_a_picture_taken_off_is_missed_in_the_text(cast: Cast) -> None:
    """正文引用的图片取下以后，公众会看到空白：不能送审。"""
    edition = taken(cast, described=True)
    detach_file(attached_to(edition).get(), by=cast.chen)
    assert shortcomings(edition) == [
        "正文里的图片“图1.png”不在这一稿的文件里，公众会看到空白。请重新插入，或从正文删去。"
    ]


def test_pages_tell_what_to_answer(cast: Cast, chen: Client) -> None:
    """编辑页逐项列出问题，带段落；已有正文的须打勾才替换，不是 Word 的说明原因。"""
    edition = draft(cast)
    key = edition.document.url_key
    address = reverse("desk-item-word", args=[key])
    content = BytesIO(word(described=False))
    content.name = "稿.docx"
    sent = {"file": content, "revision": edition.revision}
    assert "请在这里打勾" in chen.post(address, sent).text
    content.seek(0)
    page = chen.post(address, {**sent, "replace": "on"}, follow=True).text
    assert ANSWER in page
    assert 'href="#p-4" data-paragraph="4"' in page
    wrong = BytesIO(b"%PDF-1.7 x")
    wrong.name = "稿.pdf"
    answer = chen.post(address, {"file": wrong, "revision": 2, "replace": "on"})
    assert (answer.status_code, "不是 .docx 文件" in answer.text) == (409, True)


def test_a_document_begins_with_a_word_file(cast: Cast, chen: Client) -> None:
    """信息公开条例第二十三条：选种类和文件就起草，标题取自文件，图片成为文件，取号一次；读不了的什么都不留。"""
    address = reverse("desk-item-new-word")
    sent = {"agency": "T00000003", "kind": Kind.NOTICE, "disclosure": "public"}
    wrong = BytesIO(b"%PDF-1.7 x")
    wrong.name = "稿.pdf"
    refused = chen.post(address, {**sent, "file": wrong})
    assert (refused.status_code, "不是 .docx 文件" in refused.text) == (409, True)
    assert not Document.objects.exists()
    content = BytesIO(word(described=False))
    content.name = "收购.docx"
    page = chen.post(address, {**sent, "file": content}, follow=True).text
    edition = Edition.objects.get()
    assert (edition.title, edition.content.text[:7], edition.document.index_no[-5:]) == (
        *("收购标准", "<table>"),
        "00001",
    )
    assert [one.name for one in attached_to(edition)] == ["图1.png"]
    assert ("标题取自文件开头：“收购标准”" in page, ANSWER in page) == (True, True)


def test_a_word_file_may_lack_a_title(cast: Cast, chen: Client) -> None:
    """文件开头没有标题：暂用文件名并告知；写了标题的用写的。"""
    document = docx.Document()
    document.add_paragraph("各乡镇人民政府：")
    sent = {"agency": "T00000003", "kind": Kind.NOTICE, "disclosure": "public"}
    pages = []
    for title in ("", "自己写的"):
        content = BytesIO(saved(document))
        content.name = "夏粮收购.docx"
        data = {**sent, "file": content, "title": title}
        pages.append(chen.post(reverse("desk-item-new-word"), data, follow=True).text)
    assert [one.title for one in Edition.objects.order_by("pk")] == ["夏粮收购", "自己写的"]
    assert ["暂用文件名" in page for page in pages] == [True, False]


def test_pictures_and_pasted_text_over_the_editors_addresses(cast: Cast, chen: Client) -> None:
    """编辑器：图片须有说明或标装饰；SVG 不收；粘贴的先整理，去掉什么说什么。"""
    key = draft(cast).document.url_key
    address = reverse("desk-item-picture-add", args=[key])

    def sent(name: str, data: bytes, **more: str) -> dict[str, object]:
        content = BytesIO(data)
        content.name = name
        return dict(chen.post(address, {"file": content, **more}).json())

    put = sent("流程 图.png", picture(), alt="流程图")
    assert put == {"src": Edition.objects.get().attachments.get().address}
    shown = chen.get(f"{reverse('desk-item', args=[key])}{put['src']}")
    assert (b"".join(shown), shown["Content-Type"]) == (picture(), "image/png")
    assert sent("b.png", picture()) == {
        "refusal": "请写一句图片说明；只起装饰作用的，请勾选“装饰图片”（GB/T 37668）。"
    }
    assert "refusal" in sent("c.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", decorative="on")
    pasted = BytesIO(b"<p onclick='x()'>\xe7\x94\xb2<script>1</script></p>")
    answer = chen.post(reverse("desk-item-paste"), {"html": pasted}).json()
    assert answer["html"] == "<p>甲</p>"
    assert len(answer["lost"]) == 2
