"""The due days of many cases at once are those of each case alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency
from gongkai.foi.actions import (
    ask_correction,
    ask_fee,
    ask_opinion,
    decide,
    extend,
    record_correction,
    record_opinion,
    record_payment,
)
from gongkai.foi.clock import case_deadline
from gongkai.foi.due import by_urgency, open_cases
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.foi.rules import typed_facts
from gongkai.law.intervals import Kind
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from tests.rooms.foi.conftest import request_of

TODAY = date(2024, 4, 30)


@pytest.fixture
def cases(organ: Agency, officer: Person) -> list[Case]:
    """Requests of one day, each gone another way, and one that is decided."""
    made = [request_of(organ, officer, who=f"00000019800101{n:04d}") for n in range(8)]
    plain, asked, corrected, consulted, answered, longer, paid, done = made
    ask_correction(asked, on=date(2024, 3, 6), items=["写明名称"], by=officer)
    ask_correction(corrected, on=date(2024, 3, 6), items=["写明名称"], by=officer)
    record_correction(corrected, on=date(2024, 3, 15), by=officer)
    for case in (consulted, answered):
        ask_opinion(
            case,
            whom=Kind.THIRD_PARTY,
            on=date(2024, 3, 8),
            received_on=date(2024, 3, 11),
            by=officer,
        )
    record_opinion(answered, on=date(2024, 3, 20), consents=False, by=officer)
    extend(longer, days=20, on=date(2024, 3, 25), reason="资料多", by=officer)
    ask_fee(paid, fen=10_000, on=date(2024, 3, 8), by=officer)
    record_payment(paid, on=date(2024, 3, 18), by=officer)
    facts = dict.fromkeys(typed_facts(), "已写明")
    decide(done, result="granted", on=date(2024, 3, 12), facts=facts, by=officer)
    assert plain.state == "handling"
    return made


def test_due_days_of_many_are_those_of_each(cases: list[Case]) -> None:
    """条例第三十、三十二、三十三条：成批计算的期满日，与逐件带依据计算的一致；已办结的不列。"""
    found = {case.uid: case for case in open_cases(Case.objects.all(), rules_on(TODAY))}
    expected = {}
    for case in cases[:-1]:
        alone = case_deadline(happenings(case), rules_on(case.received_on))
        expected[case.uid] = (alone.due, alone.earliest, alone.latest, alone.waiting)
    assert {
        uid: (one.days.due, one.days.earliest, one.days.latest, one.days.waiting)
        for uid, one in found.items()
        if one.days
    } == expected


def test_due_days_follow_the_composite_examples(cases: list[Case]) -> None:
    """期限推算示例：3 月 4 日收到；第三方 3 月 11 日收到征求意见书，3 月 20 日答复或者不答复。"""
    due = {one.number: one.due for one in open_cases(Case.objects.all(), rules_on(TODAY))}
    consulted, answered = cases[3], cases[4]
    assert (due[consulted.number], due[answered.number]) == (date(2024, 4, 23), date(2024, 4, 11))


def test_open_cases_ask_once(cases: list[Case]) -> None:
    """不论多少件、有没有补正和征求意见，一次查询。"""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(open_cases(Case.objects.all(), Rules.national(TODAY))) == 7
    assert len(asked) == 1


def test_by_urgency_puts_standing_clocks_last(cases: list[Case]) -> None:
    """先到期的在前，暂停计算的在最后。"""
    order = [one.due for one in by_urgency(open_cases(Case.objects.all(), rules_on(TODAY)))]
    assert order == [
        date(2024, 4, 1),
        date(2024, 4, 11),
        date(2024, 4, 15),
        date(2024, 4, 16),
        date(2024, 4, 23),
        date(2024, 4, 29),
        None,
    ]
