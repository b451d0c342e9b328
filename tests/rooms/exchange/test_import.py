"""补录：先看后批，一次全进或者全不进，重复导入不变，改动被拒，每条记录都有来历。"""

from __future__ import annotations

import json
from datetime import date

import pytest

from gongkai.agencies.queries import county as county_of
from gongkai.audit.models import Event
from gongkai.audit.queries import verify_all
from gongkai.exchange.actions import Source, import_contents
from gongkai.exchange.intake import read_for_ledger
from gongkai.exchange.plan import Plan, plan_import
from gongkai.exchange.problem import WorkbookRefused
from gongkai.exchange.queries import IMPORTED
from gongkai.figures import registry
from gongkai.foi.actions import Arrival, CaseRefused, decide, record_search, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.models import Applicant, Case, CaseEvent, Reply
from gongkai.foi.past.actions import PastCase, enter_past_cases
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.policies.models import Policy
from gongkai.project.cli.ledger import faults
from gongkai.publication.models import Publication
from gongkai.reporting.compile import scope_of
from gongkai.returns.models import Return
from gongkai.rulebook.models import NumberUse
from tests.rooms.cast import SEALED_AT, Cast
from tests.rooms.exchange.sheets import TODAY, Lines, book, changed, county

pytestmark = pytest.mark.django_db
SOURCE = Source("台账.xlsx", "ab" * 32)


def brought_in(cast: Cast, sheets: dict[str, Lines]) -> Plan:
    contents = read_for_ledger(book(sheets), today=TODAY)
    return import_contents(contents, source=SOURCE, by=cast.zhao)


def refusal(cast: Cast, sheets: dict[str, Lines]) -> list[str]:
    with pytest.raises(WorkbookRefused) as refused:
        brought_in(cast, sheets)
    return [str(problem) for problem in refused.value.problems]


def test_a_preview_counts_and_writes_nothing(cast: Cast) -> None:
    before = Event.objects.count()
    plan = plan_import(read_for_ledger(book(county()), today=TODAY))
    assert plan.problems == ()
    assert plan.counts == {
        "agencies": (0, 0),
        "requests": (4, 0),
        "disputes": (0, 0),
        "policies": (3, 0),
        "returns": (2, 0),
    }
    assert (Event.objects.count(), Case.objects.count()) == (before, 0)


def test_what_is_brought_in_counts_like_any_record(cast: Cast) -> None:
    brought_in(cast, county())
    scope = scope_of(county_of(), 2024, date(2024, 12, 31))
    values = registry.values(scope)
    wanted = ("t3.new.tot", "t3.carry.nat", "t3.r4_1.nat", "t3.fwd.law", "t2.norm.valid")
    assert [values[key].amount for key in wanted] == [3, 1, 1, 1, 2]
    # The county and its office have not reported: still a gap, never a zero.
    assert (values["t2.licence"].amount, len(values["t2.licence"].gaps)) == (None, 2)
    assert (list(faults()), verify_all()) == ([], [])


def test_every_record_says_who_brought_it_in_and_from_where(cast: Cast) -> None:
    brought_in(cast, county())
    case = Case.objects.get(agency=cast.lakes, number="2024-001")
    event = Event.objects.get(kind=IMPORTED, subject=f"case:{case.uid}")
    told = json.loads(event.payload_text)
    assert told.pop("fingerprint")
    assert told == {"file": "台账.xlsx", "sha256": "ab" * 32, "sheet": "申请", "row": 4}
    assert (event.stream, event.actor_uid) == (cast.lakes.code, cast.zhao.uid)
    subjects = {
        *(f"case:{uid}" for uid in Case.objects.values_list("uid", flat=True)),
        *(f"policy:{uid}" for uid in Policy.objects.values_list("uid", flat=True)),
        *(f"return:{uid}" for uid in Return.objects.values_list("uid", flat=True)),
    }
    assert set(Event.objects.filter(kind=IMPORTED).values_list("subject", flat=True)) == subjects
    assert len(subjects) == 4 + 3 + 8


def test_a_past_case_has_its_events_and_a_reply_that_names_its_source(cast: Cast) -> None:
    """条例第三十六条的检索记录属于当年的答复，不再要求；答复写明来自哪个登记簿。"""
    brought_in(cast, county())
    case = Case.objects.get(agency=cast.grain, number="2024-001")
    source = {"file": "台账.xlsx", "sha256": "ab" * 32, "sheet": "申请", "row": 3}
    events = [(one.kind, json.loads(one.payload_text)) for one in case.events.order_by("seq")]
    assert events == [
        ("received", {"klass": "nat", "channel": "", "imported": source}),
        ("decided", {"outcome": "not_found", "imported": True}),
    ]
    assert json.loads(Reply.objects.get(case=case).grounds_text) == {"imported": source}
    assert (case.outcome, case.row, case.channel) == ("not_found", "r4_1", "unrecorded")


def test_applicants_nobody_knows_are_not_taken_for_one_another(cast: Cast) -> None:
    brought_in(cast, county())
    assert Applicant.objects.count() == Applicant.objects.values("digest").distinct().count() == 4


def test_documents_without_text_are_not_published(cast: Cast) -> None:
    brought_in(cast, county())
    assert Publication.objects.count() == 0
    assert [p.document.editions.get().closed_at for p in Policy.objects.all()] == [None] * 3


def test_returns_are_filed_by_the_program_and_accepted_by_the_person(cast: Cast) -> None:
    """不变量二：报送和接收是两个人。"""
    brought_in(cast, county())
    signed = set(Return.objects.values_list("filler__staff_no", "approver__staff_no", "state"))
    assert signed == {("EXCHANGE", cast.zhao.staff_no, "accepted")}


def test_importing_the_same_file_again_changes_nothing(cast: Cast) -> None:
    brought_in(cast, county())
    before = Event.objects.count(), CaseEvent.objects.count(), Return.objects.count()
    plan = brought_in(cast, county())
    assert {sheet: plan.counts[sheet] for sheet in ("requests", "policies", "returns")} == {
        "requests": (0, 4),
        "policies": (0, 3),
        "returns": (0, 2),
    }
    assert (Event.objects.count(), CaseEvent.objects.count(), Return.objects.count()) == before


def test_only_new_rows_of_a_longer_file_are_entered(cast: Cast) -> None:
    brought_in(cast, county())
    longer = county()
    longer["申请"] = [
        *longer["申请"],
        ["示例县粮食局", "2024-050", "2024-06-03", "其他", None, None],
    ]
    assert brought_in(cast, longer).counts["requests"] == (1, 4)
    assert Case.objects.count() == 5


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "problem"),
    [
        ("申请", 3, 4, "商业企业", "申请!D3：这一行在台账里已经有了，内容与台账不一致（台账为“nat”，这里为“com”）。"),
        ("申请", 3, 6, "2024-03-21", "申请!F3：这一行在台账里已经有了"),
        ("文件", 3, 4, "2022-01-31", "文件!D3：这一行在台账里已经有了"),
        ("报送", 2, 3, 121, "报送!C2：这一行在台账里已经有了"),
    ],
)  # fmt: skip
def test_a_changed_row_of_an_imported_number_is_refused_and_nothing_is_entered(
    cast: Cast, sheet: str, row: int, column: int, value: object, problem: str
) -> None:
    brought_in(cast, county())
    sheets = changed(sheet, row, column, value)
    sheets["申请"] = [
        *sheets["申请"],
        ["示例县粮食局", "2024-050", "2024-06-03", "其他", None, None],
    ]
    (found,) = refusal(cast, sheets)
    assert found.startswith(problem)
    assert Case.objects.count() == 4


def test_a_case_that_went_on_after_the_import_is_no_contradiction(cast: Cast) -> None:
    brought_in(cast, county())
    case = Case.objects.select_related("agency").get(number="2024-002")
    facts = {"material": "复印件一份（演示）"}
    decide(case, result="granted", on=date(2025, 1, 10), facts=facts, by=cast.wang)
    assert brought_in(cast, county()).counts["requests"] == (0, 4)


def test_an_agency_the_ledger_does_not_know_is_named(cast: Cast) -> None:
    assert refusal(cast, changed("报送", 2, 1, "示例县林业局")) == [
        "报送!A2：台账和“机关”表里都没有“示例县林业局”；请改用台账中的机关全称或简称，或者在“机关”表里补一行。"
    ]


def test_an_agency_is_known_by_its_short_name_and_a_new_one_is_established(cast: Cast) -> None:
    sheets = changed("报送", 2, 1, "县粮食局")
    agencies: Lines = [
        ["机关名称", "机关代码", "统一社会信用代码", "机关代字", "启用日期"],
        ["示例县林业局", "T00000009", "11000000T00000009X", "示林", "2019-05-15"],
    ]
    forest = ["示例县林业局", 2024, 1, 1, 1, 1]
    plan = brought_in(cast, {**sheets, "报送": [*sheets["报送"], forest], "机关": agencies})
    assert (plan.counts["agencies"], plan.counts["returns"]) == ((1, 0), (3, 0))
    filed = Return.objects.filter(item="licence").order_by("agency__code")
    assert list(filed.values_list("agency__code", "value_int")) == [
        (cast.grain.code, 120),
        (cast.lakes.code, 1003),
        ("T00000009", 1),
    ]


def test_a_new_agency_without_its_codes_is_refused(cast: Cast) -> None:
    sheets = {**county(), "机关": [["机关名称", "层级"], ["示例县林业局", "县政府部门"]]}
    assert refusal(cast, sheets)[0].startswith(
        "机关!第2行：台账里还没有“示例县林业局”，新建机关要写明"
    )


def test_a_taken_number_is_refused_also_beside_a_preview(cast: Cast) -> None:
    brought_in(cast, county())
    kept = Case.objects.get(number="2023-009")
    past = PastCase(kept.number, kept.kind, "", [], {})  # type: ignore[arg-type]
    with pytest.raises(CaseRefused, match="编号已经登记（2023-009）"):
        enter_past_cases([past], agency=cast.grain, by=cast.zhao)


def test_the_next_own_number_steps_over_an_imported_one(cast: Cast) -> None:
    """补录用掉的编号不再发给新申请，编号序列里写明原因，没有缺号。"""
    sheets = county()
    own = [["示例县粮食局", f"2024-000{n}", "2024-05-06", "自然人", None, None] for n in (1, 2)]
    brought_in(cast, {**sheets, "申请": [*sheets["申请"], *own]})
    arrival = Arrival(Channel.IN_PERSON, ReceiptFacts(submitted_on=date(2024, 7, 1)), SEALED_AT)
    identity = Identity("虚构乙", "000000199001010017", "演示地址")
    case = register_case(cast.grain, applicant=identity, klass="nat", arrival=arrival, by=cast.wang)
    assert case.number == "2024-0003"
    voided = NumberUse.objects.filter(series__agency=cast.grain, series__kind="case").order_by("n")
    assert list(voided.values_list("n", "void_reason")) == [
        (1, "补录案件已用此号"),
        (2, "补录案件已用此号"),
        (3, ""),
    ]
    record_search(case, system="档案室", scope="全部", terms="某", result="无", on=date(2024, 7, 2), by=cast.wang)  # fmt: skip
    assert (list(faults()), verify_all()) == ([], [])
