"""What of the rules waits for a person: a change to decide on, and next year's holidays to enter."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Rows, Todo
from gongkai.law.rules import Rules
from gongkai.rulebook.models import HolidayNotice, Parameter, State
from gongkai.rulebook.queries import waiting_notices, waiting_parameters
from gongkai.rulebook.rules import office_held

EXPECTED_FROM = "notice.expected_from"
_BASIS = "规则由两人经手：一人提出，另一人批准"


def todo(standing: Standing, rules: Rules) -> Iterator[Todo | Rows]:
    """Yield what *standing* has to do about the rules: two queries for a leader, none of its own for an officer."""
    leads = office_held(standing, Role.LEADER)
    if leads is not None:
        yield from _to_decide(standing, leads.agency_id)
    officer = office_held(standing, Role.OPENNESS_OFFICER)
    if officer is not None:
        yield from _missing_notice(rules, officer.agency_id)


def _to_decide(standing: Standing, agency_id: int) -> Iterator[Todo]:
    """Everything that waits, what one proposed oneself left out."""
    rows: list[HolidayNotice | Parameter] = [
        *waiting_notices().defer("body"),
        *waiting_parameters(),
    ]
    for row in rows:
        if row.proposed_by_id != standing.person.pk:
            yield Todo(
                what=_what(row),
                act="核对影响并批准",
                page=_page(row),
                agency_id=agency_id,
                basis=_BASIS,
            )


def _what(row: HolidayNotice | Parameter) -> str:
    if isinstance(row, HolidayNotice):
        return f"{row.year}年放假通知待批准"
    return f"“{Rules.national(row.since).parameter(row.key).title}”的县内取值待批准"


def _page(row: HolidayNotice | Parameter) -> tuple[object, ...]:
    name = "rulebook-notice" if isinstance(row, HolidayNotice) else "rulebook-value"
    return name, row.uid


def _missing_notice(rules: Rules, agency_id: int) -> Iterator[Rows]:
    """Next year's notice, from the day on which it is expected until somebody has entered it."""
    year = rules.on.year + 1
    if rules.calendar.covers(year) or rules.on < rules.day_in(EXPECTED_FROM, rules.on.year):
        return
    missing = Todo(
        what=f"{year}年放假通知还没有录入，跨年的期限都是暂定的",
        act="录入放假通知",
        page=("rulebook-notice-new",),
        agency_id=agency_id,
        basis=rules.parameter(EXPECTED_FROM).basis,
    )
    entered = HolidayNotice.objects.filter(year=year, state=State.PROPOSED)
    office = Agency.objects.filter(~Exists(entered), pk=agency_id)
    yield Rows(office, lambda _: missing, {"name": "code"})
