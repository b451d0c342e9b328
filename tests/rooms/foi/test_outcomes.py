"""Every one of the 21 leaves of table 3 is reached by a case, with what its article needs, and counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from gongkai.agencies.models import Agency
from gongkai.figures import registry
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused, decide
from gongkai.foi.handling.drafts import TITLES, explanation_of, instead_of, typed_for
from gongkai.foi.issuing.typed import fields_for
from gongkai.foi.models import Case, Reply
from gongkai.foi.rules import typed_facts
from gongkai.law.intervals import Kind as OpinionKind
from gongkai.law.outcomes import OUTCOMES, ROWS, VOCABULARY_VERSION, Outcome
from gongkai.people.models import Person
from gongkai.reporting.compile import scope_of
from tests.rooms.foi.conftest import request_of

DECIDED = date(2024, 4, 22)
YEAR_END = date(2024, 12, 31)


def _search(case: Case, by: Person) -> None:
    actions.record_search(
        case,
        system="档案室",
        scope="2010 年以来",
        terms="名称",
        result="未检索到",
        on=date(2024, 3, 6),
        by=by,
    )


def _correction_asked(case: Case, by: Person) -> None:
    actions.ask_correction(case, on=date(2024, 3, 6), items=["写明年份"], by=by)


def _corrected(case: Case, by: Person) -> None:
    _correction_asked(case, by)
    actions.record_correction(case, on=date(2024, 3, 20), by=by)


def _opinion(case: Case, by: Person) -> None:
    actions.ask_opinion(
        case,
        whom=OpinionKind.THIRD_PARTY,
        on=date(2024, 3, 6),
        received_on=date(2024, 3, 11),
        by=by,
    )
    actions.record_opinion(case, on=date(2024, 3, 20), consents=False, by=by)


def _fee(case: Case, by: Person) -> None:
    actions.ask_fee(case, fen=10_000, on=date(2024, 3, 6), by=by)


def _reason(case: Case, by: Person) -> None:
    actions.ask_reason(case, on=date(2024, 3, 6), found="一月内三十一件", by=by)


def _nothing(case: Case, by: Person) -> None:
    """The reply's own words are enough."""


PREPARED: Mapping[str, Callable[[Case, Person], None]] = {
    "not_found": _search,
    "still_unclear": _corrected,
    "not_corrected": _correction_asked,
    "refused_third_party": _opinion,
    "fee_unpaid": _fee,
    "excessive": _reason,
}
HELD_BACK = {"partial": ("refused_internal",)}
WRITTEN = {fact: "写明（试验）" for fact in typed_facts() if fact != "third_party_not_asked"}


def test_the_outcomes_cover_the_twenty_one_leaves() -> None:
    assert {outcome.row for outcome in OUTCOMES.values()} == set(ROWS)
    assert len(ROWS) == 21


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.code)
def test_a_case_closes_as_each_outcome_and_is_counted_in_its_row(
    organ: Agency, officer: Person, case: Case, outcome: Outcome
) -> None:
    """条例第三十至四十二条：办理结果 → 年报行。"""
    PREPARED.get(outcome.code, _nothing)(case, officer)
    refused_as = HELD_BACK.get(outcome.code, ())
    decide(case, result=outcome.code, on=DECIDED, facts=WRITTEN, refused_as=refused_as, by=officer)
    expected = {
        f"t3.{row}.{column}": 1 for row in ("new", outcome.row, "r7") for column in ("nat", "tot")
    }
    values = registry.values(scope_of(organ, 2024, YEAR_END))
    assert {k: v.amount for k, v in values.items() if k.startswith("t3.") and v.amount} == expected
    reply = Reply.objects.get(case=case)
    assert (reply.outcome, reply.vocabulary_version) == (outcome.code, VOCABULARY_VERSION)


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.code)
def test_no_case_closes_without_what_its_outcome_needs(
    officer: Person, case: Case, outcome: Outcome
) -> None:
    """不变量七：缺一样就办不结，并且说清缺什么；没有留下任何痕迹。"""
    with pytest.raises(CaseRefused, match="缺少"):
        decide(case, result=outcome.code, on=DECIDED, facts={}, by=officer)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.row) == ("handling", "", "")
    assert not Reply.objects.filter(case=case).exists()


def test_a_search_cannot_be_typed_instead_of_done(officer: Person, case: Case) -> None:
    """条例第三十六条第四项：不存在须有检索记录，写在理由里的不算。"""
    with pytest.raises(CaseRefused, match="检索记录"):
        decide(case, result="not_found", on=DECIDED, facts={"search_record": "查过了"}, by=officer)


def test_each_applicant_class_is_its_own_column(organ: Agency, officer: Person) -> None:
    for klass in ("nat", "com", "res", "ngo", "law", "oth"):
        request_of(organ, officer, klass=klass)
    values = registry.values(scope_of(organ, 2024, YEAR_END))
    expected = {
        f"t3.{row}.{c}": 1
        for row in ("new", "fwd")
        for c in ("nat", "com", "res", "ngo", "law", "oth")
    }
    expected |= {"t3.new.tot": 6, "t3.fwd.tot": 6}
    assert {k: v.amount for k, v in values.items() if k.startswith("t3.") and v.amount} == expected


def test_a_case_open_at_the_end_of_the_year_is_carried_into_the_next(
    organ: Agency, officer: Person
) -> None:
    """不变量五：结转下年度等于次年的上年结转。"""
    case = request_of(organ, officer, on=date(2024, 12, 30))
    decide(case, result="granted", on=date(2025, 1, 10), facts=WRITTEN, by=officer)
    found = {
        year: {
            k: v.amount
            for k, v in registry.values(scope_of(organ, year, date(year, 12, 31))).items()
            if k.endswith(".tot") and v.amount
        }
        for year in (2024, 2025)
    }
    assert found == {
        2024: {"t3.new.tot": 1, "t3.fwd.tot": 1},
        2025: {"t3.carry.tot": 1, "t3.r1.tot": 1, "t3.r7.tot": 1},
    }


def test_whatever_may_be_typed_has_a_field_with_a_title() -> None:
    """结果词表里能由人写的每一项，拟稿页都有一栏，不多不少：漏一项，那种结果就拟不成。"""
    assert set(TITLES) == typed_facts()


def test_reasons_the_letter_must_give_are_not_said_to_be_optional() -> None:
    """第三十六条：文书必须写明理由的，拟稿页不说“可以不写”；说明理由的审查意见已在案的（D19）除外。"""
    needed = {
        outcome: dict(fields_for(outcome))["reasons"].need
        for outcome in OUTCOMES
        if "reasons" in dict(fields_for(outcome))
    }
    assert needed == {
        "already_public": False,
        "granted": False,
        "special_query": False,
        "not_found": False,
        "not_responsible": True,
        "still_unclear": True,
        "repeated": False,
        "excessive": False,
        "reissue": True,
        "not_corrected": False,
        "fee_unpaid": False,
    }


def test_of_two_fields_one_of_which_is_enough_each_names_the_other() -> None:
    """第三十六条（一）（二）（五）项、第三十七条：写一项就够的，两栏互相指明；各有各的说明。"""
    either = {
        outcome: found
        for outcome in OUTCOMES
        if (found := {fact: instead_of(fact, outcome) for fact in typed_for(outcome)})
        and any(found.values())
    }
    given, public = TITLES["material"], TITLES["where_published"]
    known, unknown = TITLES["responsible_organ"], TITLES["organ_undeterminable"]
    assert either == {
        "granted": {"material": (public,), "where_published": (given,)},
        "partial": {"material": (public,), "where_published": (given,), "ground": ()},
        "not_responsible": {"responsible_organ": (unknown,), "organ_undeterminable": (known,)},
    }
    assert explanation_of("where_published") == "告知在哪里、怎样查到（第三十六条第（一）项）"
