"""Word, Excel, PDF and HTML set the same tables: read back by other people's libraries, cell by cell."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from gongkai.annualreport.format import FORMAT_NAMES
from gongkai.annualreport.model import Report, from_json, to_json
from gongkai.annualreport.writing.excel import write_xlsx
from gongkai.annualreport.writing.html import write_html
from gongkai.annualreport.writing.pdf import write_pdf
from gongkai.annualreport.writing.word import write_docx
from tests.pure.annualreport.reports import sheqi
from tests.pure.annualreport.test_writing import Tables
from tests.pure.annualreport.writing_grids import (
    HOSTILE,
    TABLES,
    expected_grid,
    merged_away,
    print_grids,
    report_of,
    sheet_grid,
    word_grids,
)

openpyxl: Any = import_module("openpyxl")  # it carries no types
both_formats = pytest.mark.parametrize("form", FORMAT_NAMES)


@both_formats
def test_word_tables_are_the_official_ones(form: str) -> None:
    """Word 三张表逐格相等，合并单元格是真的合并。"""
    report = report_of(form)
    assert word_grids(write_docx(report)) == [expected_grid(report, one) for one in TABLES]


@both_formats
def test_sheets_are_the_official_tables(form: str) -> None:
    """Excel 三张表逐格相等，数字是数字。"""
    report = report_of(form)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    assert book.sheetnames == ["报告正文", "表二", "表三", "表四"]
    assert [sheet_grid(sheet) for sheet in book.worksheets[1:]] == [
        expected_grid(report, one) for one in TABLES
    ]
    kinds = {c.data_type for row in book["表三"].iter_rows(min_row=4, min_col=4) for c in row}
    assert kinds == {"n"}


@both_formats
def test_pdf_tables_are_the_official_ones(form: str) -> None:
    """PDF 三张表逐格相等，每张表都在一页之内，合并处不重复印。"""
    report = report_of(form)
    grids = [expected_grid(report, one) for one in TABLES]
    assert print_grids(write_pdf(report)) == [merged_away(grid) for grid in grids]


@both_formats
def test_html_tables_are_the_official_ones(form: str) -> None:
    """网页三张表逐格相等。"""
    report = report_of(form)
    tables = Tables()
    tables.feed(write_html(report))
    assert tables.grids == [expected_grid(report, one) for one in TABLES]


def test_merged_ranges_of_the_current_format() -> None:
    """国办公开办函〔2021〕30号的合并格，逐个列出。"""
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report_of("2021"))))
    merged = {
        name: {str(one) for one in book[name].merged_cells.ranges} for name in book.sheetnames
    }
    assert merged["表二"] == {"A1:D1", "A5:D5", "A8:D8", "A12:D12"} | {
        f"B{row}:D{row}" for row in (6, 7, 9, 10, 11, 13, 14)
    }
    assert merged["表三"] == {
        *("A1:C3", "D1:J1", "D2:D3", "E2:I2", "J2:J3"),
        *("A4:C4", "A5:C5", "A28:C28", "A6:A27", "B6:C6", "B7:C7", "B27:C27"),
        *("B8:B15", "B16:B18", "B19:B23", "B24:B26"),
    }
    assert merged["表四"] == {
        *("A1:E1", "F1:O1", "F2:J2", "K2:O2"),
        *(f"{column}2:{column}3" for column in "ABCDE"),
    }


def test_twin_inside_word_and_pdf_is_the_json_of_the_report() -> None:
    """Word 和 PDF 里带着的数据与 JSON 逐字节相同，由正文部件引出。"""
    report = report_of("2021")
    with zipfile.ZipFile(io.BytesIO(write_docx(report))) as package:
        assert package.read("gongkai/annual-report.json") == to_json(report)
        relations = package.read("word/_rels/document.xml.rels").decode()
        assert 'Target="/gongkai/annual-report.json"' in relations or (
            'Target="../gongkai/annual-report.json"' in relations
        )
        assert '"/gongkai/annual-report.json" ContentType="application/json"' in package.read(
            "[Content_Types].xml"
        ).decode().replace("PartName=", "")
    with pikepdf.open(io.BytesIO(write_pdf(report))) as pdf:
        attached = pdf.attachments["annual-report.json"]
        assert attached.get_file().read_bytes() == to_json(report)
        assert attached.obj.AFRelationship == pikepdf.Name.Data
        assert pdf.Root.AF[0].UF == "annual-report.json"


@pytest.mark.parametrize("write", [write_docx, write_pdf, write_xlsx])
def test_same_report_gives_the_same_bytes(write: Callable[[Report], bytes]) -> None:
    """同一份报告两次写出，字节相同；没有发布日期时也一样。"""
    for day in (None, dt.date(2025, 1, 20)):
        report = replace(report_of("2021"), published_on=day)
        assert write(report) == write(report)


def test_money_that_a_spreadsheet_would_change_stays_text() -> None:
    """金额：Excel 存得准的是数字，存不准的（末尾的零、位数太多、不是数字）原样作文字。"""
    exact = {"12.5": 12.5, "1158.4432": 1158.4432, "0.0001": 0.0001, "7": 7}
    kept = (
        "12.50",
        "0.000001",
        "1234567890.123456",
        "0.1234567890123456",
        "12万",
        "007",
        "-0",
        "1e5",
    )
    for amount in [*exact, *kept]:
        book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report_of("2021", {"t2.fee": amount}))))
        assert book["表二"]["B14"].value == exact.get(amount, amount), amount


def test_counts_too_long_for_a_spreadsheet_stay_text() -> None:
    """超过十五位的数，Excel 会改末位，按文字写。"""
    report = report_of("2021", {"t3.new.nat": 10**15 + 1, "t3.new.com": None, "t3.new.res": "/"})
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    row = [cell.value for cell in book["表三"][4]][3:6]
    assert row == ["1000000000000001", None, "/"]


def test_sheets_are_set_up_for_reading_and_print() -> None:
    """冻结表头，A4，一页宽，表头每页重印。"""
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report_of("2021"))))
    sheet = book["表三"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("D4", "$1:$3")
    for one in book.worksheets:
        assert one.page_setup.paperSize == 9
        assert (one.sheet_properties.pageSetUpPr.fitToPage, one.page_setup.fitToWidth) == (True, 1)
        assert one.page_setup.fitToHeight == 0


@settings(max_examples=25)
@given(text=HOSTILE, cell=HOSTILE, issuer=HOSTILE)
def test_text_from_outside_is_printed_and_never_obeyed(text: str, cell: str, issuer: str) -> None:
    """正文、单元格、机关名里的任何符号都照印：不当作公式、标记、排版指令。"""
    base = report_of("2021", {"t3.r1.nat": cell}, **{"5": text})
    report = replace(base, issuer=f"甲{issuer}局")
    squeezed = "".join(text.split())
    document: Any = docx.Document(io.BytesIO(write_docx(report)))
    assert squeezed in "".join("".join(one.text.split()) for one in document.paragraphs)
    word = word_grids(write_docx(report))[1][5][3]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    sheet = book["表三"]["D6"]
    assert "".join(word.split()) == "".join(cell.split())
    assert "".join(str(sheet.value or "").split()) == "".join(cell.split())
    assert sheet.data_type in ("s", "n")
    printed = print_grids(write_pdf(report))[1][5][3]
    # Squeezed punctuation overlaps its neighbour: the measuring library may swap the two, and takes
    # one of two alike for a bold stroke of the other.
    assert set(printed or "") == set("".join(cell.split()))


def test_paper_states_what_no_section_states() -> None:
    """正文没有写的发布日期、统计期限、联系方式印在标题下；正文写了的不重复。"""
    report = replace(report_of("2021"), published_on=dt.date(2025, 1, 20))
    bare = replace(report, sections={**report.sections, "6": ""})
    notes = [_notes(write_docx(one)) for one in (report, bare)]
    assert notes == [
        ["发布日期：2025年1月20日"],
        [
            "发布日期：2025年1月20日",
            "统计期限：2024-01-01/2024-12-31",
            "联系方式：青禾县人民政府办公室 0999-1234567",
        ],
    ]


def _notes(data: bytes) -> list[str]:
    document: Any = docx.Document(io.BytesIO(data))
    return [one.text for one in document.paragraphs if one.style.name == "Note"]


def test_published_report_goes_through_word_with_its_headings() -> None:
    """社旗县 2024 年报：标题、六个一级标题、五个二级标题各在其位，正文一字不差。"""
    found = sheqi().report
    assert found is not None
    document: Any = docx.Document(io.BytesIO(write_docx(found)))
    styles: dict[str, list[str]] = {}
    for one in document.paragraphs:
        styles.setdefault(one.style.name, []).append(one.text)
    assert styles["Title"] == ["社旗县人民政府\n2024年政府信息公开工作年度报告"]
    assert styles["Heading 1"] == [section.heading for section in found.form.sections]
    assert styles["Heading 2"] == [
        *("（一）主动公开情况", "（二）依申请公开情况", "（三）政府信息管理情况"),
        *("（四）政府信息公开平台建设情况", "（五）监督保障情况"),
    ]
    lines = [line for text in found.sections.values() for line in text.splitlines()]
    assert styles["Normal"] == ["", *(one for one in lines if one not in styles["Heading 2"])]


def test_long_names_are_broken_evenly_and_read_as_one_title() -> None:
    """三十字的机关名分两行，末行是年份和标题；拼起来还是原题。"""
    issuer = "青禾市先进制造业开发区管理委员会自然资源和规划建设与生态环境局"
    document: Any = docx.Document(io.BytesIO(write_docx(replace(report_of("2021"), issuer=issuer))))
    (title,) = [one.text for one in document.paragraphs if one.style.name == "Title"]
    assert title.split("\n") == [issuer[:16], issuer[16:], "2024年政府信息公开工作年度报告"]


def test_repeated_head_is_the_column_heads_only() -> None:
    """跨页重复的是表头三行；每行不拆到两页。"""
    document: Any = docx.Document(io.BytesIO(write_docx(report_of("2021"))))
    rows = document.tables[1]._tbl.tr_lst
    repeated = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    whole = [row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows]
    assert repeated == [True] * 3 + [False] * 25
    assert whole == [True] * 28


def test_twin_reads_back_equal() -> None:
    """带着的数据读回来就是这份报告。"""
    report = report_of("2019")
    with zipfile.ZipFile(io.BytesIO(write_docx(report))) as package:
        data = package.read("gongkai/annual-report.json")
    assert from_json(data) == report
    assert json.loads(data)["format"] == "2019"
