"""Prose against tables and against itself: real slips are found, ordinary sentences are left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.model import Cell, build, cell_keys
from tests.pure.annualreport.reports import PROSE, clean, table3

NUMBERS = ("N-01", "N-02", "N-03", "N-04", "N-05", "N-06", "N-07", "N-13", "N-14", "N-15")


def raised(text: str, cells: dict[str, Cell] | None = None, year: int = 2024) -> list[str]:
    """Codes about numbers that a section 一 made of `text` alone raises, with their severity."""
    report = replace(clean(cells, {"1": text}), year=year)
    return [f"{f.code} {f.severity}" for f in check(report) if f.code in NUMBERS]


@pytest.mark.parametrize(
    "text",
    [
        "全年收到申请30件，其中网络申请18件、信函申请12件。",
        "全年收到申请30件，上年结转2件，其中网络提交20件，邮寄提交12件。",
        "收到依申请公开30件（其中信件申请12件，网络申请18件），已办结28件，4件结转下年办理。",
        "县政府办收到申请9件，其中网络申请5件，信函申请4件。",
        "收到申请30件，其中网络申请11件，当面申请3件，其他方式16件。",
        "通过网络和邮寄等渠道收到申请30件。",
        "线上线下共收到申请30件。",
    ],
)
def test_channels_that_make_up_the_total_raise_nothing(text: str) -> None:
    """N-14：渠道合计等于新收、加结转、句中总数，或没有列全时，都不报。"""
    assert [code for code in raised(text) if code.startswith("N-14")] == []


@pytest.mark.parametrize(
    "text",
    ["全年共收到申请，网络申请20件，信函申请9件。", "收到申请30件，线上20件，当面3件，邮寄8件。"],
)
def test_channels_that_do_not_make_up_the_total_are_found(text: str) -> None:
    """N-14：各渠道列全而合计不对。"""
    assert "N-14 warning" in raised(text)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("发布信息48条，其中动态35条，公告9条，采购1条，预决算2条，年报1条。", False),
        ("新增信息50条，其中机构类20条，内有领导10条、职能30条。", False),
        ("发布信息100条，其中微信60条，微博40条，合计阅读900条。", False),
        ("发布信息100条，其中微信60条（含转载30条、原创30条），微博40条。", False),
        ("发布信息100条，其中网站60条，比上年增加20条，微信40条。", False),
        ("发布信息10条，其中公告8条、动态7条。", True),
        ("发布信息10条（其中公告8条、动态7条），接待来访200人次。", True),
    ],
)
def test_parts_are_added_only_when_they_are_parts(text: str, fires: bool) -> None:
    """N-07：小计、括注、增减数不是分项。"""
    assert ("N-07 warning" in raised(text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("发布信息200条。其中动态80条，占40.0%。", False),
        ("办结申请28件，其中：予以公开及部分公开17件，占60.71%；不予处理5件，占17.86%。", False),
        ("予以公开12件，占42.9%；部分公开5件，占17.9%。", False),
        ("线上提交5件，占50%；线下提交5件，占50%。", False),
        ("予以公开12件，占51.9%。", True),
    ],
)
def test_shares_follow_from_a_number_nearby_or_table_3(text: str, fires: bool) -> None:
    """N-13：总数可以在前一句，也可以是表三或各项之和。"""
    assert ("N-13 warning" in raised(text)) is fires


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到政府信息公开申请30件。", []),
        ("收到政府信息公开申请32件（含上年结转2件）。", []),
        ("收到政府信息公开申请32件。", ["N-01 warning"]),
        ("收到政府信息公开申请33件。", ["N-01 error"]),
        ("收到申请30件，其中自然人28件、法人2件。", []),
        ("收到申请30件，其中自然人30件。", ["N-01 warning"]),
        ("收到申请30件，其中自然人申请27件、法人申请3件。", ["N-01 error", "N-01 error"]),
    ],
)
def test_received_accepts_both_ways_of_counting(text: str, expected: list[str]) -> None:
    """N-01：收到可含可不含上年结转，两个数都对不上才是错；按申请人分也一样。"""
    assert raised(text) == expected


def test_message_names_both_totals() -> None:
    """N-01 的提示写出两个总数。"""
    report = clean(sections={"1": "收到政府信息公开申请33件。"})
    (found,) = [f for f in check(report) if f.code == "N-01"]
    assert "本年新收总计是 30 件，加上年结转是 32 件" in found.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县受理行政复议案件90件，办结行政复议案件88件。", ["N-05 warning", "N-05 warning"]),
        ("因政府信息公开引起的行政复议3件。", []),
        ("受理行政复议案件90件，其中涉及政府信息公开的行政复议3件。", ["N-05 warning"]),
        (
            "受理行政复议案件90件，其中涉及政府信息公开的行政复议4件。",
            ["N-05 warning", "N-05 error"],
        ),
        ("未发生政府信息公开行政诉讼。", []),
    ],
)
def test_ordinary_review_cases_are_not_those_of_information(text: str, expected: list[str]) -> None:
    """N-05：只写行政复议、没有写政府信息公开的，只提醒核对。"""
    assert raised(text) == expected


def test_first_number_of_a_list_does_not_hide_the_second() -> None:
    """同一句里两个数都核对，不只看第一个。"""
    text = "办结政府信息公开申请28件，结转下年度5件，予以公开申请13件。"
    assert raised(text) == ["N-03 error", "N-06 error"]


def test_defective_township_report_of_another_year() -> None:
    """正文沿用上年（2022 年、0 件），表格是 2023 年的 4、0、32：N-04 和 N-08 都要报。"""
    zero: dict[str, Cell] = dict.fromkeys(cell_keys("2021"), 0)
    cells = zero | {"t2.norm.made": 4, "t2.norm.valid": 32}
    report = build(
        issuer="青禾县柳河镇人民政府",
        year=2023,
        level="township",
        cells=cells,
        sections={"1": "2022年本镇制发规范性文件0件，废止0件，现行有效0件。"},
    )
    found = [(f.code, f.expected, f.actual) for f in check(report)]
    assert ("N-04", "4", "0件") in found
    assert ("N-04", "32", "0件") in found
    assert ("N-08", "2023年", "2022年") in found


def test_county_report_whose_prose_and_tables_agree() -> None:
    """收到 12、办结 9、结转 3、无复议诉讼：N-01 至 N-05 都通过。"""
    cells: dict[str, Cell] = dict.fromkeys(cell_keys("2021"), 0)
    cells |= table3({"new.nat": 12, "r1.nat": 5, "r4_1.nat": 4, "fwd.nat": 3})
    text = (
        "2025年收到政府信息公开申请12件，办结9件，结转下年度3件，"
        "未发生因政府信息公开引起的行政复议、行政诉讼。"
    )
    report = build(issuer="青禾县人民政府", year=2025, cells=cells, sections={"1": text})
    assert [f.code for f in check(report) if f.code in NUMBERS] == []
    wrong = replace(report, sections={"1": text.replace("办结9件", "办结8件")})
    assert [f.code for f in check(wrong) if f.code in NUMBERS] == ["N-02"]


FEES: dict[str, Cell] = {"t2.fee": "316441"}


@pytest.mark.parametrize(
    ("six", "codes"),
    [
        ("2024年收取信息处理费400元。", []),
        ("2024年未收取信息处理费。", []),
        ("无收取信息处理费情况。", []),
        ("全县行政事业性收费316441万元。", ["P-02"]),
        ("行政事业性收费另见财政部门公告。", ["P-02"]),
    ],
)
def test_section_6_speaks_of_processing_fees_only(six: str, codes: list[str]) -> None:
    """表二是全部行政事业性收费，第六部分只报告信息处理费：互不构成矛盾，也不能互相代替。"""
    report = clean(FEES, {"6": six + PROSE["6"].partition("。")[2]})
    found = [f for f in check(report) if f.code in ("P-02", "N-15", "A-13")]
    assert [f.code for f in found] == codes


def test_processing_fee_in_the_prose_is_no_administrative_fee() -> None:
    """正文的信息处理费金额不与表二的行政事业性收费比较；行政事业性收费才比。"""
    assert raised("收取信息处理费400元。", FEES) == []
    assert raised("行政事业性收费316441万元。", FEES) == []
    assert raised("行政事业性收费400元。", FEES) == ["N-15 warning"]
