"""The report value, its JSON `gongkai.annual-report/1` and the published schema."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai.annualreport
from gongkai.annualreport.model import (
    Cell,
    ReportInvalidError,
    build,
    cell_keys,
    from_json,
    to_json,
)
from gongkai.annualreport.money import decimal_of, fen, wan_yuan
from tests.pure.annualreport.reports import clean, consistent_cells

SCHEMA = Path(gongkai.annualreport.__file__).parent / "schema" / "annual-report-1.json"


def schema() -> jsonschema.Draft202012Validator:
    """The published schema with dates checked too."""
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(
        document, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


@given(cells=consistent_cells(), blanks=st.sets(st.sampled_from(cell_keys("2021")), max_size=9))
def test_json_round_trip_keeps_numbers_blanks_and_printed_text(
    cells: dict[str, Cell], blanks: set[str]
) -> None:
    """空白不是 0，“/”照印：写出再读回完全相等，并符合公布的 schema。"""
    for place, key in enumerate(sorted(blanks)):
        cells[key] = None if place % 2 else "/"
    report = build(
        issuer="青禾县人民政府",
        year=2024,
        cells=cells,
        sections={"1": "一\n二"},
        published_on=dt.date(2025, 3, 1),
    )
    data = to_json(report)
    assert from_json(data) == report
    assert to_json(from_json(data)) == data
    assert [error.message for error in schema().iter_errors(json.loads(data))] == []


def test_absent_cell_is_blank_and_not_zero() -> None:
    """没有写出的单元格等于空白。"""
    tree = json.loads(to_json(clean()))
    del tree["t3"]["r4_1"]["nat"]
    assert from_json(json.dumps(tree).encode()).cell("t3.r4_1.nat") is None


def change(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Return a function that sets one place of the JSON tree."""

    def apply(tree: dict[str, Any]) -> None:
        *folders, leaf = path.split(".")
        for name in folders:
            tree = tree[name]
        tree[leaf] = value

    return apply


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("t3.r4_1.nat", True, "t3.r4_1.nat：只能是整数"),
        ("t3.r4_1.nat", [1], "t3.r4_1.nat：只能是整数"),
        ("t3.r4_1.sum", 1, "t3.r4_1.sum：格式里没有这一项"),
        ("t3.r9", {}, "t3.r9：格式里没有这一项"),
        ("t4.rev", 5, "t4.rev：应是一个对象"),
        ("year", "2024", "year：应是整数"),
        ("year", 24, "year：应是四位年份"),
        ("issuer", " ", "issuer：没有写发布机关"),
        ("level", "village", "level：应是"),
        ("format", "2035", "format：没有"),
        ("period", "2024年", "period：应写成"),
        ("published_on", "2025-02-30", "published_on：应写成"),
        ("contact", 5, "contact：应是文字"),
        ("sections", [], "sections：应是"),
        ("sections.7", "x", "sections.7：报告只有一至六部分"),
        ("sections.1", 5, "sections.1：应是文字"),
        ("schema", "gongkai.annual-report/2", "schema：应为"),
        ("note", "x", "note：不认识这一项"),
    ],
)
def test_wrong_json_is_refused_with_its_path_by_reader_and_schema(
    path: str, value: object, words: str
) -> None:
    """读取和 schema 拒绝同样的错误，提示写明位置。"""
    tree = json.loads(to_json(clean()))
    change(path, value)(tree)
    with pytest.raises(ReportInvalidError, match=f"^{words}"):
        from_json(json.dumps(tree).encode())
    assert not schema().is_valid(tree)


@pytest.mark.parametrize("name", ["issuer", "year", "format", "t2", "t3", "t4"])
def test_missing_part_is_refused_by_reader_and_schema(name: str) -> None:
    """缺一张表就不是完整的报告。"""
    tree = json.loads(to_json(clean()))
    del tree[name]
    with pytest.raises(ReportInvalidError, match=f"^{name}：缺少这一项"):
        from_json(json.dumps(tree).encode())
    assert not schema().is_valid(tree)


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_schema_names_exactly_the_cells_of_the_format(name: str) -> None:
    """schema 与格式数据不能各说各话；表三的 r6 与 r6_1…r6_3 两种印法都在。"""
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))

    def leaves(path: str, node: dict[str, Any]) -> list[str]:
        node = document["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
        children = node.get("properties")
        if children is None:
            return [path]
        return [key for name, child in children.items() for key in leaves(f"{path}.{name}", child)]

    tables = document["properties"] | {"t2": {"$ref": f"#/$defs/actions{name}"}}
    named = [key for t in ("t2", "t3", "t4") for key in leaves(t, tables[t])]
    either = set(cell_keys("2019")) | set(cell_keys("2021"))
    own = cell_keys(name)
    assert [key for key in named if key in own] == list(own)
    assert {key for key in named if key.startswith("t3.")} == {
        key for key in either if key.startswith("t3.")
    }


@pytest.mark.parametrize(
    ("format", "row", "count"),
    [("2019", "r6", 198), ("2021", "r6_3", 200), ("2021", "r6", 186), ("2019", "r6_3", 212)],
)
def test_a_report_may_print_the_other_formats_table_three(
    format: str, row: str, count: int
) -> None:
    """旧表三配新表二（或相反）的报告照原样保存，不补行也不丢行。"""
    report = build(
        issuer="青禾县人民政府",
        year=2022,
        format=format,
        cells={f"t3.{row}.nat": 7, "t3.new.nat": 9},
        sections={},
    )
    data = to_json(report)
    assert from_json(data) == report
    assert (len(report.cells()), report.cell(f"t3.{row}.nat")) == (count, 7)
    assert [error.message for error in schema().iter_errors(json.loads(data))] == []


def test_rows_of_both_formats_at_once_are_refused() -> None:
    """（六）其他处理要么一行，要么三行。"""
    tree = json.loads(to_json(clean()))
    tree["t3"]["r6"] = {"nat": 0}
    with pytest.raises(ReportInvalidError, match=r"^t3\.r6：格式里没有这一项"):
        from_json(json.dumps(tree).encode())
    assert not schema().is_valid(tree)


def test_source_that_does_not_say_whose_report_it_is_stays_null() -> None:
    """粘贴来的表格没有标题：机关和年份写 null，不编造。"""
    report = build(issuer="", year=0, cells={}, sections={})
    tree = json.loads(to_json(report))
    assert (tree["issuer"], tree["year"]) == (None, None)
    assert from_json(to_json(report)) == report
    assert schema().is_valid(tree)


def test_fee_written_as_json_number_keeps_its_digits() -> None:
    """小数按原样读取，不经过二进制浮点。"""
    data = to_json(clean()).replace(b'"fee": "12.5"', b'"fee": 1158.4432')
    assert from_json(data).cell("t2.fee") == "1158.4432"


@pytest.mark.parametrize(
    ("amount", "printed"),
    [(1158443200, "1158.4432"), (0, "0"), (1, "0.000001"), (1_000_000, "1"), (-500_000, "-0.5")],
)
def test_wan_yuan_prints_the_shortest_exact_decimal(amount: int, printed: str) -> None:
    """分与万元互换一分不差。"""
    assert wan_yuan(amount) == printed
    assert fen(printed) == amount


@given(st.integers(-(10**15), 10**15))
def test_fen_is_the_inverse_of_wan_yuan(amount: int) -> None:
    """任意金额来回换算相等。"""
    assert fen(wan_yuan(amount)) == amount


@pytest.mark.parametrize("amount", ["", "1,158", "十", "１", "0.0000001"])
def test_fen_refuses_what_is_not_money(amount: str) -> None:
    """千分位、汉字、细于一分的金额都要人来核对。"""
    with pytest.raises(ValueError, match="万元"):
        fen(amount)


def test_decimal_of_reads_only_plain_numbers() -> None:
    """空白、布尔值和带单位的文字不是数字。"""
    assert [decimal_of(x) for x in (7, "7.50", None, True, "7元", "NaN")] == [
        Decimal(7),
        Decimal("7.50"),
        None,
        None,
        None,
        None,
    ]
