"""单元格：一格的各种写法读成同一个值，读不懂的说明是哪一格、为什么、怎么写。"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annualreport.format import load_format
from gongkai.exchange.layout import SHEETS, Column
from gongkai.exchange.problem import CellRefused, shown
from gongkai.exchange.values import Circumstances, read_cell, unit_of
from gongkai.law.outcomes import OUTCOMES, row_of
from gongkai.law.rules import Rules
from tests.rooms.exchange.sheets import TODAY

RULES = Rules.national(TODAY)


def column(sheet: str, key: str) -> Column:
    return next(one for one in SHEETS[sheet].column if one.key == key)


def read(sheet: str, key: str, raw: object, *, strict: bool = False, unit: str = "") -> object:
    given_now = Circumstances(TODAY, RULES, strict, unit)
    return read_cell(raw, column(sheet, key), given_now).value


def refusal(sheet: str, key: str, raw: object, *, strict: bool = False, unit: str = "") -> str:
    with pytest.raises(CellRefused) as refused:
        read(sheet, key, raw, strict=strict, unit=unit)
    return str(refused.value)


@pytest.mark.parametrize(
    "raw",
    [
        date(2024, 3, 5),
        datetime(2024, 3, 5, 9, 30),  # as a workbook gives it: without a zone
        *("2024-03-05", "2024-3-5", "2024/3/5", "2024.3.5", "2024.03.05", "2024年3月5日"),
        *("２０２４年３月５日", " 2024 年3月5日 ", "20240305", 20240305, 20240305.0),
        *("2024-03-05 09:30:00", "2024/3/5 9:30"),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(raw: object) -> None:
    assert read("requests", "received_on", raw) == date(2024, 3, 5)


@given(st.dates(date(1949, 1, 1), TODAY), st.sampled_from(["{0}-{1}-{2}", "{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}{1:02d}{2:02d}"]))  # fmt: skip
def test_every_day_is_read_back_from_every_form(day: date, form: str) -> None:
    assert read("requests", "received_on", form.format(day.year, day.month, day.day)) == day


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (45356, "不是完整的日期"),  # a day number of Excel, in a cell that is not a date
        ("24-03-05", "不是完整的日期"),
        ("2024年3月", "不是完整的日期"),
        ("3月5日", "不是完整的日期"),
        ("2024-02-30", "日历上没有这一天"),
        ("2025-06-03", "晚于今天（2025-06-02），“收到日期”是已经发生的日期，请核对"),
        ("1024-03-05", "年份 1024 不合理"),
    ],
)
def test_a_doubtful_day_is_refused(raw: object, why: str) -> None:
    assert refusal("requests", "received_on", raw).startswith(why)


def test_a_day_to_come_is_allowed_where_it_may_be_one() -> None:
    assert read("policies", "in_force_on", "2026-01-01") == date(2026, 1, 1)


@pytest.mark.parametrize(
    "raw", ["granted", "予以公开", "（一）予以公开", " 予以 公开 ", "同意公开"]
)
def test_an_outcome_is_read_by_key_official_or_short_label(raw: str) -> None:
    assert read("requests", "outcome", raw, strict=True) == "granted"


def test_every_outcome_is_read_by_its_key_and_its_title() -> None:
    for code, found in OUTCOMES.items():
        assert [read("requests", "outcome", raw, strict=True) for raw in (code, found.title)] == [
            code,
            code,
        ]


def test_every_printed_row_of_table_three_is_read_into_that_row() -> None:
    """国办公开办函〔2021〕30号附表三：22 个结果行，按印出的文字都读得进同一行。"""
    results = [row for row in load_format("2021").t3.rows if row.kind == "result"]
    landed = {row.key: row_of(str(read("requests", "outcome", row.label))) for row in results}
    assert landed == {row.key: row.key for row in results}
    assert len(landed) == 21


def test_two_meanings_counted_in_one_row_are_told_apart_for_the_ledger_only() -> None:
    """第三十六条第（四）（五）项同列一行：编年报够用，入台账要写明。"""
    given_now = Circumstances(TODAY, RULES, strict=False)
    found = read_cell("本机关不掌握相关政府信息", column("requests", "outcome"), given_now)
    assert row_of(str(found.value)) == "r4_1"
    assert found.remark == (
        "“本机关不掌握相关政府信息”没有分清“信息不存在”、“不属于本机关负责公开”，"
        "年报计在同一栏，不影响数字；导入台账前要写明"
    )
    assert refusal("requests", "outcome", "本机关不掌握相关政府信息", strict=True) == (
        "可能是“信息不存在”、“不属于本机关负责公开”，请写明是哪一种"
    )


def test_a_group_of_outcomes_is_not_guessed_from() -> None:
    assert refusal("requests", "outcome", "（四）无法提供") == (
        "是一组结果，请写明是其中哪一种：本机关不掌握相关政府信息、没有现成信息需要另行制作、补正后申请内容仍不明确"
    )
    assert refusal("requests", "outcome", "（六）其他处理").startswith("是一组结果")


@pytest.mark.parametrize("raw", ["办理中", "尚未办结"])
def test_nothing_decided_yet_is_blank(raw: str) -> None:
    assert read("requests", "outcome", raw) is None


@pytest.mark.parametrize(
    ("raw", "key"),
    [("nat", "nat"), ("自然人", "nat"), ("公民", "nat"), ("律师事务所", "law"), ("其它", "oth"), ("法人或其他组织-科研机构", "res")],
)  # fmt: skip
def test_a_class_of_applicants_is_read(raw: str, key: str) -> None:
    assert read("requests", "klass", raw) == key


def test_what_may_be_a_name_is_not_repeated() -> None:
    """申请人类别一格里写了姓名：提示里不出现它。"""
    with pytest.raises(CellRefused) as refused:
        read("requests", "klass", "虚构甲")
    assert refused.value.hidden
    assert "虚构甲" not in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "unit", "fen"),
    [
        (1158.4432, "万元", 1_158_443_200),
        ("1,158.4432", "万元", 1_158_443_200),
        ("1158.4432万元", "万元", 1_158_443_200),
        (11_584_432, "元", 1_158_443_200),
        ("１２．５", "万元", 12_500_000),
        (0.1 + 0.2, "万元", 300_000),  # what Excel shows as 0.3
        (0, "万元", 0),
    ],
)
def test_money_is_read_to_the_fen(raw: object, unit: str, fen: int) -> None:
    assert read("returns", "fee", raw, unit=unit) == fen


@given(st.integers(0, 10**11))
def test_every_amount_is_the_same_in_yuan_and_in_wan_yuan(fen: int) -> None:
    yuan, wan = Decimal(fen) / 100, Decimal(fen) / 1_000_000
    assert read("returns", "fee", f"{yuan:,}", unit="元") == fen
    assert read("returns", "fee", float(wan), unit="万元") == fen


@pytest.mark.parametrize(
    "raw", ["12.3456789", "-1", "12.5元", "约12", "无", "/", True, "1e3", "NaN"]
)
def test_money_that_is_doubtful_is_refused(raw: object) -> None:
    assert refusal("returns", "fee", raw, unit="万元")


@pytest.mark.parametrize(
    ("raw", "n"), [(120, 120), ("120", 120), ("1,003", 1003), ("45 件", 45), (7.0, 7)]
)
def test_a_count_is_read(raw: object, n: int) -> None:
    assert read("returns", "licence", raw) == n


@pytest.mark.parametrize("raw", [1.5, "-3", "12,34", "—", "若干"])
def test_a_count_that_is_none_is_refused(raw: object) -> None:
    assert refusal("returns", "licence", raw)


def test_an_extension_longer_than_the_law_allows_is_refused_with_its_article() -> None:
    assert refusal("requests", "extended_days", 21) == (
        "延长天数应是 1 至 20 的整数（《政府信息公开条例》第三十三条第二款）；没有延长的留空"
    )
    assert read("requests", "extended_days", "20个工作日") == 20
    assert read("requests", "extended_days", "否") is None


@pytest.mark.parametrize(
    ("title", "unit"),
    [("行政事业性收费（万元）", "万元"), ("收费金额\n(单位:元)", "元"), ("收费", "")],
)
def test_the_unit_is_read_from_the_heading(title: str, unit: str) -> None:
    assert unit_of(title) == unit


def test_what_is_shown_of_a_cell_hides_long_numbers() -> None:
    """手机号、证件号不出现在提示里；日期照样显示。"""
    assert shown("见 000000199001010009 一案") == "见 00… 一案"
    assert shown(20241345) == "20241345"
