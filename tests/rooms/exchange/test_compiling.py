"""由工作簿编年报：用真的台账规则数，县里的数据库一行不动。"""

from __future__ import annotations

import pytest

from gongkai.annualreport.model import Report, build
from gongkai.exchange.apart import in_throwaway_ledger
from gongkai.exchange.compiling import Compiled, Wanted, compile_workbook
from gongkai.exchange.problem import WorkbookRefused
from gongkai.foi.models import Case
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.reporting.preflight import GAP
from tests.rooms.cast import Cast
from tests.rooms.exchange.sheets import POLICIES, REQUESTS, RETURNS, TODAY, Lines, book, county

pytestmark = pytest.mark.django_db  # the throw-away ledger opens a connection of its own
COUNTY = "示例县人民政府"


def compiled(sheets: dict[str, Lines], **wanted: object) -> Compiled:
    asked = Wanted(**{"today": TODAY, "agency": COUNTY, **wanted})  # type: ignore[arg-type]
    return compile_workbook(book(sheets), name="台账.xlsx", wanted=asked)


def filled(report: Report) -> dict[str, object]:
    """Return the cells that hold something, without the totals."""
    return {
        key: value
        for key, value in report.cells().items()
        if value not in (0, None) and not key.endswith((".tot", ".t"))
    }


def refused(sheets: dict[str, Lines], **wanted: object) -> str:
    with pytest.raises(WorkbookRefused) as refusal:
        compiled(sheets, **wanted)
    return str(refusal.value)


def test_every_record_is_counted_where_the_law_puts_it() -> None:
    """条例第五十条：收到日期定新收和结转，决定日期定结果，退出日期定废止，许可处罚收费为各单位之和。"""
    found = compiled(county())
    assert (found.report.issuer, found.report.year, found.report.level) == (COUNTY, 2024, "county")
    assert filled(found.report) == {
        "t2.norm.made": 1,
        "t2.norm.repealed": 1,
        "t2.norm.valid": 2,
        "t2.licence": 1_123,
        "t2.penalty": 10,
        "t2.fee": "12.5001",
        "t3.new.nat": 1,
        "t3.new.com": 1,
        "t3.new.law": 1,
        "t3.carry.nat": 1,
        "t3.r1.nat": 1,
        "t3.r2.com": 1,
        "t3.r4_1.nat": 1,
        "t3.r7.nat": 2,
        "t3.r7.com": 1,
        "t3.fwd.law": 1,
    }
    assert (found.ready, found.shortfalls, found.notes) == (True, (), ())


def test_disputes_fill_table_four() -> None:
    disputes: Lines = [
        ["受理机关", "申请登记编号", "种类", "案号", "受理日期", "结果", "审结日期"],
        ["示例县粮食局", "2024-001", "行政复议", "示复〔2024〕1号", "2024-04-01", "维持", "2024-05-30"],
        ["示例县湖泊局", "2024-001", "复议后起诉", "示行初1号", "2024-09-01", None, None],
    ]  # fmt: skip
    found = compiled({**county(), "复议诉讼": disputes}).report
    table = {key: value for key, value in found.cells().items() if key.startswith("t4") and value}
    assert table == {"t4.rev.m": 1, "t4.rev.t": 1, "t4.aft.p": 1, "t4.aft.t": 1}


def test_an_earlier_year_is_counted_from_the_same_workbook() -> None:
    found = compiled(county(), year=2023).report
    assert filled(found) == {"t2.norm.valid": 2, "t3.new.nat": 1, "t3.fwd.nat": 1}
    assert [found.cell(key) for key in ("t2.licence", "t2.fee")] == [None, None]


def test_a_unit_alone_reports_itself() -> None:
    found = compiled(county(), agency="示例县湖泊局").report
    assert found.level == "department"
    assert filled(found) == {
        "t2.norm.made": 1,
        "t2.norm.valid": 1,
        "t2.licence": 1_003,
        "t2.penalty": 2,
        "t2.fee": "0.0001",
        "t3.new.com": 1,
        "t3.new.law": 1,
        "t3.r2.com": 1,
        "t3.r7.com": 1,
        "t3.fwd.law": 1,
    }


def test_a_unit_that_has_not_reported_leaves_the_cell_blank_and_is_named() -> None:
    """缺报不等于零：缺一个单位，这四格都得不出来。"""
    found = compiled({**county(), "报送": RETURNS[:2]})
    assert [found.report.cell(f"t2.{item}") for item in ("licence", "penalty", "coercion", "fee")] == [None] * 4  # fmt: skip
    gaps = [one.message for one in found.obstacles if one.code == GAP]
    assert gaps[0] == (
        "示例县湖泊局：行政许可处理决定数量：尚未报送。缺报不等于零，请催报并接收后再定稿。"
    )
    assert (len(gaps), found.ready) == (4, False)


def test_the_county_is_found_by_its_name_and_asked_for_when_there_is_none() -> None:
    lines: Lines = [*RETURNS, [COUNTY, 2024, 0, 0, 0, 0]]
    assert compiled({**county(), "报送": lines}, agency=None).report.issuer == COUNTY
    assert refused(county(), agency=None) == (
        "工作簿：看不出要编哪个机关的年报（县级年报汇总全县，部门年报只含本部门），"
        "请用 --agency 写明机关全称，例如 --agency 示例县人民政府。"
    )


def test_a_register_of_one_agency_needs_no_column_for_it() -> None:
    requests: Lines = [row[1:] for row in REQUESTS[:3]]
    returns: Lines = [row[1:] for row in RETURNS[:2]]
    found = compiled({"申请": requests, "报送": returns}, agency="示例县粮食局").report
    assert (found.cell("t3.r7.tot"), found.cell("t2.licence")) == (2, 120)
    assert "申请!第2行：没有写是哪个机关" in refused(
        {"申请": requests, "报送": RETURNS}, agency=COUNTY
    )


def test_a_year_is_asked_for_when_no_return_tells_it() -> None:
    assert refused({"申请": REQUESTS}).startswith("工作簿：“报送”表里没有年度")


def test_texts_print_figures_of_the_report() -> None:
    sections: Lines = [
        ["年度", "部分", "正文"],
        [2024, "一", "共收到申请 {t3.new.tot} 件，主动公开信息 300 条。"],
        [2024, "联系方式", "示例县政务公开办 0000-0000000"],
        [2023, "一", "往年的正文。"],
    ]
    found = compiled({**county(), "正文": sections})
    assert found.report.sections["1"] == "共收到申请 3 件，主动公开信息 300 条。"
    assert found.report.contact == "示例县政务公开办 0000-0000000"
    assert [one.code for one in found.obstacles if one.code.startswith("N-手写")] == []
    sections_with_items: Lines = [["年度", "部分", "正文"], [2024, "一", "信息 {n.items} 条。"]]
    assert refused({**county(), "正文": sections_with_items}).startswith(
        "正文!C2：正文引用了公开信息条数"
    )


def last_year(**cells: int) -> Report:
    keys = {key.replace("__", "."): value for key, value in cells.items()}
    return build(issuer=COUNTY, year=2023, cells=keys, sections={})


def test_what_last_year_handed_on_and_the_sheets_lack_is_counted() -> None:
    prev = last_year(t3__fwd__nat=3, t3__fwd__com=0, t2__norm__valid=5)
    found = compiled(county(), prev=prev)
    assert found.shortfalls == (
        "自然人：上年年报结转 3 件，工作簿里 2024 年以前收到、2023 年末未办结的有 1 件，少 2 件；"
        "请把上年结转的申请补进“申请”表（收到日期照原来的写）。",
        "行政规范性文件：上年年报现行有效 5 件，工作簿里 2023 年末有效的有 2 件，少 3 件；"
        "请把以前制发、上年末仍有效的文件补进“文件”表。",
    )
    assert not found.ready
    assert {"A-01", "B-40"} <= {one.code for one in found.obstacles}


def test_nothing_is_short_when_last_year_is_met() -> None:
    prev = last_year(t3__fwd__nat=1, t3__fwd__tot=1, t2__norm__valid=2)
    found = compiled(county(), prev=prev)
    assert (found.shortfalls, found.ready) == ((), True)


def test_more_than_last_year_handed_on_is_told_as_well() -> None:
    found = compiled(county(), prev=last_year(t3__fwd__nat=0, t2__norm__valid=1))
    assert [sentence.partition("，多 ")[2][:3] for sentence in found.shortfalls] == ["1 件", "1 件"]


def test_words_the_report_cannot_tell_apart_are_counted_with_a_note() -> None:
    lines: Lines = [*REQUESTS[:2], [*REQUESTS[2][:4], "1.本机关不掌握相关政府信息", REQUESTS[2][5]], *REQUESTS[3:]]  # fmt: skip
    found = compiled({**county(), "申请": lines})
    assert found.report.cell("t3.r4_1.nat") == 1
    assert len(found.notes) == 1
    exits: Lines = [[*row[:6], "失效" if row[6] == "废止" else row[6], row[7]] for row in POLICIES]
    assert compiled({**county(), "文件": exits}).report.cell("t2.norm.repealed") == 1


def test_no_county_s_ledger_is_touched(cast: Cast) -> None:
    people, cases = Person.objects.count(), Case.objects.count()
    assert compiled(county()).report.cell("t3.new.tot") == 3
    assert (Person.objects.count(), Case.objects.count()) == (people, cases)


def test_two_throwaway_ledgers_know_nothing_of_each_other() -> None:
    def work() -> int:
        register_person(name="某人", staff_no="T999", by=None)
        return Person.objects.count()

    assert [in_throwaway_ledger(work), in_throwaway_ledger(work)] == [1, 1]
    assert not Person.objects.filter(staff_no="T999").exists()


def test_a_rule_under_a_decree_number_is_counted_in_its_own_row() -> None:
    """规章以令的序号发布，不套用公文文号；县级机关无权制定规章，由预检 A-05 指出。"""
    rule = [
        "示例县湖泊局",
        "湖泊保护规定",
        "第 12 号令",
        "2024-02-01",
        "2024-02-02",
        "2024-03-01",
        None,
        None,
    ]
    lines: Lines = [[*POLICIES[0], "种类"], *[[*row, "规范性文件"] for row in POLICIES[1:]], [*rule, "政府规章"]]  # fmt: skip
    found = compiled({**county(), "文件": lines})
    assert [found.report.cell(f"t2.rule.{key}") for key in ("made", "repealed", "valid")] == [
        1,
        0,
        1,
    ]
    assert "A-05" in {one.code for one in found.obstacles if one.blocking}
