"""坏文件：一句话说明，不出栈信息，内存有上限。"""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.exchange.problem import WorkbookRefused
from gongkai.exchange.workbook import LARGEST, NOT_CALCULATED, grids
from tests.rooms.exchange.sheets import book, county, openpyxl

pytestmark = pytest.mark.once  # no database is asked

GOOD = book(county())


def said(data: bytes) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        grids(data)
    return str(refused.value)


def rewritten(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return the good workbook with each part as *change* returns it, None leaving it out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for part in old.namelist():
            content = change(part, old.read(part))
            if content is not None:
                new.writestr(part, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "工作簿：这不是 .xlsx 工作簿。"),
        ("受理机关,登记编号\n".encode(), "工作簿：这不是 .xlsx 工作簿。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "工作簿：这是旧版 .xls 文件，或者设了打开密码。"),
        (GOOD[: len(GOOD) // 2], "工作簿：文件打不开，可能不完整或者已损坏（BadZipFile）。"),
        (GOOD + bytes(LARGEST), "工作簿：文件超过 32 MB，不像一份台账。"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_told_so(data: bytes, sentence: str) -> None:
    assert said(data).startswith(sentence)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml"]
)
def test_a_workbook_that_lacks_a_part_is_damaged(part: str) -> None:
    assert "可能不完整或者已损坏" in said(
        rewritten(lambda name, content: None if name == part else content)
    )


def test_a_word_file_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "可能不完整或者已损坏" in said(target.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_are_not_expanded(encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode(encoding)
    changed = rewritten(lambda name, content: bomb if "sheet1" in name else content)
    assert said(changed).startswith("工作簿：文件里有工作簿不应有的声明（DOCTYPE）")


def test_a_workbook_that_unpacks_to_far_more_is_refused_before_it_is_unpacked() -> None:
    huge = bytes(300 * 1024 * 1024)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", 8) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", huge)
    del huge
    tracemalloc.start()
    assert said(target.getvalue()).startswith("工作簿：文件解开后大得不合理")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


def long_sheet(lines: int, cell: str) -> bytes:
    """Return a workbook whose one sheet has *lines* rows, each holding *cell*."""
    rows = "".join(f'<row r="{n}">{cell}</row>' for n in range(1, lines + 1)).encode()
    start, end = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>', b"</sheetData></worksheet>"  # fmt: skip

    def change(name: str, content: bytes) -> bytes:
        return start + rows + end if name == "xl/worksheets/sheet1.xml" else content

    return rewritten(change)


def test_far_too_many_rows_are_refused_and_not_kept() -> None:
    sentence = said(long_sheet(300_000, "<c><v>1</v></c>"))
    assert sentence == "申请：有内容的行超过 50000 行。请按年度分成几个工作簿。"


def test_blank_rows_without_end_are_refused() -> None:
    assert said(long_sheet(300_000, "")).startswith("申请：行数超过 20 万（多半是空白的格式行）")


def test_a_row_at_the_far_end_of_a_sheet_is_refused_not_lost() -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        return content.replace(
            b"</sheetData>", b'<row r="1000000"><c r="A1000000"><v>1</v></c></row></sheetData>'
        )

    assert said(rewritten(change)).startswith("申请：行数超过 20 万")


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        return re.sub(rb'ref="A1:F\d+"', b'ref="A1:A1"', content)

    changed = rewritten(change)
    assert changed != rewritten(lambda name, content: content)
    assert grids(changed) == grids(GOOD)


def test_hidden_sheets_are_not_read() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(GOOD))
    workbook["文件"].sheet_state = "hidden"
    target = io.BytesIO()
    workbook.save(target)
    assert [grid.name for grid in grids(target.getvalue())] == ["申请", "报送"]


def test_a_formula_without_a_value_is_told_from_a_blank_cell() -> None:
    (grid,) = grids(book({"申请": [["=1+1", None, "x"]]}))
    assert grid.lines == ((1, (NOT_CALCULATED, None, "x")),)


def test_a_member_marked_as_encrypted_is_refused() -> None:
    """改动一个比特，成员就成了“加密的”：一句话拒绝。"""
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(WorkbookRefused):
        grids(bytes(data))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
def test_whatever_is_damaged_is_read_or_refused_and_never_anything_else(
    at: int, noise: bytes
) -> None:
    with suppress(WorkbookRefused):
        grids(GOOD[:at] + noise + GOOD[at + len(noise) :])
