"""What a file says, part by part."""

from __future__ import annotations

import io

import docx
import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from gongkai.files import sheets
from gongkai.files.extract import Piece, Text, extract
from gongkai.files.kinds import Kind
from gongkai.files.refusal import UnreadableError
from tests.pure.files.made import changed, pdf, picture, saved, word, workbook

BOX = (
    '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


def _document() -> bytes:
    document = docx.Document()
    document.add_paragraph("第一段")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("事项", "时限", "低保", "20日"), strict=True):
        cell.text = text
    document.sections[0].header.paragraphs[0].text = "示例县"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    return changed(saved(document), {"word/document.xml": ("<w:sectPr", f"{BOX}<w:sectPr")})


def test_word_file_is_read_with_tables_headers_and_boxes() -> None:
    """Word：正文、表格、文本框、页眉页脚都读到。"""
    assert extract(_document(), Kind.DOCX) == Text(
        (
            Piece("正文", "第一段\n事项\t时限\n低保\t20日\n框里的字"),
            Piece("页眉", "示例县"),
            Piece("页脚", "第1页"),
        ),
        has_text=True,
    )


def test_hidden_sheets_and_rows_are_told_apart() -> None:
    """Excel：看得见的归看得见的，隐藏的工作表和行列另列，并告知上传的人。"""
    text = extract(workbook(), Kind.XLSX)
    assert text.parts == (
        Piece("发放表", "乡镇\t人数\t日期\n东河镇\t12"),
        Piece("发放表（隐藏的行列）", "某甲\t1.5", True),
        Piece("底稿", "隐藏的底数", True),
    )
    assert text.visible == "乡镇\t人数\t日期\n东河镇\t12"
    assert text.notes == (
        "工作表“发放表”有隐藏的行或列，没有读取；需要时请取消隐藏后保存。",
        "工作表“底稿”是隐藏的，下载的人能取消隐藏；不应公开的请删除后再上传。",
    )


def test_pdf_is_read_page_by_page() -> None:
    """PDF 逐页读；没有文字的页说出页码。"""
    text = extract(pdf("First", "", "Third"), Kind.PDF)
    assert text.parts == (
        Piece("第 1 页", "First"),
        Piece("第 2 页", ""),
        Piece("第 3 页", "Third"),
    )
    assert (text.pages, text.has_text) == (3, True)
    assert text.notes == (
        "PDF 第 2 页没有可读的文字（可能是扫描图片）：搜不到，读屏软件也读不出；请核对。",
    )


def test_scanned_pdf_has_no_text_and_says_so() -> None:
    """扫描件：没有文字层，说明后果和办法。"""
    text = extract(pdf("", ""), Kind.PDF)
    assert (text.parts, text.pages, text.has_text) == ((), 2, False)
    assert text.notes[0].startswith("PDF 是扫描件，只有图片，没有可读的文字")


def test_pdf_of_four_hundred_pages_is_read() -> None:
    """四百页的 PDF 一页不少。"""
    text = extract(pdf(*(f"Page {n}" for n in range(400))), Kind.PDF)
    assert (text.pages, len(text.parts), text.parts[-1]) == (
        400,
        400,
        Piece("第 400 页", "Page 399"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_any_encoding(encoding: str) -> None:
    """文本和 CSV：国内常见的编码都认得。"""
    data = "镇,户数\r\n东河镇,十二\r\n".encode(encoding)
    assert extract(data, Kind.CSV).visible == "镇,户数\n东河镇,十二\n"


def test_files_not_opened_say_so() -> None:
    """图片、旧版文件、压缩包里的字读不出，要告知。"""
    assert extract(picture(), Kind.PNG).has_text is False
    assert extract(b"x", Kind.ZIP).notes == (
        "没有读取这种文件（zip）里的文字，搜索找不到；请尽量改用 .docx、.xlsx 或文字版 PDF。",
    )


ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (word("甲")[:500], Kind.DOCX, "已损坏"),
        (b"%PDF-1.4 nothing", Kind.PDF, "PDF 已损坏或不完整"),
        (bytes(range(256)) * 10, Kind.TXT, "不是文本"),
        (workbook(), Kind.DOCX, "没有正文"),
        (word("甲"), Kind.XLSX, "Excel 文件|工作表|没有"),
        (changed(word("甲"), {"word/document.xml": ("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>", ENTITIES)}),
         Kind.DOCX, "XML 实体定义"),
    ],
)  # fmt: skip
def test_broken_and_hostile_files_are_refused(data: bytes, kind: Kind, reason: str) -> None:
    """损坏的、带实体炸弹的文件：一句话拒绝，不崩溃。"""
    with pytest.raises(UnreadableError, match=reason):
        extract(data, kind)


def test_a_workbook_of_too_many_cells_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """二百 KB 的工作簿可以有几百万个格子：数到上限就拒绝，各工作表合计，隐藏的也算，不让一个文件占住服务器几分钟。"""
    book = Workbook()
    for sheet in (book.active, book.create_sheet("二")):
        for row in range(30):
            sheet.append([row] * 20)
    book["二"].sheet_state = "hidden"
    data = saved(book)
    monkeypatch.setattr(sheets, "_MOST_CELLS", 1_200)
    assert extract(data, Kind.XLSX).visible
    monkeypatch.setattr(sheets, "_MOST_CELLS", 1_199)
    with pytest.raises(UnreadableError, match="单元格超过"):
        extract(data, Kind.XLSX)


def test_every_cut_of_a_file_is_answered() -> None:
    """在任何地方截断的文件，不是读出文字就是一句拒绝。"""
    for whole, kind in ((_document(), Kind.DOCX), (workbook(), Kind.XLSX), (pdf("a"), Kind.PDF)):
        for end in range(1, len(whole), max(1, len(whole) // 40)):
            try:
                extract(io.BytesIO(whole).read(end), kind)
            except UnreadableError as refused:
                assert str(refused).endswith("。")  # noqa: PT017 - either outcome is right
