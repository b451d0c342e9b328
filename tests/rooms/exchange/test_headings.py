"""标题行：列名写法不一、次序不一、上面有合并的大标题，都认得；认不全的说明缺什么。"""

from __future__ import annotations

import pytest

from gongkai.exchange.layout import SHEETS, heading
from tests.rooms.exchange.sheets import POLICIES, REQUESTS, RETURNS, Lines, county, read, refused

TITLE: Lines = [
    ["示例县 2024 年政府信息公开申请登记表", None, None],
    [None, None, None],
    ["填报单位：示例县政务公开办"],
]


def test_other_names_another_order_and_extra_columns_make_no_difference() -> None:
    """收件日期、接收时间……换了叫法、换了次序、多了列、全角空格，读出来一样。"""
    renamed: Lines = [
        ["序号", "申请人姓名", "办结 时间", "申请人类型", "接收时间\n（收到之日）", "　受理编号*", "承办单位", "答复类型"],
        *[
            [n, "虚构甲", row[5], row[3], row[2], row[1], row[0], row[4]]
            for n, row in enumerate(REQUESTS[1:], start=1)
        ],
    ]  # fmt: skip
    plain = read(county())
    other = read({**county(), "申请": [*TITLE, *renamed]})
    assert other.requests == plain.requests
    assert other.notes == ("“申请”表没有读取：序号、申请人姓名。",)


@pytest.mark.parametrize("name", ["依申请公开", "政府信息公开申请登记表", "Sheet1", "2024 年"])
def test_a_sheet_is_known_by_its_name_or_by_its_headings(name: str) -> None:
    sheets = county()
    requests = sheets.pop("申请")
    assert len(read({name: requests, **sheets}).requests) == 4


def test_sheets_of_several_years_are_read_together() -> None:
    halves: dict[str, Lines] = {
        "申请": [REQUESTS[0], *REQUESTS[1:3]],
        "申请 (2)": [REQUESTS[0], *REQUESTS[3:]],
    }
    assert read({**halves, "报送": RETURNS}).requests == read(county()).requests


@pytest.mark.parametrize("key", list(SHEETS))
def test_every_name_of_a_column_leads_to_that_column(key: str) -> None:
    """名称表里没有两列共用一个叫法：后写的会盖掉先写的。"""
    astray = [
        (name, column.title)
        for column in SHEETS[key].column
        for name in (column.title, *column.also)
        if SHEETS[key].by_heading[heading(name)] is not column
    ]
    assert astray == []


def test_a_missing_column_is_named_with_other_names_it_may_have() -> None:
    without: Lines = [[row[0], row[1], row[3]] for row in REQUESTS]
    assert refused({**county(), "申请": without}) == [
        "申请：前 10 行里没有找到完整的标题行，缺少：“收到日期”（也可写 收件日期、接收时间、收到时间）。"
        "请补上这些列，或用 gongkai report --template 生成的模板。"
    ]


def test_headings_below_the_tenth_row_are_not_looked_for() -> None:
    assert len(read({"申请": [["说明"]] * 9 + list(REQUESTS), "报送": RETURNS}).requests) == 4
    assert refused({"申请": [["说明"]] * 10 + list(REQUESTS), "报送": RETURNS})[0].startswith(
        "申请：前 10 行"
    )


def test_a_workbook_of_other_sheets_is_refused() -> None:
    assert refused({"通讯录": [["姓名", "电话"]]}) == [
        "工作簿：没有找到可读的表：工作表应叫 申请、文件、报送（或复议诉讼、机关、正文），"
        "请改表名，或用 gongkai report --template 生成模板后把内容粘贴进去。"
    ]


def test_money_without_a_unit_in_its_heading_is_refused() -> None:
    """元和万元相差一万倍，不猜。"""
    bare: Lines = [[*RETURNS[0][:5], "收费金额"], *RETURNS[1:]]
    assert refused({**county(), "报送": bare}) == [
        "报送!F1：列标题“收费金额”没有写明单位，元和万元相差一万倍；"
        "请写成“行政事业性收费（万元）”或“行政事业性收费（元）”。"
    ]


def test_money_in_yuan_is_the_same_money() -> None:
    yuan: Lines = [
        [*RETURNS[0][:5], "收费金额（元）"],
        *[[*row[:5], float(str(row[5])) * 10_000] for row in RETURNS[1:]],
    ]
    assert read({**county(), "报送": yuan}).returns == read(county()).returns


def test_documents_that_are_not_normative_are_left_aside_with_a_note() -> None:
    lines: Lines = [
        [*POLICIES[0], "文件类别"],
        *[[*row, "行政规范性文件"] for row in POLICIES[1:3]],
        [*POLICIES[3], "其他文件"],
    ]
    found = read({**county(), "文件": lines})
    assert [row.number for row in found.policies] == ["示粮〔2021〕1号", "示粮〔2022〕3号"]
    assert found.notes == ("“文件”表：“其他文件”不计入年报，没有读取。",)
