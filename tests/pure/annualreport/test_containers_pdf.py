"""PDF files: ruled tables as cells, paragraphs put together, page numbers left out."""

from __future__ import annotations

import importlib
import io
from typing import Any

import pytest
from hypothesis import given, settings

from gongkai.annualreport.model import Cell
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.page_rows import letters, without_gaps
from gongkai.annualreport.reading.pdf import page_of_pdf
from gongkai.annualreport.reading.read import read
from tests.pure.annualreport.containers import (
    Block,
    PdfPrinter,
    Table,
    blocks_of,
    lines_of,
    rows,
    texts,
)
from tests.pure.annualreport.reports import clean, consistent_cells


def table(*lines: tuple[str, ...]) -> Table:
    """A table without merged cells."""
    return tuple(tuple((text, 1, 1) for text in line) for line in lines)


def test_report_printed_to_pdf_gives_exactly_its_lines() -> None:
    """PDF 报告：窄格里折行的词拼回，合并格归位，段落拼回，页码去掉。"""
    page = page_of_pdf(PdfPrinter().print(blocks_of(clean())))
    assert (page.lines, page.notes, page.twin) == (lines_of(clean()), (), None)


@settings(max_examples=4)
@given(consistent_cells())
def test_figures_survive_pdf(cells: dict[str, Cell]) -> None:
    """任意一组数字印成 PDF，读回不变。"""
    report = clean(cells)
    assert read(PdfPrinter().print(blocks_of(report)), source="x").report == report


@pytest.mark.parametrize("footer", ["- {} -", "—{}—", "第 {} 页", "第{}页 共9页", "{}/9", "{}"])
def test_page_numbers_are_left_out_and_sections_go_on(footer: str) -> None:
    """各种页码都去掉，跨页的段落接上。"""
    long = "推进政府信息公开工作规范有序健康发展，" * 90
    blocks = [
        Block("heading", "一、总体情况"),
        Block("paragraph", long),
        Block("paragraph", "完。"),
    ]
    page = page_of_pdf(PdfPrinter(footer=footer).print(blocks))
    assert texts(page) == ["一、总体情况", long, "完。"]


def test_running_title_is_left_out() -> None:
    """每页都有的页眉不进正文，正文标题还在。"""
    title = "青禾县人民政府2024年政府信息公开工作年度报告"
    long = "推进政府信息公开工作规范有序健康发展，" * 150
    blocks = [Block("title", title), Block("paragraph", long)]
    page = page_of_pdf(PdfPrinter(footer="青禾县年报 {}").print(blocks))
    assert texts(page) == [title, long]


def test_short_line_ends_its_paragraph() -> None:
    """没到右边的行就是段尾；小标题不并入正文。"""
    lines = [
        "各级行政机关主动公开。",
        "（一）主动公开情况",
        "另一段也不长。",
        "五、存在的主要问题及改进情况",
    ]
    page = page_of_pdf(PdfPrinter().print([Block("heading", line) for line in lines]))
    assert texts(page) == lines


def test_table_over_two_pages_gives_further_rows() -> None:
    """跨页的表，后一页接着是行。"""
    long = table(*((f"第{n}行", str(n)) for n in range(80)))
    page = page_of_pdf(PdfPrinter().print([Block("table", rows=long)]))
    assert rows(page) == [(f"第{n}行", str(n)) for n in range(80)]


def test_table_left_open_at_the_page_end_keeps_its_last_row() -> None:
    """分页处缺底线的表，最后一行不丢。"""
    printer = PdfPrinter(footer="")
    data = printer.print([Block("table", rows=table(("规章", "0"), ("文件", "6")))])
    pikepdf: Any = importlib.import_module("pikepdf")
    with pikepdf.open(io.BytesIO(data)) as document:
        strokes = document.pages[0].Contents.read_bytes().decode().split("\n")
        across = [
            one for one in strokes if one.endswith("l S") and one.split()[1] == one.split()[4]
        ]
        lowest = min(float(one.split()[1]) for one in across)
        kept = [one for one in strokes if one not in across or float(one.split()[1]) > lowest]
        assert len(kept) < len(strokes)
        document.pages[0].Contents = document.make_stream("\n".join(kept).encode())
        buffer = io.BytesIO()
        document.save(buffer)
    assert rows(page_of_pdf(buffer.getvalue())) == [("规章", "0"), ("文件", "6")]


def test_shade_behind_text_is_no_table() -> None:
    """段落底纹不是表格。"""
    data = PdfPrinter(footer="").print(
        [Block("heading", "一、总体情况"), Block("heading", "正文。")]
    )
    pikepdf: Any = importlib.import_module("pikepdf")
    with pikepdf.open(io.BytesIO(data)) as document:
        shades = b"1 1 1 rg 72 740 450 40 re f 72 700 450 40 re f 0 g\n"
        text = document.pages[0].Contents.read_bytes()
        document.pages[0].Contents = document.make_stream(shades + text)
        buffer = io.BytesIO()
        document.save(buffer)
    assert page_of_pdf(buffer.getvalue()).lines == (
        Line(("一、总体情况",), table=False),
        Line(("正文。",), table=False),
    )


def test_table_without_rules_keeps_its_columns_apart() -> None:
    """没有框线的表：保留列间空白，一行不少，留给文字读法。"""
    printed = PdfPrinter(rules=False).print(
        [Block("table", rows=table(("规章", "0", "1"), ("行政规范性文件", "6", "12")))]
    )
    assert [line.split() for line in texts(page_of_pdf(printed))] == [
        ["规章", "0", "1"],
        ["行政规范性文件", "6", "12"],
    ]


def test_twin_inside_a_pdf_is_found() -> None:
    """PDF 附件里的数据原样取出，别的附件不取。"""
    blocks = blocks_of(clean())
    attached = {"other.json": b"{}", "annual-report.json": b'{"a": 1}'}
    assert page_of_pdf(PdfPrinter().print(blocks, attach=attached)).twin == b'{"a": 1}'
    assert page_of_pdf(PdfPrinter().print(blocks, attach={"other.json": b"{}"})).twin is None


def test_page_without_text_among_others_is_named() -> None:
    """夹着一页扫描件：说出是第几页。"""
    data = PdfPrinter().print(blocks_of(clean()))
    pikepdf: Any = importlib.import_module("pikepdf")
    with pikepdf.open(io.BytesIO(data)) as document:
        document.add_blank_page(page_size=(595, 842))
        count = len(document.pages)
        buffer = io.BytesIO()
        document.save(buffer)
    assert page_of_pdf(buffer.getvalue()).notes == (
        f"PDF 第 {count} 页没有可读的文字（可能是扫描图片），没有读到；请核对。",
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("总 计", "总计"),
        ("2023 年 1 月", "2023年1月"),
        ("Word 2023 版", "Word 2023版"),
        ("邮 编 ： 223100", "邮编：223100"),
        ("12 34", "12 34"),
    ],
)
def test_gaps_of_stretched_lines_go(text: str, meant: str) -> None:
    """两端对齐撑开的空隙去掉，数字之间的空格保留。"""
    assert without_gaps(text) == meant


def test_radicals_become_the_letters_meant() -> None:
    """有的程序把字印成部首，读成本字；其他字不动。"""
    assert letters("⻘⽲县⼈⺠政府⾏⽂⻚，①㎡") == "青禾县人民政府行文页，①㎡"
