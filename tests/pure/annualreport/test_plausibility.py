"""A large city's figures: everything adds up, and only what asks for a look is said."""

from __future__ import annotations

from dataclasses import replace

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.model import Cell, Report, build
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.writing.text import write_text
from tests.pure.annualreport.reports import COLUMNS, FORM, PROSE, sheqi

ROWS = {
    "new": (13612, 252, 0, 45, 128, 32, 14069),
    "carry": (535, 6, 0, 1, 18, 0, 560),
    "r1": (5345, 129, 0, 41, 19, 14, 5548),
    "r2": (2120, 39, 0, 1, 6, 2, 2168),
    "r7": (13364, 252, 0, 44, 121, 29, 13810),
    "fwd": (783, 6, 0, 2, 25, 3, 819),
}
REST = {
    **dict(zip([f"r3_{n}" for n in range(1, 9)], (13, 30, 11, 51, 104, 85, 286, 150), strict=True)),
    **dict(zip(("r4_1", "r4_2", "r4_3"), (3222, 180, 19), strict=True)),
    **dict(zip([f"r5_{n}" for n in range(1, 6)], (203, 148, 0, 101, 5), strict=True)),
    **dict(zip(("r6_1", "r6_2", "r6_3"), (318, 203, 965), strict=True)),
}
DISPUTES = {
    "rev": (376, 97, 196, 121, 790),
    "dir": (16, 1, 12, 27, 56),
    "aft": (74, 1, 30, 51, 156),
}
ACTIONS: dict[str, Cell] = {
    "t2.rule.made": 3,
    "t2.rule.repealed": 5,
    "t2.rule.valid": 74,
    "t2.norm.made": 564,
    "t2.norm.repealed": 984,
    "t2.norm.valid": 4185,
    "t2.licence": 11398889,
    "t2.penalty": 6937489,
    "t2.coercion": 166105,
    "t2.fee": "316441",
}


def city() -> Report:
    """The city's report. Of the outcomes only totals are known: each column's rest is put in one
    applicant column, so that its sum is what is printed.
    """
    cells: dict[str, Cell] = dict.fromkeys(FORM.kinds, 0)
    for row, counts in ROWS.items():
        cells |= {f"t3.{row}.{c}": n for c, n in zip(COLUMNS, counts, strict=True)}
    for row, total in REST.items():
        cells[f"t3.{row}.tot"] = total
    columns = enumerate(COLUMNS[:-1])
    rest = {c: ROWS["r7"][i] - ROWS["r1"][i] - ROWS["r2"][i] for i, c in columns}
    for row, total in REST.items():
        for column in rest:
            part = min(rest[column], total)
            cells[f"t3.{row}.{column}"] = part
            rest[column] -= part
            total -= part
    for block, disputes in DISPUTES.items():
        keys = (f"t4.{block}.{column.key}" for column in FORM.t4.columns)
        cells |= dict(zip(keys, disputes, strict=True))
    return build(
        issuer="海州市人民政府",
        year=2025,
        level="prefecture",
        cells=cells | ACTIONS,
        sections=PROSE,
        period="2025-01-01/2025-12-31",
    )


def test_large_city_adds_up() -> None:
    """十三行、七列、四张分表全部相符，没有必须改正的勾稽问题。"""
    found = [f for f in check(city()) if f.code[0] in "ABL" and f.severity != "info"]
    assert [(f.code, f.actual) for f in found] == [("L-06", 56)]


def test_rates_of_the_city() -> None:
    """公开率、争议率只供参考；其他处理占 7.0%，不超过一成。"""
    rates = {f.code: f.actual for f in check(city()) if f.severity == "info"}
    assert rates == {"B-55": "55.9%", "L-09": "6.1%"}
    cells = {"t3.r6_3.tot": 1382}
    assert [f.code for f in check(replace(city(), figures={**city().figures, **cells}))].count(
        "B-54"
    ) == 1


def test_usual_variant_of_the_fifth_heading_is_a_warning() -> None:
    """标题“五、存在问题及改进情况”是常见写法，只提醒。"""
    text = write_text(city()).replace("五、存在的主要问题及改进情况", "五、存在问题及改进情况")
    reading = read(text.encode(), source="x")
    assert reading.report is not None
    found = [f for f in check(reading.report, printed=reading.printed) if f.code == "S-02"]
    assert [(f.severity, f.actual) for f in found] == [("warning", "五、存在问题及改进情况")]


def test_published_county_report_has_its_known_faults_only() -> None:
    """公开的县级报告：勾稽全对，错一个表头，缺工作考核结果。"""
    reading = sheqi()
    assert reading.report is not None
    found = check(reading.report, printed=reading.printed)
    assert [(f.code, f.severity) for f in found if f.severity != "info"] == [
        ("S-04", "error"),
        ("P-04", "warning"),
    ]
    before = replace(reading.report, year=2023, figures={**reading.report.figures})
    stock = {"t2.norm.valid": 37, "t3.fwd.nat": 0}
    right = replace(before, figures={**before.figures, **stock})
    wrong = replace(before, figures={**before.figures, "t2.norm.valid": 36})
    assert "A-01" not in {f.code for f in check(reading.report, prev=right)}
    assert [f.expected for f in check(reading.report, prev=wrong) if f.code == "A-01"] == [39]
