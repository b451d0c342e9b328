"""Adding up unit reports: who is counted, what is left open, where the government's report differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annualreport.checking.finding import finding
from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.rollup.expected import ListUnreadableError, read_expected
from gongkai.annualreport.rollup.rollup import RollUp, rollup
from gongkai.annualreport.rollup.text import write_text
from tests.pure.annualreport.reports import FORM, consistent_cells
from tests.pure.annualreport.test_units import NAMES, UNITS, county, unit

LIST = list(NAMES)


def filed(*reports: Report) -> list[tuple[str, Report | None, str | None]]:
    """Reports as files named after their issuers."""
    return [(f"{report.issuer}.json", report, None) for report in reports]


def states(result: RollUp) -> list[tuple[str, str]]:
    """Name and state of every unit."""
    return [(one.name, one.state) for one in result.units]


@given(st.lists(consistent_cells(), min_size=1, max_size=3))
def test_complete_and_equal_is_zero(cells: list[dict[str, Cell]]) -> None:
    """报全、勾稽相符、逐格一致：退出码 0，没有差异。"""
    units = [unit(name, one) for name, one in zip(NAMES, cells, strict=False)]
    result = rollup(filed(*units), county(units), [one.issuer for one in units])
    assert (result.differences, result.blanks, result.exit_code) == ((), {}, 0)
    assert {key: one.total for key, one in result.sums.items()} == {
        key: sum(Decimal(str(one.figures[key])) for one in units) for key in FORM.kinds
    }


def test_difference_names_the_cell_both_figures_and_the_units() -> None:
    """差异逐格列出，写明哪些单位填了数；恰好等于某单位所填的，提示重复或漏计。"""
    result = rollup(filed(*UNITS), county(UNITS, t2__licence=6, t2__fee="0.1"), LIST)
    assert [
        (one.key, one.own, one.total, one.gap, one.contributors, one.suspects)
        for one in result.differences
    ] == [
        ("t2.licence", 6, 3, 3, ((NAMES[0], 3),), (NAMES[0],)),
        (
            "t2.fee",
            "0.1",
            Decimal("0.3"),
            Decimal("-0.2"),
            ((NAMES[1], Decimal("0.2")), (NAMES[0], Decimal("0.1"))),
            (NAMES[1],),
        ),
    ]
    assert result.exit_code == 1
    text = write_text(result)
    assert "  表二“行政许可”·本年处理决定数量：本级 6，合计 3，差 ＋3\n" in text
    assert "相差的数恰好等于青禾县教育局所填，请核对是否重复计入。" in text
    assert "相差的数恰好等于青禾县财政局所填，请核对是否漏计。" in text
    assert text.splitlines()[-1] == (
        "结论：计入 3 个单位，应报 3 个；2 格与本级报告不一致。请逐项核实后重新汇总。"
    )


def test_blank_leaves_the_sum_open_and_is_named() -> None:
    """单位空白或填“/”：不给合计，不比较，点名；其余格照常。"""
    blank = replace(UNITS[1], figures={**UNITS[1].figures, "t2.licence": None, "t2.penalty": "/"})
    result = rollup(filed(UNITS[0], blank, UNITS[2]), county(UNITS, t2__licence=99), LIST)
    assert dict(result.blanks) == {"t2.licence": (NAMES[1],), "t2.penalty": (NAMES[1],)}
    assert result.differences == ()
    assert (result.as_report().figures["t2.licence"], result.exit_code) == (None, 1)
    assert result.as_report().figures["t3.new.tot"] == 2
    own_blank = rollup(filed(*UNITS), county(UNITS, t2__licence=None), LIST)
    assert [(one.key, one.own, one.gap) for one in own_blank.differences] == [
        ("t2.licence", None, None)
    ]


def test_every_file_and_every_name_on_the_list_has_a_state() -> None:
    """缺报、重复、跨年、名单外、读不了、本级报告自己，各有状态和说明。"""
    older = unit(NAMES[1], {}, year=2023)
    other = unit("白石县财政局", {})
    own = county(UNITS)
    files = [
        *filed(UNITS[0], older, UNITS[0], other),
        ("县政府.json", own, None),
        ("青禾县柳河镇人民政府2024.doc", None, "这是旧的 Word 格式。"),
    ]
    result = rollup(files, own, [*LIST, "青禾县档案馆"])
    assert states(result) == [
        (NAMES[0], "counted"),
        (NAMES[1], "other_year"),
        (NAMES[0], "twice"),
        ("白石县财政局", "unlisted"),
        ("青禾县人民政府", "own"),
        (NAMES[2], "unreadable"),
        ("青禾县档案馆", "missing"),
    ]
    notes = [one.note for one in result.units]
    assert notes[1] == "报告是2023 年的，应为 2024 年；请换成本年度的报告。"
    assert notes[2] == "与 青禾县教育局.json 重复，数字相同；请确认哪份有效。"
    assert notes[5] == "这是旧的 Word 格式。"
    assert result.exit_code == 2
    assert [one.name for one in result.counted] == [NAMES[0], "白石县财政局"]
    assert [one.state for one in result.by_need][:2] == ["missing", "unreadable"]


@pytest.mark.parametrize(
    ("files", "expected", "code"),
    [
        (filed(*UNITS), LIST, 0),
        (filed(*UNITS), None, 0),
        (filed(*UNITS), [*LIST, "青禾县档案馆"], 1),
        ([*filed(*UNITS), ("坏.pdf", None, "坏了。")], LIST, 2),
        ([], LIST, 1),
    ],
)
def test_exit_code(
    files: list[tuple[str, Report | None, str | None]], expected: list[str] | None, code: int
) -> None:
    """0 齐全一致，1 缺、错、不一致，2 有读不了的。"""
    own = county(UNITS) if files else None
    assert rollup(files, own, expected).exit_code == code
    assert rollup(files, None, expected, own_reason="读不出。").exit_code == 2


def test_faults_come_from_the_reading_when_it_gives_them() -> None:
    """读取时发现的问题（如表头错字）计入单位的问题数。"""
    label = finding("S-04", "表二的“本年度止件数”应为“本年废止件数”。")
    result = rollup(filed(*UNITS), county(UNITS), LIST, found={f"{NAMES[0]}.json": [label]})
    assert [(one.name, one.count("error")) for one in result.counted] == [
        (NAMES[0], 1),
        (NAMES[1], 0),
        (NAMES[2], 0),
    ]
    assert result.exit_code == 1


def test_without_own_report_the_usual_year_decides() -> None:
    """没有本级报告时，以多数报告的年度为准，不比较差异。"""
    result = rollup(filed(*UNITS, unit("青禾县司法局", {}, year=2022)))
    assert (result.year, result.differences, len(result.counted)) == (2024, (), 3)


def test_report_without_a_name_takes_it_from_the_list_and_the_file() -> None:
    """表里没写机关：按文件名里的名单名称认领，没有就用文件名。"""
    nameless = replace(UNITS[0], issuer="")
    result = rollup(
        [("报送/青禾县教育局 2024.xlsx", nameless, None), ("x.txt", nameless, None)], None, LIST[:1]
    )
    assert states(result) == [(NAMES[0], "counted"), ("x", "unlisted")]


@pytest.mark.parametrize(
    ("data", "names"),
    [
        ("单位名称\n青禾县教育局\n\n1. 青禾县 财政局\n# 备注\n青禾县教育局\n", NAMES[:2]),
        ("﻿青禾县教育局\r\n（2）青禾县财政局", NAMES[:2]),
    ],
)
def test_list_of_units_as_text(data: str, names: Sequence[str]) -> None:
    """每行一个单位；去掉序号、表头、备注、重复；UTF-8 和 GBK 都认。"""
    assert read_expected(data.encode()) == tuple(names)
    assert read_expected(data.replace("\ufeff", "").encode("gb18030")) == tuple(names)


@pytest.mark.parametrize("data", [b"", "单位名称\n".encode(), b"PK\x03\x04junk", b"\x00\x01\xff"])
def test_list_that_is_none_is_refused_in_one_sentence(data: bytes) -> None:
    """空名单、坏表格、二进制文件：一句中文。"""
    with pytest.raises(ListUnreadableError, match=r"[\u4e00-\u9fa5].*。$"):
        read_expected(data)
