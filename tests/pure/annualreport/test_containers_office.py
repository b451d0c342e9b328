"""Word and Excel files: what prints is read, in order, to the last cell."""

from __future__ import annotations

import datetime as dt
import importlib
import io
from typing import Any

import docx
import pytest
from hypothesis import given, settings

from gongkai.annualreport.model import Cell
from gongkai.annualreport.reading.excel import page_of_xlsx
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.reading.word import page_of_docx
from gongkai.files.refusal import UnreadableError
from gongkai.files.sheets import printed
from gongkai.files.word_numbering import chinese_count
from tests.pure.annualreport.containers import (
    changed,
    excel_file,
    lines_of,
    new_book,
    rows,
    saved,
    texts,
    word_body,
    word_file,
)
from tests.pure.annualreport.reports import clean, consistent_cells

TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def para(text: str, before: str = "") -> str:
    """A paragraph with one run."""
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_word_report_gives_exactly_its_lines() -> None:
    """Word 报告：段落和合并单元格的表逐行逐格一致。"""
    page = page_of_docx(word_file(clean()))
    assert (page.lines, page.notes, page.twin) == (lines_of(clean()), (), None)


@settings(max_examples=4)
@given(consistent_cells())
def test_figures_survive_word_and_excel(cells: dict[str, Cell]) -> None:
    """任意一组数字写进 Word、Excel，读回不变。"""
    report = clean(cells)
    for data in (word_file(report), excel_file(report)):
        assert read(data, source="x").report == report


def test_revisions_fields_controls_and_boxes_read_as_they_print() -> None:
    """修订：插入的留、删除的不留；隐藏字不读；内容控件、文本框各读一次。"""
    box = "<w:txbxContent>" + para("框内") + "</w:txbxContent>"
    page = page_of_docx(
        word_body(
            "<w:p><w:r><w:t>规</w:t></w:r><w:ins><w:r><w:t>范</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>章</w:delText></w:r></w:del>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>性</w:t></w:r>'
            "<w:hyperlink><w:r><w:t>文件</w:t></w:r></w:hyperlink>"
            "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>6</w:t></w:r></w:p>"
            "<w:sdt><w:sdtContent>" + para("控件") + "</w:sdtContent></w:sdt>"
            "<w:p><w:r><mc:AlternateContent><mc:Choice>" + box + "</mc:Choice><mc:Fallback>" + box
            + "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"
            "</w:p><w:del>" + para("删段") + "</w:del>"
        )
    )  # fmt: skip
    assert texts(page) == ["规范性文件\t6", "控件", "甲", "乙", "框内"]


def test_contents_list_is_left_out() -> None:
    """目录里的标题不能冒充正文标题。"""
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    page = page_of_docx(
        word_body(
            f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{para('一、总体情况 1')}"
            f"</w:sdtContent></w:sdt>{para('一、总体情况')}"
        )
    )
    assert texts(page) == ["一、总体情况"]


def numbering(*levels: tuple[str, str]) -> str:
    """A numbering part with one list, each level as (numFmt, lvlText), and a restarted twin."""
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(levels)
    )
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{restart}</w:num></w:numbering>'
    )


def listed(text: str, depth: int, name: int = 1) -> str:
    """A paragraph numbered automatically."""
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>'
    return para(text, f"<w:pPr>{number}</w:pPr>")


def test_automatic_numbers_are_written_out() -> None:
    """自动编号的“一、（一）1.”按 Word 显示的补上；换列表重新起算；空段不占号。"""
    body = (
        listed("总体情况", 0) + listed("主动公开", 1) + listed("依申请公开", 1) + listed("其一", 2)
        + listed("", 0) + listed("主动公开政府信息情况", 0) + listed("又一", 1)
        + listed("另起", 0, 2) + listed("点", 3) + listed("无号", 0, 9)
    )  # fmt: skip
    part = numbering(
        ("chineseCounting", "%1、"),
        ("japaneseCounting", "（%2）"),
        ("decimal", "%3."),
        ("bullet", "●"),
    )
    data = word_body(body, {"word/numbering.xml": part})
    assert texts(page_of_docx(data)) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.其一",
        "二、主动公开政府信息情况",
        "（一）又一",
        "一、另起",
        "点",
        "无号",
    ]


@pytest.mark.parametrize(
    ("count", "written"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一百零五"), (110, "一百一十")],
)
def test_chinese_numbers(count: int, written: str) -> None:
    """中文数字的写法。"""
    assert chinese_count(count) == written


def test_word_table_with_odd_rows() -> None:
    """竖向合并、行前空格、删除的行、嵌套表。"""

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(text)}</w:tc>"

    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        f"<w:tbl><w:tr>{cell('组', start)}{cell('甲')}</w:tr>"
        f"<w:tr>{cell('（藏）', on)}{cell('乙')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删')}{cell('删')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("丙")}</w:tr></w:tbl>'
    )
    assert rows(page_of_docx(word_body(table))) == [("组", "甲"), ("", "乙"), ("", "丙")]
    nested = f"<w:tbl><w:tr><w:tc>{para('表前')}{table}{para('')}</w:tc></w:tr></w:tbl>"
    page = page_of_docx(word_body(nested))
    assert (texts(page), rows(page)) == (["表前"], [("组", "甲"), ("", "乙"), ("", "丙")])


def test_broken_and_outward_relations_do_not_matter() -> None:
    """指向不存在部件或外部网址的关系不影响读取。"""
    data = word_file(clean())
    more = (
        f'<Relationship Id="x1" Type="{TEMPLATE}/image" Target="NULL"/>'
        f'<Relationship Id="x2" Type="{TEMPLATE}/attachedTemplate" TargetMode="External"'
        ' Target="http://0.0.0.0/none.dotm"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"
    old = part_of(data, name).decode()
    spoilt = changed(data, {name: old.replace("</Relationships>", more)})
    assert page_of_docx(spoilt).lines == lines_of(clean())


def part_of(data: bytes, name: str) -> bytes:
    """One part of an Office file."""
    archive: Any = importlib.import_module("zipfile").ZipFile(io.BytesIO(data))
    return bytes(archive.read(name))


@pytest.mark.parametrize(
    "name", ["gongkai/annual-report.json", "customXml/gongkai-annual-report.json"]
)
def test_twin_inside_a_word_file_is_found(name: str) -> None:
    """Word 里随附的数据原样取出。"""
    assert page_of_docx(changed(word_file(clean()), {name: b'{"a": 1}'})).twin == b'{"a": 1}'


def test_word_file_with_pictures_only_is_refused() -> None:
    """全是图片的 Word：说明没有文字。"""
    with pytest.raises(UnreadableError, match="没有文字"):
        page_of_docx(saved(docx.Document()))


def test_excel_report_gives_its_lines() -> None:
    """Excel 报告：标题和段落成段，表格逐格一致（各行补齐到同一宽度）。"""
    page = page_of_xlsx(excel_file(clean()))
    trimmed = [(line.table, "\t".join(line.cells).rstrip("\t")) for line in page.lines]
    expected = [(line.table, "\t".join(line.cells).rstrip("\t")) for line in lines_of(clean())]
    assert trimmed == expected
    assert {len(line.cells) for line in page.lines if line.table} == {15}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12.0, "12"),
        (1158.4432, "1158.4432"),
        (1e5, "100000"),
        (1e16, "10000000000000000"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (-3, "-3"),
        (0, "0"),
        (None, ""),
        (True, "TRUE"),
        (" / ", "/"),
        (dt.datetime(2024, 1, 5), "2024-01-05"),
        (dt.date(2024, 12, 31), "2024-12-31"),
    ],
)
def test_numbers_print_as_excel_shows_them(value: object, shown: str) -> None:
    """数字照 Excel 的样子：没有小数尾巴，没有科学记数。"""
    assert printed(value) == shown


def test_only_what_shows_is_read() -> None:
    """隐藏的工作表、行、列不读并说明；合并单元格下面的残值不读；长文成段。"""
    book, sheet = new_book()
    for row in (["规章", 1, "x", 2], ["隐", 9, "x", 9], ["并", 3, "x", 4]):
        sheet.append(row)
    sheet.append(["说明：" + "很长的话。" * 30])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("草稿")
    other.append(["不读"])
    other.sheet_state = "hidden"
    data = saved(book)
    part = "xl/worksheets/sheet1.xml"
    merge = '<mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells><pageMargins'
    markup = part_of(data, part).decode().replace("<pageMargins", merge)
    page = page_of_xlsx(changed(data, {part: markup}))
    assert rows(page) == [("规章", "1", "", "2"), ("并", "", "", "4")]
    assert texts(page) == ["说明：" + "很长的话。" * 30]
    assert page.notes == ("工作表“Sheet”有隐藏的行或列，没有读取；需要时请取消隐藏后保存。",)


def test_line_breaks_inside_a_cell() -> None:
    """格内换行：行名拼成一个词；独占一行的长文分段；重复标题的表名不算正文。"""
    book, sheet = new_book()
    sheet.append(["一、总体情况\n依据条例编制本报告。\n工作顺利。"])
    sheet.append(["二、主动公开政府信息情况"])
    sheet.append(["主动公开政府信息情况"])
    sheet.append(["第二十条第\n（一）项"])
    sheet.append(["行政\n规范性文件", 6])
    page = page_of_xlsx(saved(book))
    assert [line.cells for line in page.lines] == [
        ("一、总体情况",),
        ("依据条例编制本报告。",),
        ("工作顺利。",),
        ("二、主动公开政府信息情况",),
        ("第二十条第（一）项", ""),
        ("行政规范性文件", "6"),
    ]


def test_formula_without_a_result_is_refused_and_one_with_a_result_is_read() -> None:
    """公式没有算过：不是空白，是不知道，说明怎么办；算过的取结果。"""
    book, sheet = new_book()
    sheet.append(["合计", "=SUM(C1:D1)", 1, 2])
    data = saved(book)
    with pytest.raises(UnreadableError) as refused:
        page_of_xlsx(data)
    assert str(refused.value) == (
        "工作表“Sheet”有 1 个公式没有保存计算结果，读不到数字；"
        "请用 Excel 或 WPS 打开、保存一次后再检查。"
    )
    part = "xl/worksheets/sheet1.xml"
    markup = part_of(data, part).decode()
    done = (
        markup.replace("<v></v>", "<v>3</v>")
        .replace("<v />", "<v>3</v>")
        .replace("<v/>", "<v>3</v>")
    )
    page = page_of_xlsx(changed(data, {part: done}))
    assert (rows(page), page.notes) == ([("合计", "3", "1", "2")], ())


def test_endless_sheet_is_refused_and_far_blank_rows_are_not() -> None:
    """两万行以上说明原因；大片空行之后的内容没读，要说出来。"""
    book, sheet = new_book()
    for _ in range(20_001):
        sheet.append(["甲", 1])
    with pytest.raises(UnreadableError, match="超过 20000 行"):
        page_of_xlsx(saved(book))
    book, sheet = new_book()
    sheet.append(["规章", 1])
    sheet.cell(1_048_576, 1).value = "远"
    page = page_of_xlsx(saved(book))
    assert rows(page) == [("规章", "1")]
    assert page.notes == (
        "工作表“Sheet”第 1 行以后是大片空行，再往后（到第 1048576 行）的内容没有读取；请核对。",
    )
