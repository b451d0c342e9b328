"""Identities of the tables (附表三勾稽关系): no false alarm, and every wrong cell located."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.model import Cell, Report, build
from tests.pure.annualreport.reports import COLUMNS, FORM, consistent_cells

ARITHMETIC = re.compile(r"B-(0[1-9]|[12]\d|3\d|47)|L-0[123]|A-04")
T3_KEYS = [key for key in FORM.kinds if key.startswith("t3.")]
NUMBERS = [key for key, kind in FORM.kinds.items() if kind == "count"]


def report_of(cells: dict[str, Cell]) -> Report:
    """A report that consists of figures only."""
    return build(issuer="青禾县人民政府", year=2024, cells=cells, sections={})


def arithmetic_codes(cells: dict[str, Cell]) -> set[str]:
    """Codes of the sums that fail."""
    return {f.code for f in check(report_of(cells)) if ARITHMETIC.fullmatch(f.code)}


def predicted(cells: dict[str, Cell], key: str) -> set[str]:
    """The sums that a single changed cell of table 3 breaks, from the definition alone."""
    _, row_key, column_key = key.split(".")
    place = COLUMNS.index(column_key)
    row = next(row for row in FORM.t3.rows if row.key == row_key)
    codes = {f"B-{15 + [r.key for r in FORM.t3.rows].index(row_key):02d}"}
    if row.kind in ("in", "total", "out"):
        codes.add(f"B-{1 + place:02d}")
    if row.kind in ("result", "total"):
        codes.add(f"B-{8 + place:02d}")
    received = [cells[f"t3.{one}.{column_key}"] for one in ("new", "carry")]
    over = cells[f"t3.fwd.{column_key}"]
    if isinstance(over, int) and over > sum(n for n in received if isinstance(n, int)):
        codes.add("B-47")
    return codes


@given(cells=consistent_cells())
def test_consistent_report_raises_no_arithmetic_finding(cells: dict[str, Cell]) -> None:
    """勾稽相符的报告不得误报。"""
    assert arithmetic_codes(cells) == set()


@given(cells=consistent_cells(), key=st.sampled_from(T3_KEYS), by=st.integers(1, 40))
def test_changing_one_cell_of_table_3_fires_exactly_the_predicted_codes(
    cells: dict[str, Cell], key: str, by: int
) -> None:
    """改动表三任一格，只触发它所在的行、列。"""
    before = cells[key]
    assert isinstance(before, int)
    cells[key] = before + by
    assert arithmetic_codes(cells) == predicted(cells, key)


@given(
    cells=consistent_cells(),
    key=st.sampled_from(NUMBERS),
    printed=st.sampled_from([None, "/", "—", "12件"]),
)
def test_blank_or_printed_text_is_s07_and_never_an_arithmetic_alarm(
    cells: dict[str, Cell], key: str, printed: Cell
) -> None:
    """空白不当作 0 参与计算，只报 S-07。"""
    cells[key] = printed
    assert arithmetic_codes(cells) == set()
    filled = [f.cells for f in check(report_of(cells)) if f.code == "S-07"]
    assert filled == [(key,)]


def test_finding_names_cells_and_both_sums() -> None:
    """提示写明哪一格、应为多少、实为多少和依据。"""
    cells: dict[str, Cell] = dict.fromkeys(FORM.kinds, 0)
    cells |= {"t3.new.nat": 3, "t3.new.tot": 3, "t3.r1.nat": 3, "t3.r1.tot": 3, "t3.r7.tot": 3}
    found = [(f.code, f.cells, f.expected, f.actual) for f in check(report_of(cells))]
    balance = ("t3.new.nat", "t3.carry.nat", "t3.r7.nat", "t3.fwd.nat")
    assert [one for one in found if ARITHMETIC.fullmatch(one[0])] == [
        ("B-01", balance, 3, 0),
        ("B-08", ("t3.r7.nat",), 3, 0),
        ("B-38", ("t3.r7.tot",), 0, 3),
    ]


@given(cells=consistent_cells(), block=st.integers(0, 2), by=st.integers(1, 9))
def test_wrong_total_of_table_4_names_its_block(
    cells: dict[str, Cell], block: int, by: int
) -> None:
    """表四三组各有各的代码 L-01…03。"""
    key = f"t4.{FORM.t4.blocks[block].key}.t"
    before = cells[key]
    assert isinstance(before, int)
    cells[key] = before + by
    assert arithmetic_codes(cells) == {f"L-0{block + 1}"}
