"""Tables of published annual reports of 2020–2025, as they came out of the pages, with their true faults.

Only facts are kept in `tests/data/published-tables.jsonl`: the printed figures between the official
labels, the cells they stand for, and the sums that really do not hold.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.model import Cell
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.reading.read import read

FILE = Path(__file__).parents[2] / "data" / "published-tables.jsonl"
PUBLISHED = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
SUMS = {f"B-{number:02d}" for number in range(1, 40)} | {"L-01", "L-02", "L-03", "A-04"}


def name(one: dict[str, Any]) -> str:
    return f"{one['issuer']}{one['year']}"


def same(found: Cell, printed: Cell) -> bool:
    """Equal figures; money as the number it is: 1158.0 is 1158."""
    if isinstance(found, str) and isinstance(printed, str):
        return decimal_of(found) == decimal_of(printed)
    return found == printed


@pytest.mark.parametrize("one", PUBLISHED, ids=name)
def test_published_table_is_read_to_the_last_cell_and_its_true_faults_are_found(
    one: dict[str, Any],
) -> None:
    """公布的表格：每一格读对或列为存疑（R-01）；勾稽错误一个不漏、一个不多。"""
    text = f"{one['issuer']}{one['year']}年政府信息公开工作年度报告\n{one['text']}"
    reading = read(text.encode(), source=name(one))
    assert reading.report is not None, reading.reason
    found = reading.report.cells()
    differing = {key for key, cell in one["cells"].items() if not same(found[key], cell)}
    doubtful = {key for f in reading.findings if f.code == "R-01" for key in f.cells}
    assert differing <= doubtful
    assert {found[key] for key in differing} <= {None}
    codes = {f.code for f in (*reading.findings, *check(reading.report, printed=reading.printed))}
    assert sorted(codes & SUMS) == one["faults"]
    assert (reading.report.issuer, reading.report.year) == (one["issuer"], one["year"])
    assert reading.report.format == one["format"]


def test_the_published_set_holds_both_formats_and_faults_of_every_kind() -> None:
    """这组数据确实能让上面的测试失败：有两种格式，有列、行、总计和表四的错误。"""
    assert len(PUBLISHED) == 29
    assert {one["format"] for one in PUBLISHED} == {"2019", "2021"}
    assert {code for one in PUBLISHED for code in one["faults"]} >= {
        "A-04",
        "B-01",
        "B-08",
        "B-15",
        "L-01",
        "L-03",
    }
