"""What is on the desks of the demo county today: open requests, near and past their last day.

Everything is placed by working days before the day of loading, so that a first look finds a desk at
work in whatever year it is taken. Nothing of it is received in the years whose reports are released.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.audit import clock
from gongkai.foi import actions
from gongkai.foi.handling.actions import consulting, correcting, extending
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case
from gongkai.law.intervals import Kind as OpinionKind
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from gongkai_demo.asked import OPEN, words_of
from gongkai_demo.cast import Cast
from gongkai_demo.id_numbers import id_number
from gongkai_demo.organs import Organ

_FIRST_YEAR = 2025
_NUMBERS = 300
"""Where the invented identity numbers of these applicants begin: nobody of the earlier years."""


@dataclass(frozen=True)
class Matter:
    """An open request: *ago* working days old, at the organ with this place, gone this way."""

    ago: int
    organ: int
    go: Callable[[Case, Rules, Cast], None]


def open_matters(organs: Sequence[Organ], cast: Cast) -> int:
    """Register the open requests as of today; return how many."""
    today = clock.today()
    if today.year < _FIRST_YEAR:
        return 0
    rules = rules_on(today)
    for n, matter in enumerate(MATTERS):
        received = _working_days_before(today, matter.ago, rules)
        case = _register(organs[matter.organ], received, n, cast.officer)
        matter.go(case, rules, cast)
    return len(MATTERS)


def _register(organ: Organ, received: date, n: int, by: Person) -> Case:
    who = Identity(f"演示申请人{_NUMBERS + n}", id_number(_NUMBERS + n), "演示地址")
    arrival = actions.Arrival(
        Channel.IN_PERSON, ReceiptFacts(submitted_on=received), clock.start_of(received)
    )
    words = words_of(OPEN, received.year, n)
    return actions.register_case(
        organ.agency, applicant=who, klass="nat", arrival=arrival, words=words, by=by
    )


def _waits(case: Case, rules: Rules, cast: Cast) -> None:
    """Nobody has done anything yet."""


def _asked_to_correct(case: Case, rules: Rules, cast: Cast) -> None:
    asked = rules.calendar.nth_working_after(case.received_on, 2)
    items = ["写明所需信息的年份（演示）"]
    correcting.ask_correction(
        case, items=items, days=10, on=asked, order=cast.order, by=cast.officer
    )


def _third_party_asked(case: Case, rules: Rules, cast: Cast) -> None:
    by, order = cast.officer, cast.order
    sent = rules.calendar.nth_working_after(case.received_on, 2)
    arrived = rules.calendar.nth_working_after(sent, 2)
    party = consulting.Party("演示第三方", "演示地址")
    asked = consulting.ask_opinion(
        case, whom=OpinionKind.THIRD_PARTY, party=party, on=sent, order=order, by=by
    )
    consulting.record_arrival(asked, proof="签收单（演示）", on=arrived, order=order, by=by)


def _extended(case: Case, rules: Rules, cast: Cast) -> None:
    told, order = rules.calendar.nth_working_after(case.received_on, 15), cast.order
    reason = "需向档案馆调阅旧卷（演示）"
    extending.propose_extension(case, days=10, reason=reason, on=told, order=order, by=cast.officer)
    extending.approve_extension(case, told_on=told, order=order, by=cast.leader)


MATTERS = (
    Matter(1, 1, _waits),
    Matter(6, 1, _asked_to_correct),
    Matter(9, 1, _third_party_asked),
    Matter(18, 1, _waits),
    Matter(20, 1, _waits),
    Matter(24, 1, _extended),
    Matter(4, 13, _waits),
    Matter(19, 13, _waits),
    Matter(23, 7, _waits),
)


def _working_days_before(day: date, count: int, rules: Rules) -> date:
    """Return the working day *count* working days before *day*."""
    while count or not rules.calendar.is_working(day):
        count -= rules.calendar.is_working(day)
        day -= timedelta(days=1)
    return day
