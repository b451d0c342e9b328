"""读不懂的地方：一次全部列出，每处写明表、格、内容、为什么、怎么写。"""

from __future__ import annotations

import pytest

from tests.rooms.exchange.sheets import Lines, changed, county, refused


def test_the_small_county_is_understood() -> None:
    """下面各例都从它改一格而来，所以每个问题都是那一格引起的。"""
    assert refused(county()) == []
    assert refused(county(), strict=True) == []


def test_all_problems_are_listed_at_once_with_their_cells() -> None:
    sheets = changed("申请", 2, 3, "2023.13.5")
    sheets["报送"] = [*sheets["报送"][:2], ["示例县湖泊局", "今年", "若干", 1, 1, 1]]
    assert refused(sheets) == [
        "申请!C2：“2023.13.5”日历上没有这一天，请核对月和日。",
        "报送!B3：“今年”不是四位年份，请写成 2024。",
        "报送!C3：“若干”不是数字，请只写数字（单位写在列标题里）；没有数据的留空，不要写“/”或“无”。",
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "problem"),
    [
        ("申请", 2, 6, None, "申请!F2：编号 2023-009 有处理结果而没有决定日期"),
        ("申请", 5, 6, "2025-01-05", "申请!E5：编号 2024-002 有决定日期而没有处理结果"),
        ("申请", 3, 6, "2024-03-04", "申请!F3：2024-001 的决定日期 2024-03-04 早于收到日期 2024-03-05"),
        ("申请", 3, 2, None, "申请!B3：“登记编号”不能空白"),
        ("申请", 5, 2, "2024-001", "申请!B5：编号 2024-001 在 申请!B4 已经有一行，一件只能列一行"),
        ("申请", 3, 4, "虚构甲", "申请!D3：这一格的 3 个字（不予显示，可能是姓名）不是表三的申请人类别"),
        ("申请", 3, 5, "不予公开", "申请!E3：“不予公开”是一组结果，请写明是其中哪一种：属于国家秘密"),
        ("申请", 3, 5, "依法处理", "申请!E3：“依法处理”不是“处理结果”的一种，请写 已经主动公开"),
        ("申请", 3, 3, "=TODAY()-400", "申请!C3：“公式（没有计算结果）”没有计算结果，读不到值"),
        ("文件", 2, 8, None, "文件!H2：示粮〔2021〕1号 已退出却没有失效或废止日期"),
        ("文件", 3, 3, "第三号文件", "文件!C3：文号“第三号文件”不符合 GB/T 9704-2012"),
        ("文件", 3, 3, "示粮[2021]1号", "文件!C3：文号 示粮[2021]1号 在 文件!C2 已经有一行"),
        ("文件", 3, 6, "2022-01-01", "文件!F3：示粮〔2022〕3号 的施行日期 2022-01-01 早于成文日期 2022-02-01"),
        ("报送", 3, 1, "示例县粮食局", "报送!B3：示例县粮食局 2024 年的报送 在 报送!B2 已经有一行"),
        ("报送", 2, 4, "/", "报送!D2：“/”不是数字"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_cell(
    sheet: str, row: int, column: int, value: object, problem: str
) -> None:
    found = refused(changed(sheet, row, column, value))
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_a_row_without_one_figure_is_not_a_row_of_zeros() -> None:
    """缺报不等于零。"""
    sheets = county()
    sheets["报送"] = [*sheets["报送"][:2], ["示例县湖泊局", 2024, None, None, None, None]]
    (problem,) = refused(sheets)
    assert problem.startswith("报送!A3：示例县湖泊局 2024 年一个数也没有：缺报不等于零")


def test_an_extension_needs_its_day_and_its_length() -> None:
    lines = [[*row, None, None] for row in county()["申请"]]
    lines[0][-2:] = ["延期告知日期", "延长工作日"]
    lines[1][-1] = 10
    assert refused({**county(), "申请": lines})[0].startswith(
        "申请!G2：编号 2023-009 延长答复期限要同时写明告知日期和延长的工作日数（条例第三十三条）"
    )


DISPUTES: Lines = [
    ["受理机关", "申请登记编号", "种类", "案号", "受理日期", "结果", "审结日期"],
    ["示例县粮食局", "2024-001", "行政复议", "示复〔2024〕1号", "2024-04-01", "维持", "2024-05-30"],
]


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        (2, "2024-777", "复议诉讼!B2：“申请”表里没有示例县粮食局编号为 2024-777 的申请"),
        (5, "2024-01-01", "复议诉讼!E2：案号 示复〔2024〕1号 的受理日期早于收到申请的 2024-03-05"),
        (7, None, "复议诉讼!G2：案号 示复〔2024〕1号 的结果和审结日期要同时填写"),
        (3, "行政诉讼", "复议诉讼!C2：“行政诉讼”不是“种类”的一种，请写 行政复议、未经复议直接起诉、复议后起诉"),
    ],
)  # fmt: skip
def test_a_dispute_belongs_to_a_request_and_ends_whole(
    column: int, value: object, problem: str
) -> None:
    row = list(DISPUTES[1])
    row[column - 1] = value
    (found,) = refused({**county(), "复议诉讼": [DISPUTES[0], row]})
    assert found.startswith(problem)


def test_what_the_ledger_needs_and_the_report_does_not_is_asked_only_for_the_ledger() -> None:
    sheets = changed("文件", 3, 5, None)
    assert refused(sheets) == []
    assert refused(sheets, strict=True) == ["文件!E3：“发布日期”不能空白：向社会公布的日期。"]


def test_an_example_row_is_not_read() -> None:
    example = ["示例：本行不读取", "x", "y", "z", "", ""]
    sheets = county()
    assert refused({**sheets, "申请": [sheets["申请"][0], example, *sheets["申请"][1:]]}) == []
