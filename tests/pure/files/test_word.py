"""A Word file becomes the text of an item."""

from __future__ import annotations

import io

import docx
import pytest

from gongkai.files.refusal import UnreadableError
from gongkai.files.word import WordImage, body_of_docx
from gongkai.text.body.cleaning import clean
from gongkai.text.canonical import sha256_hex
from tests.pure.files.made import changed, pdf, picture, saved, word, workbook, zipped

XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"


def _document() -> docx.document.Document:
    document = docx.Document()
    document.add_heading("总体要求", 1)
    document.add_paragraph("坚持").add_run("公开").bold = True
    document.add_heading("基本原则", 2)
    table = document.add_table(3, 2)
    table.cell(0, 0).paragraphs[0].add_run("单位").bold = True
    table.cell(0, 1).paragraphs[0].add_run("事项").bold = True
    table.cell(1, 0).merge(table.cell(2, 0)).text = "县民政局"
    table.cell(1, 1).text = "低保"
    table.cell(2, 1).text = "特困"
    return document


def test_headings_tables_and_bold_are_kept() -> None:
    """标题 1、2 成为 h2、h3，表格连同合并单元格保留，再整理不变。"""
    result = body_of_docx(saved(_document()))
    assert result.body.html == (
        "<h2>总体要求</h2>\n<p>坚持<strong>公开</strong></p>\n<h3>基本原则</h3>\n"
        "<table><thead><tr><th>单位</th><th>事项</th></tr></thead>"
        '<tbody><tr><td rowspan="2">县民政局</td><td>低保</td></tr><tr><td>特困</td></tr></tbody></table>'
    )
    assert clean(result.body.html).html == result.body.html
    assert (result.body.lost, result.images) == ((), ())


def test_images_become_named_files_with_their_description() -> None:
    """图片成为信息的文件，带替代文字；没有的留给作者回答。"""
    document = docx.Document()
    document.add_picture(io.BytesIO(picture()))
    document.add_picture(io.BytesIO(picture("JPEG")))
    plain = saved(document)
    described = changed(
        plain, {"word/document.xml": ('name="Picture 1"', 'name="Picture 1" descr="流程图"')}
    )
    result = body_of_docx(described, taken={"图1.png"})
    first, second = (
        WordImage("图2.png", picture(), "流程图"),
        WordImage("图3.jpg", picture("JPEG"), None),
    )
    assert result.images == (first, second)
    assert result.body.html == (
        f'<p><img src="{first.address}" alt="流程图"></p>\n<p><img src="{second.address}"></p>'
    )
    assert first.address == f"files/{sha256_hex(picture())[:8]}-图2.png"


def test_automatic_numbers_are_written_out() -> None:
    """Word 自动编的号也是正文：转换后一个不少。"""
    document = docx.Document()
    for text in ("身份证", "户口簿"):
        document.add_paragraph(text, style="List Number")
    assert body_of_docx(saved(document)).body.html == "<p>1.身份证</p>\n<p>2.户口簿</p>"


def test_what_is_left_behind_is_said() -> None:
    """页眉页脚不进正文，要告知。"""
    document = _document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    assert body_of_docx(saved(document)).body.lost == ("页眉、页脚没有带进正文。",)


def test_linked_image_is_not_fetched() -> None:
    """只是链接的图片不去读取：既不上网，也不读服务器的文件。"""
    document = docx.Document()
    document.add_picture(io.BytesIO(picture()))
    document.add_paragraph("正文")
    linked = changed(
        saved(document),
        {
            "word/document.xml": ("r:embed=", "r:link="),
            "word/_rels/document.xml.rels": (
                'Target="media/image1.png"',
                'Target="file:///etc/passwd" TargetMode="External"',
            ),
        },
    )
    result = body_of_docx(linked)
    assert (result.body.html, result.images) == ("<p>正文</p>", ())
    assert result.body.lost == (
        "有 1 张图片没有带进来（只是链接，或是网页不能显示的格式）；请另存为 PNG 或 JPEG，上传后再插入。",
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "已损坏"),
        (pdf("a"), "已损坏"),
        (workbook(), "这不是 Word 文件"),
        (zipped({"a.txt": "甲"}), "这不是 Word 文件"),
        (word("甲")[:900], "已损坏"),
        (word(), "没有正文"),
        (word(*["甲"] * 10_000), "超过 8000 段，不适合作正文"),
        (zipped({"word/document.xml": b" " * 250_000_000}), "压缩炸弹"),
        (changed(word("甲"), {"word/document.xml": (XML, f'{XML}<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>')}),
         "XML 实体定义"),
    ],
)  # fmt: skip
def test_hostile_word_file_is_refused(data: bytes, reason: str) -> None:
    """不是 Word、损坏、过长、炸弹、实体：一句话拒绝。"""
    with pytest.raises(UnreadableError, match=reason):
        body_of_docx(data)


def test_every_cut_of_a_word_file_is_refused() -> None:
    """在任何地方截断，都是一句拒绝，不崩溃。"""
    whole = saved(_document())
    for end in range(1, len(whole), len(whole) // 40):
        with pytest.raises(UnreadableError, match=r"。$"):
            body_of_docx(whole[:end])
