"""Codes that need records beside the report: registers, units, local rules, a second copy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.checking.finding import Finding, catalogue
from gongkai.annualreport.checking.subject import LedgerFacts, LocalRules, Registers
from gongkai.annualreport.checking.tables import compare_tables
from gongkai.annualreport.model import Cell, Level, Report, build, cell_keys
from tests.pure.annualreport.reports import PROSE, clean
from tests.pure.annualreport.test_catalogue import CASES, RIGHT

DOUBTS = {code for code in catalogue() if code.startswith("R-")}  # see the tests of reading
SUMMED = {"G-01", "G-02", "G-03", "G-04", "A-10", "A-11", "A-12", "A-13"}  # test_units.py
STEPS: dict[str, Cell] = {
    "t3.r6_2.tot": 2,
    "t3.r6_1.tot": 3,
    "t3.r4_3.tot": 1,
    "t3.r5_4.tot": 4,
    "t3.r3_4.tot": 5,
}
ENOUGH = Registers(
    documents_shown=30,
    documents_interpreted=6,
    licences_published=900,
    penalties_published=70,
    open_at_year_end=4,
    fee_notices=2,
    correction_notices=4,
    reasons_asked=4,
    third_parties_asked=5,
)
SHORT: list[tuple[str, dict[str, int], str, int | str, int]] = [
    ("A-09", {"documents_shown": 29}, "t2.norm.valid", 29, 30),
    ("A-17", {"documents_interpreted": 0}, "t2.norm.made", "至少 1 件有解读", 0),
    ("A-18", {"licences_published": 901}, "t2.licence", "不少于 901", 900),
    ("A-18", {"penalties_published": 71}, "t2.penalty", "不少于 71", 70),
    ("B-49", {"open_at_year_end": 3}, "t3.fwd.tot", "不超过 3", 4),
    ("B-50", {"fee_notices": 1}, "t3.r6_2.tot", "不超过 1", 2),
    ("B-51", {"correction_notices": 3}, "t3.r6_1.tot", "不超过 3", 4),
    ("B-52", {"reasons_asked": 0}, "t3.r5_4.tot", "不超过 0", 4),
    ("B-53", {"third_parties_asked": 4}, "t3.r3_4.tot", "不超过 4", 5),
]
RECORDS = {code for code, *_ in SHORT}


def with_registers(registers: Registers) -> list[Finding]:
    """Findings of the records codes on a report that uses every step."""
    found = check(clean(STEPS), ledger=LedgerFacts(registers=registers))
    return [one for one in found if one.code in RECORDS]


def test_every_code_of_the_catalogue_has_a_case() -> None:
    """目录里每个代码都有触发它的测试。"""
    tested = {*CASES, *RECORDS, *DOUBTS, *SUMMED, "N-16", "P-10", "D-03", "S-15"}
    assert sorted(tested) == sorted(catalogue())


def test_registers_that_are_large_enough_raise_nothing() -> None:
    """各登记数够用时不报；没有建的登记不核对。"""
    assert with_registers(ENOUGH) == []
    assert with_registers(Registers()) == []


@pytest.mark.parametrize(("code", "short", "cell", "expected", "actual"), SHORT)
def test_register_that_is_too_small_is_found(
    code: str, short: Mapping[str, int], cell: str, expected: int | str, actual: int
) -> None:
    """每种登记不足，只触发它的代码，写明两个数。"""
    found = with_registers(replace(ENOUGH, **short))
    assert [(one.code, one.severity, one.expected, one.actual) for one in found] == [
        (code, catalogue()[code].severity, expected, actual)
    ]
    assert found[0].cells[0] == cell
    assert re.search(r"[请供].+。$", found[0].message)


def test_unpaid_fees_contradict_a_denial_of_any_notice() -> None:
    """B-50：有逾期未缴费的，第六部分不能写从未发出收费通知；“未收取”并不矛盾。"""
    denied = clean(STEPS, {"6": PROSE["6"] + "全年未发出收费通知。"})
    assert [f.cells for f in check(denied) if f.code == "B-50"] == [("t3.r6_2.tot",)]
    assert [f for f in check(clean(STEPS)) if f.code == "B-50"] == []


@pytest.mark.parametrize(
    ("text", "kept", "fires"),
    [
        ("现有政务新媒体12个。", 11, True),
        ("现有政务新媒体12个。", 12, False),
        ("注销政务新媒体2个。", 11, False),
        ("通过政务新媒体发布信息300条。", 11, False),
    ],
)
def test_accounts_are_compared_with_their_register(text: str, kept: int, fires: bool) -> None:
    """N-16：只核对账号总数，不碰注销数和发布条数。"""
    report = clean(sections={"1": PROSE["1"] + "\n" + text})
    facts = LedgerFacts(counts={"accounts": Decimal(kept)})
    assert ("N-16" in {f.code for f in check(report, ledger=facts)}) is fires


@pytest.mark.parametrize(
    ("text", "yuan", "fires"),
    [
        ("2024年收取信息处理费400元。", 400, False),
        ("2024年收取信息处理费0.04万元。", 400, False),
        ("2024年收取信息处理费4万元。", 400, True),
        ("2024年未收取信息处理费。", 0, False),
        ("2024年未收取信息处理费。", 100, True),
    ],
)
def test_processing_fee_is_compared_in_yuan(text: str, yuan: int, fires: bool) -> None:
    """P-02：正文金额换算成元后与台账比对，“未收取”等于 0。"""
    report = clean(sections={"6": text + PROSE["6"].partition("。")[2]})
    found = check(report, ledger=LedgerFacts(counts={"processing_fee": Decimal(yuan)}))
    assert [f.code for f in found if f.code == "P-02"] == (["P-02"] if fires else [])


def test_local_dates_and_slips_are_the_callers() -> None:
    """D-03、P-10 只有本地给了日期和词表才核对。"""
    report = replace(
        clean(sections={"5": PROSE["5"] + "青和县各乡镇已落实。"}),
        published_on=dt.date(2025, 3, 1),
    )
    assert {f.code for f in check(report)} & {"D-03", "P-10"} == set()
    local = LocalRules(
        slips={"青和县": "青禾县", "禾县人民": "青禾县人民", "老领导": ""},
        publish_by={"county": dt.date(2025, 2, 20), "township": dt.date(2025, 1, 1)},
    )
    found = [f for f in check(report, local=local) if f.code in ("D-03", "P-10")]
    assert [(f.code, f.expected, f.actual) for f in found] == [
        ("P-10", "青禾县", "青和县"),
        ("D-03", "2025-02-20 以前", "2025-03-01"),
    ]


@pytest.mark.parametrize(
    ("level", "day", "codes"),
    [
        ("department", "2025-01-31", set()),
        ("department", "2025-02-01", {"D-01"}),
        ("county", "2025-03-31", set()),
        ("county", "2025-04-01", {"D-02"}),
        ("province", "2025-04-01", {"D-02"}),
        ("township", "2025-06-01", set()),
        (None, "2025-06-01", set()),
        ("county", "2024-12-31", {"D-04"}),
    ],
)
def test_statutory_dates_bind_by_level(level: Level | None, day: str, codes: set[str]) -> None:
    """第四十九条：部门 1 月 31 日、政府 3 月 31 日，按自然日；层级不明的不判断。"""
    report = replace(clean(), level=level, published_on=dt.date.fromisoformat(day))
    assert {f.code for f in check(report) if f.code.startswith("D-")} == codes


def test_two_copies_are_compared_cell_by_cell() -> None:
    """S-15：每张表一条，空白与 0 不同，12.50 与 12.5 相同，机关年度也比。"""
    other = replace(
        clean({"t2.fee": "12.50", "t2.licence": 901, "t3.r1.nat": 11, "t3.r3_1.nat": None}),
        year=2023,
    )
    assert compare_tables(RIGHT, clean({"t2.fee": "12.50"})) == []
    found = compare_tables(RIGHT, other, names=("网页", "下载件"))
    assert [(f.code, f.cells, f.expected, f.actual) for f in found] == [
        ("S-15", (), "2024", "2023"),
        ("S-15", ("t2.licence",), "900", "901"),
        ("S-15", ("t3.r1.nat", "t3.r3_1.nat"), "10", "11"),
    ]
    assert "网页 0，下载件 空白" in found[2].message


def old_report(**changes: Cell) -> Report:
    """A report of 2019 in its own form, consistent, with all cells 0 but those given."""
    cells: dict[str, Cell] = dict.fromkeys(cell_keys("2019"), 0)
    cells.update({key.replace("__", "."): value for key, value in changes.items()})
    return build(
        issuer="青禾县人民政府",
        year=2019,
        format="2019",
        level="county",
        cells=cells,
        sections={},
    )


def test_report_of_its_own_time_is_checked_by_its_own_form() -> None:
    """2019 年的报告用试行格式：没有现行有效数、收费和三行其他处理，也不因此报错。"""
    report = old_report(t2__licence__change=-3, t2__procurement__amount="251000元")
    assert [(f.code, f.severity) for f in check(report)] == [
        ("S-02", "warning"),
        ("A-16", "warning"),
        ("A-16", "warning"),
    ]
    wrong = old_report(t3__r6__nat=2, t2__penalty__decisions=-1, t2__norm__made=None)
    assert [(f.code, f.cells) for f in check(wrong) if f.severity == "error"] == [
        ("S-07", ("t2.norm.made",)),
        ("S-07", ("t2.penalty.decisions",)),
        ("B-08", ("t3.r7.nat",)),
        ("B-35", ("t3.r6.tot",)),
    ]
    assert {f.basis for f in check(wrong) if f.code == "B-08"} == {"国办公开办函〔2019〕60号附表三"}


def test_carry_follows_across_the_two_forms_and_stock_does_not() -> None:
    """跨格式只核对结转和处理决定数，不核对现行有效。"""
    before = replace(
        old_report(t3__fwd__nat=3, t3__fwd__tot=3, t2__licence__decisions=2000, t2__norm__made=5),
        year=2023,
    )
    found = check(clean(), prev=before)
    assert [(f.code, f.expected, f.actual) for f in found if f.code[0] in "AB" and f.cells][:4] == [
        ("A-14", "2000", "900"),
        ("B-40", 3, 2),
        ("B-46", 3, 2),
        ("B-55", None, "60.7%"),
    ]


def test_whole_old_table_2_is_one_clear_finding() -> None:
    """2021 年度以后仍用旧表二：一条 S-14，不逐栏报。"""
    (found,) = [f for f in check(replace(old_report(), year=2022)) if f.code == "S-14"]
    assert found.message == (
        "表二整张是旧格式（本年新制作、本年增/减、采购等栏），2021 年度起应当用国办公开办函〔2021〕30号的格式；"
        "请按新格式重新填写，不要只改栏名。"
    )
    assert found.actual == "信息内容、本年新制作数量、本年新公开数量、对外公开总数量"
    assert {key.split(".")[0] for key in found.cells} == {"t2"}


def test_single_row_of_other_outcomes_under_the_new_table_2() -> None:
    """新表二配旧表三：其他处理只有一行，一条 S-05。"""
    cells: dict[str, Cell] = dict.fromkeys(
        [k for k in cell_keys("2021") if not k.startswith("t3.r6_")], 0
    )
    cells |= {f"t3.r6.{c}": 0 for c in ("nat", "com", "res", "ngo", "law", "oth", "tot")}
    report = build(issuer="青禾县人民政府", year=2023, cells=cells, sections={})
    (found,) = [f for f in check(report) if f.severity == "error"]
    assert (found.code, found.cells[0], len(found.cells)) == ("S-05", "t3.r6.nat", 7)
    assert "请拆成三行分别填写" in found.message


def test_pasted_table_without_a_head_is_checked_as_far_as_it_goes() -> None:
    """不知道机关和年度：只查能查的，不猜年份。"""
    report = replace(clean({"t3.new.nat": 99}), issuer="", year=0, level=None)
    codes = {f.code for f in check(report, prev=None)}
    assert {"B-01", "B-15"} <= codes
    assert codes & {"N-08", "N-09", "D-01", "D-02", "P-01", "A-05"} == set()
