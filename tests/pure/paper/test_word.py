"""Official documents as DOCX: office typefaces, levels, real merged cells, the same every time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import docx
from docx.oxml.ns import qn

from gongkai.paper.blocks import Cell, Line, Paragraph, Row, Signature, Table
from gongkai.paper.word import render_docx
from tests.pure.paper.documents import ALL_BLOCKS, LONG_TABLE, MERGED, document


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def test_blocks_become_styled_paragraphs() -> None:
    """标题、各级标题、正文、注各用各的样式，标题有大纲级别。"""
    found = opened(render_docx(document(*ALL_BLOCKS)))
    assert [(one.style.name, one.text) for one in found.paragraphs if one.text.strip()] == [
        ("Title", "青禾县人民政府\n关于试验的通知"),
        ("Note", "2025年1月20日"),
        ("Heading 1", "一、总体情况"),
        ("Heading 2", "（一）甲事项"),
        ("Heading 3", "1.乙事项"),
        ("Normal", "正文一段。"),
        ("Normal", "青禾县某某局："),
        ("Normal", "次页一段。"),
        ("Normal", "末段。"),
        ("Normal", "青禾县人民政府\n2025年1月20日"),
    ]
    levels = {
        name: found.styles[name].element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val"))
        for name in ("Heading 1", "Heading 2", "Heading 3")
    }
    assert levels == {"Heading 1": "0", "Heading 2": "1", "Heading 3": "2"}


def test_typefaces_and_sizes_are_those_of_official_documents() -> None:
    """正文 3 号仿宋，标题 2 号小标宋，一级黑体，二级楷体；行距固定 28 磅。"""
    found = opened(render_docx(document(*ALL_BLOCKS)))
    told = {}
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        element = found.styles[name].element
        font = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia"))
        size = element.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val"))
        pitch = element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        told[name] = (font, int(size) / 2, int(pitch.get(qn("w:line"))) / 20)
        assert pitch.get(qn("w:lineRule")) == "exact"
    assert told == {
        "Normal": ("仿宋_GB2312", 16, 28),
        "Title": ("方正小标宋简体", 22, 36),
        "Heading 1": ("黑体", 16, 28),
        "Heading 2": ("楷体_GB2312", 16, 28),
    }


def test_page_is_a4_with_official_margins() -> None:
    """A4，上 37 下 35 左 28 右 26 毫米；单双页页码分开。"""
    found = opened(render_docx(document(*ALL_BLOCKS)))
    (page,) = found.sections
    sizes = (page.page_width, page.page_height, page.top_margin, page.bottom_margin)
    sides = (page.left_margin, page.right_margin)
    assert [round(one.mm) for one in (*sizes, *sides)] == [210, 297, 37, 35, 28, 26]
    assert found.settings.odd_and_even_pages_header_footer
    footers = [one.paragraphs[0] for one in (page.footer, page.even_page_footer)]
    assert ["".join(t.text for t in one._p.iter(qn("w:t"))) for one in footers] == [
        "— 1 —",
        "— 1 —",
    ]
    fields = [one._p.find(qn("w:fldSimple")).get(qn("w:instr")) for one in footers]
    assert fields == ["PAGE", "PAGE"]


def test_merged_cells_are_real() -> None:
    """合并单元格用 gridSpan 和 vMerge，不是画出来的。"""
    table = opened(render_docx(document(MERGED))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["大类", "一", "1"],
        ["大类", "二", "2"],
        ["合计", "合计", "3"],
    ]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert table.cell(2, 0)._tc is table.cell(2, 1)._tc


def test_signature_stands_at_the_right_and_keeps_with_the_text() -> None:
    """署名和成文日期在右，居中对齐，不拆页，与上一段同页；称呼顶格（GB/T 9704-2012，7.3.2、7.3.5）。"""
    signed = Signature(("青禾县人民政府", "2025年1月20日"))
    found = opened(render_docx(document(Line("某某局："), Paragraph("末段。"), signed))).paragraphs
    addressed, last, signature = (one._p.pPr for one in found)
    assert [one.tag.partition("}")[2] for one in signature] == [
        *("pStyle", "keepLines", "spacing", "ind", "jc"),
    ]
    indent = signature.find(qn("w:ind"))
    left, right = (int(indent.get(qn(f"w:{side}"))) for side in ("left", "right"))
    width = round(156 * 72 / 25.4 * 20) - left - right
    assert (right, signature.find(qn("w:jc")).get(qn("w:val"))) == (2 * 16 * 20, "center")
    assert 7 * 16 * 20 < width < 10 * 16 * 20
    assert last.find(qn("w:keepNext")) is not None
    assert addressed.find(qn("w:ind")).get(qn("w:firstLine")) == "0"


def test_tables_are_parted_and_followed_by_a_paragraph() -> None:
    """两张表相连会被 Word 并成一张，文末是表会打不开：都隔一段。"""
    body = opened(render_docx(document(MERGED, MERGED))).element.body
    assert [one.tag.partition("}")[2] for one in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_only_rows_at_the_top_are_repeated() -> None:
    """重复的是最上面的表头行。"""
    rows = opened(render_docx(document(LONG_TABLE))).tables[0]._tbl.tr_lst
    repeated = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    assert repeated == [True] * 2 + [False] * 80


def test_table_that_fits_a_page_stays_whole_and_a_long_one_may_break() -> None:
    """短表每行与下一行同页，末行除外；长表不加此限制。"""
    short, long = opened(render_docx(document(MERGED, LONG_TABLE))).tables
    assert [_keeps(row) for row in short._tbl.tr_lst] == [True, True, False]
    assert {_keeps(row) for row in long._tbl.tr_lst} == {False}


def _keeps(row: Any) -> bool:
    return row.find(f".//{qn('w:keepNext')}") is not None


def test_properties_and_language() -> None:
    """题名、作者、语言、日期；没有模板留下的名字和缩略图。"""
    data = render_docx(document(*ALL_BLOCKS))
    told = opened(data).core_properties
    assert (told.title, told.author) == ("青禾县人民政府关于试验的通知", "青禾县人民政府")
    assert (told.language, told.comments) == ("zh-CN", "")
    assert told.created == told.modified == dt.datetime(2025, 1, 20, tzinfo=dt.UTC)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]
        assert b'w:eastAsia="zh-CN"' in package.read("word/styles.xml")


def test_same_document_gives_the_same_bytes() -> None:
    """两次生成字节相同；包内时间固定。"""
    data = render_docx(document(*ALL_BLOCKS))
    assert render_docx(document(*ALL_BLOCKS)) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_file_inside_is_a_part_that_the_text_refers_to() -> None:
    """附件是包里的一个部件，由正文引出。"""
    main = opened(render_docx(document(Paragraph("正文")))).part
    (part,) = [one.target_part for one in main.rels.values() if "urn:gongkai" in one.reltype]
    assert (str(part.partname), part.content_type, part.blob) == (
        "/gongkai/data.json",
        "application/json",
        b'{"a": 1}',
    )


def test_markup_and_control_characters_do_not_break_the_file() -> None:
    """尖括号、与号照印；XML 不容的控制字符去掉。"""
    text = "<w:p/>&amp;\x00\x0b\ufffe甲\ud800乙"
    table = Table((156,), (Row((Cell(text),)),), 9, description='"<&')
    found = opened(render_docx(document(Paragraph(text), table)))
    assert found.paragraphs[0].text == "<w:p/>&amp; 甲乙"
    assert found.tables[0].cell(0, 0).text == "<w:p/>&amp; 甲乙"
