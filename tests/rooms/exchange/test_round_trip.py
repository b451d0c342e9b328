"""走得了也回得来：演示县导出的工作簿，重新编出来的年报与公布的逐格相等。"""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.agencies.queries import county
from gongkai.exchange.actions import Source, import_contents
from gongkai.exchange.apart import in_throwaway_ledger
from gongkai.exchange.book import template, workbook_of
from gongkai.exchange.compiling import Wanted, compile_workbook
from gongkai.exchange.export import export_workbook
from gongkai.exchange.plan import plan_import
from gongkai.exchange.reading import read_workbook
from gongkai.exchange.rows import DisputeRow, RequestRow, ReturnRow, Row
from gongkai.foi.identity import reveal
from gongkai.foi.models import CLASSES, Applicant, Dispute
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.rules import Rules
from gongkai.people.actions import register_person
from gongkai.project.cli.ledger import faults
from gongkai.reporting.queries import released_report
from gongkai_demo.comparison import published
from tests.rooms.exchange.sheets import TODAY, openpyxl, refused

RULES = Rules.national(TODAY)


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("year", [2023, 2024])
def test_the_exported_demo_compiles_to_its_released_report(year: int) -> None:
    """导出 → 由工作簿编报：200 格与已公布的年报全部相等，正文也相同。"""
    kept = released_report(county(), year)
    assert kept is not None
    wanted = Wanted(TODAY, year=year)
    found = compile_workbook(export_workbook(), name="导出.xlsx", wanted=wanted)
    assert found.report.cells() == kept.cells()
    assert len(found.report.cells()) == 200
    assert found.report.sections == kept.sections
    assert (found.report.issuer, found.report.contact) == (kept.issuer, kept.contact)
    assert (found.ready, found.notes) == (True, ())


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_the_exported_demo_compiles_to_the_published_figures() -> None:
    wanted = Wanted(TODAY, prev=released_report(county(), 2023))
    found = compile_workbook(export_workbook(), name="导出.xlsx", wanted=wanted)
    assert found.report.cells() == published().cells()
    assert (found.report.year, found.ready, found.shortfalls) == (2024, True, ())


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_the_export_fills_an_empty_ledger_once_and_exports_the_same_again() -> None:
    exported = export_workbook()
    contents = read_workbook(exported, today=TODAY, rules=RULES, strict=True)

    def fill() -> tuple[bytes, int, list[str]]:
        clerk = register_person(name="导入人", staff_no="T000", by=None)
        import_contents(contents, source=Source("导出.xlsx", "0" * 64), by=clerk)
        again = import_contents(contents, source=Source("导出.xlsx", "0" * 64), by=clerk)
        return export_workbook(), sum(new for new, _ in again.counts.values()), list(faults())

    second, created, broken = in_throwaway_ledger(fill)
    again = read_workbook(second, today=TODAY, rules=RULES, strict=True)
    assert (created, broken) == (0, [])
    assert sorted(again.requests, key=_order) == sorted(contents.requests, key=_order)
    assert (again.agencies, again.policies, again.returns) == (
        contents.agencies,
        contents.policies,
        contents.returns,
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_the_export_of_a_ledger_is_known_to_it() -> None:
    """把导出的工作簿导回原来的台账：没有一行是新的，没有一行矛盾。"""
    contents = read_workbook(export_workbook(), today=TODAY, rules=RULES, strict=True)
    plan = plan_import(contents)
    assert plan.problems == ()
    assert {sheet: new for sheet, (new, _) in plan.counts.items() if new} == {}
    assert plan.counts["requests"] == (0, len(contents.requests))


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_nobody_s_identity_leaves_with_the_export() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(export_workbook()))
    cells = (cell for page in workbook for line in page.iter_rows() for cell in line)
    text = "\n".join(f"{cell.value} {cell.comment}" for cell in cells)
    people = [reveal(applicant) for applicant in Applicant.objects.all()]
    leaked = [one for one in people if one.name in text or one.document_no in text]
    assert leaked == []
    assert "社旗县人民政府" in text


def _order(row: RequestRow) -> tuple[str, str]:
    return row.agency, row.number


NAMES = st.text(st.characters(categories=["Lo", "Nd"]), min_size=1, max_size=12).map(lambda t: f"号{t}")  # fmt: skip
DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))


@st.composite
def requests(draw: st.DrawFn) -> RequestRow:
    received = draw(DAYS)
    decided = received + timedelta(days=draw(st.integers(20, 90))) if draw(st.booleans()) else None
    days = draw(st.none() | st.integers(1, 20))
    return RequestRow(
        agency="示例县粮食局",
        number=draw(NAMES),
        received_on=received,
        klass=draw(st.sampled_from([key for key, _ in CLASSES])),
        kind=draw(st.sampled_from(["request", "correction"])),
        channel=draw(st.sampled_from(["", "web", "in_person", "signed_post"])),
        extended_on=received + timedelta(days=9) if days else None,
        extended_days=days,
        outcome=draw(st.sampled_from(list(OUTCOMES))) if decided else "",
        decided_on=decided,
        served_on=decided and decided + timedelta(days=draw(st.integers(0, 9))),
    )


RETURNS = st.builds(
    ReturnRow,
    agency=st.just("示例县粮食局"),
    year=st.integers(2019, 2024),
    licence=st.integers(0, 10**9),
    penalty=st.none() | st.integers(0, 10**9),
    coercion=st.none(),
    fee=st.integers(0, 10**13),
    source=st.sampled_from(["", "=1+1", "某平台统计"]),
    absent_reason=st.just("系统未建"),
)


def same(kind: str, rows: list[Row]) -> bool:
    data = workbook_of({kind: rows})
    found = read_workbook(data, today=TODAY, rules=RULES, strict=True)
    return list(getattr(found, kind)) == rows


@settings(max_examples=40, deadline=None)
@given(st.lists(requests(), min_size=1, max_size=6, unique_by=lambda row: row.number))
def test_any_requests_written_are_read_back_the_same(rows: list[Row]) -> None:
    assert same("requests", rows)


@settings(max_examples=40, deadline=None)
@given(st.lists(RETURNS, min_size=1, max_size=5, unique_by=lambda row: row.year))
def test_any_returns_written_are_read_back_the_same(rows: list[Row]) -> None:
    """金额到分不差，以等号开头的文字还是文字。"""
    assert same("returns", rows)


@settings(max_examples=15, deadline=None)
@given(requests(), st.sampled_from(Dispute.Kind.values), st.sampled_from(["", "m", "c", "o"]))
def test_any_dispute_written_is_read_back_the_same(
    request_row: RequestRow, kind: str, result: str
) -> None:
    filed = request_row.received_on + timedelta(days=30)
    dispute = DisputeRow(
        agency=request_row.agency,
        case=request_row.number,
        kind=kind,
        number="示复〔2024〕1号",
        filed_on=filed,
        result=result,
        concluded_on=filed + timedelta(days=60) if result else None,
    )
    data = workbook_of({"requests": [request_row], "disputes": [dispute]})
    found = read_workbook(data, today=TODAY, rules=RULES, strict=True)
    assert (found.requests, found.disputes) == ((request_row,), (dispute,))


def test_the_template_holds_no_record_and_every_heading() -> None:
    """模板：示例行不读取，列名都认得，词表有下拉列表，没有姓名一类的列。"""
    found = read_workbook(template(), today=TODAY, rules=RULES, strict=True)
    assert (found.owned(), found.agencies, found.sections, found.notes) == ((), (), (), ())
    with zipfile.ZipFile(io.BytesIO(template())) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "/sheet" in name]
    lists = [sheet.count("<dataValidation ") for sheet in sheets]
    assert sum(lists) == 11
    assert refused({"申请": [["姓名"]]})[0].startswith("申请：前 10 行里没有找到完整的标题行")
