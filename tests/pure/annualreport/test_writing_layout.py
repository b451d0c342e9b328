"""The one layout: complete rectangles, every figure once, every figure tied to its headings."""

from __future__ import annotations

import msgspec
import pytest

from gongkai.annualreport.format import FORMAT_NAMES, ReportFormat, load_format
from gongkai.annualreport.model import cell_keys
from gongkai.annualreport.writing.layout import (
    Figure,
    Heading,
    is_heading_row,
    official_table,
    official_tables,
    place,
)

MIXED = msgspec.structs.replace(load_format("2021"), t3=load_format("2019").t3)
FORMS = [*(load_format(name) for name in FORMAT_NAMES), MIXED]
every_form = pytest.mark.parametrize("form", FORMS, ids=["2019", "2021", "mixed"])


@every_form
def test_cells_fill_each_table_without_gap_or_overlap(form: ReportFormat) -> None:
    """合并单元格铺满表格，不缺不叠。"""
    for table in official_tables(form).values():
        covered = [
            (one.row + down, one.column + right)
            for one in place(table)
            for down in range(one.cell.rowspan)
            for right in range(one.cell.colspan)
        ]
        whole = [(row, column) for row in range(len(table.rows)) for column in range(table.width)]
        assert sorted(covered) == whole


@every_form
def test_every_figure_stands_once_in_printed_order(form: ReportFormat) -> None:
    """每个数字恰好一格，顺序与格式一致。"""
    cells = [cell for t in official_tables(form).values() for row in t.rows for cell in row]
    assert tuple(cell.key for cell in cells if isinstance(cell, Figure)) == tuple(form.kinds)


@every_form
def test_every_figure_names_headings_that_exist_once(form: ReportFormat) -> None:
    """数字所引的表头都有，编号不重复，且都在它的上方或左方。"""
    for table in official_tables(form).values():
        places = {one.cell.id: one for one in place(table) if isinstance(one.cell, Heading)}
        headings = [c for row in table.rows for c in row if isinstance(c, Heading)]
        assert len(places) == len(headings)
        for one in place(table):
            for name in one.cell.headers if isinstance(one.cell, Figure) else ():
                head = places[name]
                right = head.column + head.cell.colspan
                down = head.row + head.cell.rowspan
                over = head.column <= one.column < right and head.row < one.row
                beside = head.row <= one.row < down and head.column < one.column
                assert over or beside, (one.cell, name)


def test_headings_of_one_figure_from_the_outside_in() -> None:
    """“（四）无法提供”第 1 项·科研机构的六层表头，与“复议后起诉”·总计的三层。"""
    form = load_format("2021")
    figures = {
        cell.key: cell.headers
        for table in official_tables(form).values()
        for row in table.rows
        for cell in row
        if isinstance(cell, Figure)
    }
    assert figures["t3.r4_1.res"] == (
        *("t3-applicants", "t3-organisations", "t3-c-res"),
        *("t3-r1-0", "t3-r4_1-1", "t3-r4_1-2"),
    )
    assert figures["t4.aft.t"] == ("t4-行政诉讼", "t4-复议后起诉", "t4-aft-t")
    assert figures["t2.fee"] == ("t2-b4", "t2-b4-c1", "t2-b4-r0")
    assert len(figures) == len(cell_keys("2021"))


def test_last_column_of_a_narrow_block_is_the_wide_one() -> None:
    """2019 年版收费一栏只有两列数字：最后一列占满余下的宽度。"""
    table = official_table(load_format("2019"), "t2")
    fee = next(row for row in table.rows if isinstance(row[-1], Figure) and "fee" in row[-1].key)
    assert [cell.colspan for cell in fee] == [1, 1, 2]


def test_heading_rows_are_those_without_figures() -> None:
    """表二每一块有两行表头，表三三行，表四三行。"""
    tables = official_tables(load_format("2021"))
    marks = {
        table.id: "".join("h" if is_heading_row(row) else "." for row in table.rows)
        for table in tables.values()
    }
    assert marks == {"t2": "hh..hh.hh..hh.", "t3": "hhh" + "." * 25, "t4": "hhh."}
