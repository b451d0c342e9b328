"""The demo's ledger compiles to the published report, and nothing of it is a real person's."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import county
from gongkai.audit.queries import verify_all
from gongkai.documents.models import Edition
from gongkai.figures import registry
from gongkai.foi.identity import reveal
from gongkai.foi.models import Applicant, Case
from gongkai.project.cli.ledger import faults
from gongkai.publication.queries import waived
from gongkai.registers.models import Entry
from gongkai.reporting.compile import compile_draft, scope_of
from gongkai.reporting.models import Report
from gongkai.reporting.preflight import obstacles
from gongkai.reporting.queries import released_report
from gongkai.text.masking import MASK
from gongkai_demo.comparison import differences
from gongkai_demo.id_numbers import id_number
from gongkai_demo.load import LedgerInUse, load
from gongkai_demo.shares import divide

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("loaded")
def test_all_two_hundred_cells_equal_the_published_report() -> None:
    assert differences() == (200, [])


@pytest.mark.usefixtures("loaded")
def test_a_changed_ledger_is_seen_by_the_comparison() -> None:
    """比对不是恒真：改动一格（未公布年报）即全部或该格不等。"""
    Report.objects.update(released=None, released_on=None)
    total, found = differences()
    assert (total, len(found)) == (200, 200)


@pytest.mark.usefixtures("loaded")
def test_the_report_says_the_published_numbers_in_words() -> None:
    report = released_report(county(), 2024)
    assert report is not None
    said = report.sections["1"]
    expected = (
        "等信息 9759 条，制作解读回应信息 15 条；联动传播党中央、国务院重要信息 100余 条",
        "共收到政府信息公开申请 41 件，上年结转 0 件，办结 41 件，结转下年度继续办理 0 件",
        "制发行政规范性文件 12 件，废止 9 件，现行有效 40 件",
    )
    assert [sentence in said for sentence in expected] == [True, True, True]


@pytest.mark.usefixtures("loaded")
def test_nothing_stands_in_the_way_of_any_released_report() -> None:
    for row in Report.objects.all():
        draft = compile_draft(row, date(row.year, 12, 31))
        assert [o.code for o in obstacles(draft) if o.severity != "info"] == []


@pytest.mark.usefixtures("loaded")
def test_the_stock_was_thirty_seven_the_year_before() -> None:
    report = released_report(county(), 2023)
    assert report is not None
    assert report.cell("t2.norm.valid") == 37


@pytest.mark.usefixtures("loaded")
def test_the_roll_up_is_the_sum_of_its_units() -> None:
    """G-01：县级年报各格等于各单位同格之和。"""
    whole = scope_of(county(), 2024, date(2024, 12, 31))
    parts = [replace(whole, agencies=(agency,)) for agency in whole.agencies]
    summed: Counter[str] = Counter()
    for part in parts:
        summed.update({key: value.amount or 0 for key, value in registry.values(part).items()})
    assert dict(summed) == {key: value.amount for key, value in registry.values(whole).items()}


@pytest.mark.usefixtures("loaded")
def test_ledger_and_chains_hold() -> None:
    assert (list(faults()), verify_all()) == ([], [])


@pytest.mark.usefixtures("loaded")
def test_loading_again_changes_nothing() -> None:
    before = Case.objects.count()
    assert load(lambda _: None) is False
    assert Case.objects.count() == before


@pytest.mark.usefixtures("loaded")
def test_loading_into_somebody_elses_ledger_is_refused() -> None:
    Agency.objects.filter(code="SQ0000002").update(code="XX0000002")
    with pytest.raises(LedgerInUse, match="已有其他机关的台账"):
        load(lambda _: None)


@pytest.mark.usefixtures("loaded")
def test_imported_publications_are_counted_as_waived() -> None:
    """不变量一：没有三审签封的发布都是有记录的免审，数得出来。"""
    assert waived().count() == 9_759 + 15 + 107 + 640 + 10 + 64 + 42


@pytest.mark.usefixtures("loaded")
def test_every_item_says_something_and_says_that_it_is_invented() -> None:
    """演示的一万多条信息各有成段的正文，标题都写明是演示；几条有图片或附件。"""
    said = [edition.content for edition in Edition.objects.all()]
    assert [one.title for one in said if "演示" not in one.title or len(one.text) < 100] == []
    assert len({one.text for one in said}) > 10_000
    assert sum(bool(one.attachments) for one in said) == 22


@pytest.mark.usefixtures("loaded")
def test_the_registers_name_nobody() -> None:
    """双公示：自然人都已遮盖，单位的信用代码都是不存在的行政区划。"""
    rows = Entry.objects.values_list("subject_kind", "subject", "credit_code")
    shown = Counter((kind, MASK in name, code[2:8]) for kind, name, code in rows)
    assert shown[("person", True, "")] == 60
    assert {key[1:] for key in shown if key[0] != "person"} == {(False, "000000")}
    assert shown.total() == 440


@pytest.mark.usefixtures("loaded")
def test_every_applicant_is_plainly_invented_and_encrypted() -> None:
    names = {reveal(applicant).name[:2] for applicant in Applicant.objects.all()}
    assert names == {"演示"}
    leaked = [a for a in Applicant.objects.all() if "演示".encode() in bytes(a.ciphertext)]
    assert leaked == []


def test_an_invented_id_number_has_an_impossible_region_and_a_right_checksum() -> None:
    """GB 11643：末位使加权和模 11 余 1。"""
    weights = [2 ** (17 - i) % 11 for i in range(18)]
    for n in range(1_000):
        number = id_number(n)
        digits = [10 if c == "X" else int(c) for c in number]
        assert number[:6] == "000000"
        assert sum(d * w for d, w in zip(digits, weights, strict=True)) % 11 == 1


def test_parts_sum_to_the_whole() -> None:
    assert divide(45_756, [3, 0, 900, 1]) == [152, 0, 45_553, 51]
    assert sum(divide(7, [1, 1, 1])) == 7
