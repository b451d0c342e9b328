"""A government's report against the sum of its units: G-01…G-04, A-10…A-13."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.checking.finding import Finding
from gongkai.annualreport.checking.unit_sums import as_printed, sum_cells
from gongkai.annualreport.checking.units import matches
from gongkai.annualreport.model import Cell, Report, build, cell_keys
from tests.pure.annualreport.reports import FORM, consistent_cells

NAMES = ("青禾县教育局", "青禾县财政局", "青禾县柳河镇人民政府")


def unit(name: str, cells: dict[str, Cell], year: int = 2024) -> Report:
    """A unit's report that consists of figures."""
    zero: dict[str, Cell] = dict.fromkeys(cell_keys("2021"), 0)
    return build(issuer=name, year=year, cells=zero | cells, sections={})


def county(units: Sequence[Report], **changes: Cell) -> Report:
    """The county whose every cell is the sum, with some cells changed."""
    sums = sum_cells(FORM, [(one.issuer, one) for one in units])
    cells: dict[str, Cell] = {
        key: as_printed(one.total) if key == "t2.fee" else int(one.total)
        for key, one in sums.items()
    }
    changed = {key.replace("__", "."): value for key, value in changes.items()}
    return build(issuer="青禾县人民政府", year=2024, cells=cells | changed, sections={})


def units_findings(
    report: Report, units: Sequence[Report], obligated: Sequence[str] | None = NAMES
) -> list[Finding]:
    """What the comparison with the units finds."""
    codes = ("G-", "A-10", "A-11", "A-12", "A-13")
    found = check(report, units=units, obligated=obligated)
    return [one for one in found if one.code.startswith(codes)]


THREE = [
    unit(NAMES[0], {"t2.fee": "0.1", "t2.licence": 3, "t3.new.nat": 2, "t3.new.tot": 2}),
    unit(NAMES[1], {"t2.fee": "0.2", "t2.norm.made": 1, "t2.norm.valid": 1}),
    unit(NAMES[2], {"t4.rev.m": 1, "t4.rev.t": 1}),
]
BALANCED: dict[str, Cell] = {"t3.fwd.nat": 2, "t3.fwd.tot": 2}
UNITS = [replace(THREE[0], figures={**THREE[0].figures, **BALANCED}), *THREE[1:]]


@given(st.lists(consistent_cells(), min_size=1, max_size=3))
def test_sum_of_units_raises_nothing(cells: list[dict[str, Cell]]) -> None:
    """逐格等于各单位之和，不得误报；金额精确到分以下。"""
    units = [unit(name, one) for name, one in zip(NAMES, cells, strict=False)]
    assert units_findings(county(units), units, [one.issuer for one in units]) == []


@given(st.sampled_from(list(FORM.kinds)), st.integers(1, 50))
def test_any_cell_that_is_not_the_sum_is_found(key: str, by: int) -> None:
    """200 格里任改一格，只报这一格。"""
    right = county(UNITS)
    before = right.figures[key]
    changed = str(Decimal(str(before)) + by) if key == "t2.fee" else int(str(before)) + by
    found = units_findings(replace(right, figures={**right.figures, key: changed}), UNITS)
    assert [one.cells for one in found] == [(key,)]
    assert (found[0].expected, found[0].actual) == (as_printed(Decimal(str(before))), changed)


def test_decimal_sum_is_exact_and_codes_follow_the_catalogue() -> None:
    """0.1＋0.2＝0.3；许可、处罚、强制、收费各有代码，其余为 G-01，规范性文件为 G-04。"""
    assert units_findings(county(UNITS, t2__fee="0.3"), UNITS) == []
    wrong = county(
        UNITS,
        t2__fee="0.30001",
        t2__licence=4,
        t2__penalty=1,
        t2__coercion=1,
        t2__norm__made=2,
        t3__new__nat=9,
        t3__new__tot=9,
        t4__rev__m=0,
    )
    found = units_findings(wrong, UNITS)
    assert [(one.code, one.severity, one.expected, one.actual) for one in found] == [
        ("A-10", "error", "3", 4),
        ("A-11", "error", "0", 1),
        ("A-12", "error", "0", 1),
        ("A-13", "error", "0.3", "0.30001"),
        ("G-01", "error", "2", 9),
        ("G-01", "error", "1", 0),
        ("G-04", "warning", "1", 2),
    ]
    assert found[4].cells == ("t3.new.nat", "t3.new.tot")
    assert "请与这些单位核对：青禾县教育局。" in found[0].message


def test_without_a_complete_list_a_wrong_sum_is_only_a_warning() -> None:
    """Q-11：没有声明名单完整，合计不符只提醒。"""
    wrong = county(UNITS, t2__licence=4)
    assert [(f.code, f.severity) for f in units_findings(wrong, UNITS, None)] == [
        ("A-10", "warning")
    ]
    found = units_findings(wrong, UNITS[:2])
    assert [(f.code, f.severity) for f in found] == [
        ("A-10", "warning"),
        ("G-01", "warning"),
        ("G-02", "error"),
    ]
    assert found[2].message == (
        "应报送 3 个单位，缺 1 个：青禾县柳河镇人民政府；请催报，缺报不等于零。"
    )


def test_unit_twice_of_another_year_or_not_on_the_list() -> None:
    """重复、跨年、名单外的都说明，跨年和重复的不计入。"""
    again, older = UNITS[0], unit(NAMES[1], {"t2.licence": 500}, year=2023)
    other = unit("白石县财政局", {})
    found = units_findings(county(UNITS), [*UNITS, again, older, other])
    assert [(f.code, f.severity) for f in found] == [("G-02", "error")] * 3
    assert [f.message.partition("；")[0] for f in found] == [
        "青禾县教育局的报告交了两份，内容相同，只计一份",
        "青禾县财政局的报告是2023 年的，不是 2024 年，没有计入汇总",
        "有 1 个单位不在应报送名单里：白石县财政局",
    ]


def test_unit_with_wrong_arithmetic_is_named_first() -> None:
    """G-03：单位自身勾稽不符，先退回。"""
    wrong = replace(UNITS[0], figures={**UNITS[0].figures, "t3.new.tot": 5})
    (found,) = [f for f in units_findings(county(UNITS), [wrong, *UNITS[1:]]) if f.code == "G-03"]
    assert (found.actual, found.severity) == (2, "error")
    assert "青禾县教育局的报告自身有 2 处勾稽不符（B-07、B-15）" in found.message


def test_blank_is_named_and_never_zero() -> None:
    """空白格不计作 0：不断言不符，只点名。"""
    blank = replace(UNITS[1], figures={**UNITS[1].figures, "t2.licence": None, "t2.penalty": "/"})
    found = units_findings(county(UNITS, t2__licence=7), [UNITS[0], blank, UNITS[2]])
    assert [(f.code, f.severity, f.cells) for f in found] == [
        ("G-01", "warning", ("t2.licence", "t2.penalty"))
    ]
    assert "青禾县财政局" in found[0].message


def test_units_in_the_older_form_are_added_where_they_mean_the_same() -> None:
    """旧格式单位：处理决定数、其他处理为 0 的三行可以相加，收费金额和现行有效没有，点名。"""
    zero: dict[str, Cell] = dict.fromkeys(cell_keys("2019"), 0)
    old = build(
        issuer=NAMES[2],
        year=2024,
        format="2019",
        cells=zero | {"t2.licence.decisions": 5},
        sections={},
    )
    sums = sum_cells(FORM, [(one.issuer, one) for one in (*UNITS[:2], old)])
    assert sums["t2.licence"].total == 8
    assert sums["t2.licence"].blank == ()
    assert sums["t3.r6_2.nat"].blank == ()
    assert sums["t2.fee"].blank == sums["t2.norm.valid"].blank == (NAMES[2],)
    some = replace(old, figures={**old.figures, "t3.r6.nat": 1})
    assert sum_cells(FORM, [(NAMES[2], some)])["t3.r6_2.nat"].blank == (NAMES[2],)
    new = unit(NAMES[0], {"t3.r6_1.nat": 1, "t3.r6_3.nat": 2})
    assert sum_cells(old.form, [(NAMES[0], new)])["t3.r6.nat"].total == 3


def test_names_on_the_list_may_be_short() -> None:
    """名单写“教育局”也认得“青禾县教育局”，反之亦然。"""
    assert matches("教育局", "青禾县教育局")
    assert matches("青禾县 教育局", "教育局")
    assert not matches("教育局", "青禾县体育局")
    assert not matches("", "青禾县教育局")
