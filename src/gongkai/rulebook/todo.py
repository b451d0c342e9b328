"""What of the rules waits for a person: a change to decide on, and next year's holidays to enter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.law.calendar import Calendar
from gongkai.law.rules import Rules
from gongkai.rulebook.models import HolidayNotice, Parameter, State
from gongkai.rulebook.queries import value_of
from gongkai.rulebook.rules import office_held

EXPECTED_FROM = "notice.expected_from"
_BASIS = "规则由两人经手：一人提出，另一人批准"


def todo(standing: Standing) -> list[Todo]:
    """Return what *standing* has to do about the rules: two queries for those concerned, else none."""
    leads = office_held(standing, Role.LEADER)
    officer = office_held(standing, Role.OPENNESS_OFFICER)
    if leads is None and officer is None:
        return []
    notices = list(_notices(standing))
    values = list(_values(standing))
    found: list[Todo] = []
    if leads is not None:
        found += _to_decide(notices, values, standing, leads.agency_id)
    if officer is not None:
        found += _missing_notice(notices, values, standing, officer.agency_id)
    return found


def _notices(standing: Standing) -> Iterable[HolidayNotice]:
    """Those that wait, and those in force for next year."""
    wanted = Q(state=State.PROPOSED) | Q(state=State.APPROVED, year=standing.on.year + 1)
    return HolidayNotice.objects.filter(wanted).defer("body").order_by("proposed_at", "pk")


def _values(standing: Standing) -> Iterable[Parameter]:
    """Those that wait, and the county's own day from which a notice is expected."""
    own = Q(state=State.APPROVED, key=EXPECTED_FROM, since__lte=standing.on)
    wanted = Q(state=State.PROPOSED) | own
    return Parameter.objects.filter(wanted).order_by("since", "pk")


def _to_decide(
    notices: list[HolidayNotice], values: list[Parameter], standing: Standing, agency_id: int
) -> Iterator[Todo]:
    """Everything that waits, what one proposed oneself left out."""
    rows: list[HolidayNotice | Parameter] = [*notices, *values]
    waiting = [row for row in rows if row.state == State.PROPOSED]
    for row in waiting:
        if row.proposed_by_id != standing.person.pk:
            yield Todo(
                what=_what(row),
                act="核对影响并批准",
                address=_address(row),
                agency_id=agency_id,
                basis=_BASIS,
            )


def _what(row: HolidayNotice | Parameter) -> str:
    if isinstance(row, HolidayNotice):
        return f"{row.year}年放假通知待批准"
    return f"“{Rules.national(row.since).parameter(row.key).title}”的县内取值待批准"


def _address(row: HolidayNotice | Parameter) -> str:
    name = "rulebook-notice" if isinstance(row, HolidayNotice) else "rulebook-value"
    return reverse(name, args=[row.uid])


def _missing_notice(
    notices: list[HolidayNotice], values: list[Parameter], standing: Standing, agency_id: int
) -> Iterator[Todo]:
    """Next year's notice, from the day on which it is expected until somebody has entered it."""
    on, year = standing.on, standing.on.year + 1
    expected = Rules.national(on).parameter(EXPECTED_FROM)
    for own in values:
        if own.key == EXPECTED_FROM and own.state == State.APPROVED:
            expected = value_of(own)
    entered = Calendar.national().covers(year) or any(row.year == year for row in notices)
    if entered or f"{on:%m-%d}" < str(expected.value):
        return
    yield Todo(
        what=f"{year}年放假通知还没有录入，跨年的期限都是暂定的",
        act="录入放假通知",
        address=reverse("rulebook-notice-new"),
        agency_id=agency_id,
        basis=expected.basis,
    )
