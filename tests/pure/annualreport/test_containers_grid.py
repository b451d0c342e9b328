"""Merged cells on a grid, kinds of files by their bytes, text out of any encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annualreport.reading.grid import Cell, expand, table_lines
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.sniff import kind_of, sniff
from gongkai.annualreport.writing.html import write_html_page
from gongkai.files.decoding import decode
from gongkai.files.refusal import UnreadableError
from tests.pure.annualreport.containers import PdfPrinter, blocks_of, excel_file, mail_of, word_file
from tests.pure.annualreport.reports import clean


def cell(text: str, across: int = 1, down: int = 1) -> Cell:
    """A cell with one line of text."""
    return Cell((Line((text,), table=False),) if text else (), across, down)


def grid(*rows: list[Cell]) -> list[tuple[str, ...]]:
    """The texts of a table's rows."""
    return [line.cells for line in table_lines(rows)]


def test_merged_cells_stand_top_left_and_leave_blanks() -> None:
    """合并单元格的文字在左上角，其余位置为空。"""
    assert grid(
        [cell("组", down=2), cell("甲", across=2)], [cell("1"), cell("2")], [cell("尾", across=3)]
    ) == [("组", "甲", ""), ("", "1", "2"), ("尾", "", "")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[cell("a", down=0), cell("1")], [cell("2")]], [("a", "1"), ("", "2")]),
        ([[cell("a", down=9), cell("1")], [cell("2")]], [("a", "1"), ("", "2")]),
        ([[cell("a"), cell("b"), cell("c")], [cell("1")]], [("a", "b", "c"), ("1", "", "")]),
        (
            [[cell("a"), cell("b", down=2)], [cell("1", across=2)]],
            [("a", "b"), ("1", "")],
        ),
        ([[cell("a"), cell("b")], []], [("a", "b"), ("", "")]),
    ],
)
def test_odd_spans_lose_no_cell(rows: list[list[Cell]], expected: list[tuple[str, ...]]) -> None:
    """跨行为 0、超出表尾、缺格、重叠，都不丢字。"""
    assert grid(*rows) == expected


def test_absurd_spans_are_cut() -> None:
    """跨列数离奇时截短；表格大得离奇时说明原因。"""
    assert len(grid([cell("a", across=10**8), cell("b")])[0]) == 201
    with pytest.raises(UnreadableError, match="表格大得不像年度报告"):
        expand([[cell("a", across=10**8)] * 3])


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), max_size=5), max_size=8))
def test_every_cell_appears_exactly_once(spans: list[list[tuple[int, int]]]) -> None:
    """无论怎样合并，每格出现且只出现一次，各行等宽。"""
    rows = [[cell(f"{y}.{x}", *span) for x, span in enumerate(row)] for y, row in enumerate(spans)]
    laid = expand(rows)
    assert [[c for c in row if c] for row in laid] == rows
    assert len({len(row) for row in laid}) <= 1


def test_table_that_lays_out_a_page_becomes_its_content() -> None:
    """布局表格按顺序展开：标题、长段落成段，里面的数据表仍是表。"""
    inner = (Line(("规章", "0"), table=True), Line(("文件", "6"), table=True))
    prose = "本报告" * 40
    lines = table_lines(
        [
            [cell("青禾县")],
            [cell("一、总体情况")],
            [cell(prose)],
            [cell("二、主动公开政府信息情况")],
            [Cell(inner)],
        ]
    )
    assert lines == (
        *(Line((t,), table=False) for t in ("青禾县", "一、总体情况", prose)),
        Line(("二、主动公开政府信息情况",), table=False),
        *inner,
    )


def test_row_label_alone_in_its_row_stays_a_row() -> None:
    """没填数的表，行名不会被当成标题。"""
    label = "一、本年新收政府信息公开申请数量"
    assert grid([cell(label), cell("")], [cell("二、上年结转政府信息公开申请数量"), cell("")]) == [
        (label, ""),
        ("二、上年结转政府信息公开申请数量", ""),
    ]


PAGE = write_html_page(clean())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'  {"format": 1}', "json"),
        ("\ufeff[1]".encode(), "json"),
        ("青禾县\t1".encode(), "text"),
        ("<2024年>报告".encode(), "text"),
        (PAGE.encode(), "html"),
        (("\n<!-- 保存 -->" + PAGE).encode("gb18030"), "html"),
        (PAGE.encode("utf-16"), "html"),
        (mail_of(PAGE.encode()), "html"),
        (b"<table><tr><td>1</td></tr></table>", "html"),
        (b"\r\n%PDF-1.4\n", "pdf"),
        (PdfPrinter().print(blocks_of(clean())), "pdf"),
        (word_file(clean()), "docx"),
        (excel_file(clean()), "xlsx"),
    ],
)
def test_kind_is_judged_by_bytes(data: bytes, kind: str) -> None:
    """按内容认文件，不看文件名。"""
    assert kind_of(data) == kind


def test_text_comes_with_its_kind_and_other_files_are_refused() -> None:
    """旧接口：文本连同种类返回，其他种类说明是什么。"""
    assert sniff("\ufeff甲\t1".encode()) == ("text", "甲\t1")
    with pytest.raises(UnreadableError, match="这是网页文件"):
        sniff(PAGE.encode())


TEXT = "青禾县人民政府2024年政府信息公开工作年度报告\n一、总体情况：收到申请30件。"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("gb18030", None),
        ("gb18030", "gb2312"),
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("gb18030", "iso-8859-1"),
        ("gb18030", "no-such-code"),
    ],
)
def test_declaration_may_be_wrong_or_missing(encoding: str, declared: str | None) -> None:
    """声明的编码写错、没写，都按字节判断。"""
    assert decode(TEXT.encode(encoding), declared=declared) == TEXT


def test_traditional_encoding_needs_its_declaration() -> None:
    """繁体页面按声明的 Big5 解码。"""
    assert decode("政府資訊".encode("big5"), declared="big5") == "政府資訊"


def test_single_damaged_letter_does_not_lose_the_file() -> None:
    """长文件里坏一个字节，其余照读。"""
    data = (TEXT * 60).encode("gb18030")
    broken = data + b"\xff" + data
    assert decode(broken).replace("\ufffd", "") == TEXT * 120


@given(
    st.text(
        st.characters(codec="gb18030", exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=80
    )
)
def test_whatever_is_written_is_read(middle: str) -> None:
    """任何文字按 UTF-8 或 UTF-16 写出，读回不变。"""
    text = f"政府信息公开{middle}年度报告"
    assert decode(text.encode()) == text
    assert decode(text.encode("utf-16")) == text


def latin_reading(text: str) -> str:
    """UTF-8 as a Windows program shows it that believes in Latin letters."""
    signs = (
        byte.to_bytes(1, "big").decode("cp1252", "replace").replace("\ufffd", chr(byte))
        for byte in text.encode()
    )
    return "".join(signs)


def test_wrong_reading_stored_is_undone() -> None:
    """UTF-8 曾按 GBK 或 Latin-1 打开又存盘的乱码，能无损还原的还原。"""
    text = "政府信息公开工作年度报告\n收到申请\n"
    twice = text.encode().decode("gb18030")
    assert twice.startswith("鏀垮簻淇℃伅")
    assert decode(twice.encode()) == text
    assert latin_reading("政府").startswith("æ”¿åºœ")
    assert decode(latin_reading(TEXT).encode()) == TEXT


@pytest.mark.parametrize("text", ["鏀垮簻淇℃伅鍏\ufffd寮\ufffd", "æ”¿åºœ?ä¿¡æ¯å…¬å¼€"])
def test_wrong_reading_with_bytes_lost_is_said_to_be(text: str) -> None:
    """丢了字节的乱码不猜，说明无法还原。"""
    with pytest.raises(UnreadableError, match="有字节丢失，无法还原"):
        decode(text.encode())
