"""What waits for an officer: requests to answer, and those of other agencies that are about to be late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Role
from gongkai.agencies.queries import visible_to, working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Rows, Todo
from gongkai.foi.disputes import todo as disputes
from gongkai.foi.due import OpenCase, open_cases
from gongkai.foi.handling import todo as handling
from gongkai.foi.handling.models import ExtensionProposal, ReplyDraft
from gongkai.foi.issuing.models import GOING, Enclosure
from gongkai.foi.models import Case, State
from gongkai.foi.proactive import todo as proactive
from gongkai.law.rules import Rules

_WORKING = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
_BASIS = "条例第三十三条"
_URGED = "case.urge_before"
_ACTS = {
    State.HANDLING: "办理并答复",
    State.CORRECTING: "等待补正",
    State.PAYING: "等待缴费",
    State.SIGNING: "等待签发",
}


def todo(standing: Standing, rules: Rules) -> Iterator[Todo | Rows]:
    """Yield what waits inside the cases, the open requests *standing* works on, then those it has to urge."""
    cases = open_cases(_concerned(standing), rules)
    yield from handling.todo(standing, rules, {case.url_key: case for case in cases})
    yield from disputes.todo(standing, rules)
    yield from proactive.todo(standing, rules)
    if not standing.is_any(*_WORKING):
        return
    urges, before = _urges(standing), _urged_before(rules, standing.on)
    for case in cases:
        if standing.holds_for(_WORKING, case.agency_id, case.level):
            yield _item(case, _ACTS[case.state])
        elif urges and case.due is not None and case.due <= before:
            yield _item(case, "督促承办单位")


def _urges(standing: Standing) -> bool:
    return standing.compiles_for_the_county and standing.is_any(Role.OPENNESS_OFFICER)


def _concerned(standing: Standing) -> QuerySet[Case]:
    """Return the cases *standing* works on or urges, and those in which they sign, approve or let a file go."""
    worked_on = working_as(standing, *_WORKING)
    seen = visible_to(standing) if _urges(standing) else worked_on
    drafted = ReplyDraft.objects.filter(state=ReplyDraft.State.OPEN)
    proposed = ExtensionProposal.objects.filter(judged_by=None)
    enclosed = Enclosure.objects.filter(**GOING)
    waits = [Q(pk__in=rows.values("case")) for rows in (drafted, proposed, enclosed)]
    signed = Q(agency__in=working_as(standing, *handling.SIGNERS))
    return Case.objects.filter(Q(agency__in=seen) | signed & reduce(or_, waits))


def _urged_before(rules: Rules, today: date) -> date:
    """Return the day up to which a case of another agency is worth a call."""
    return rules.calendar.nth_working_after(today, rules.number(_URGED))


def _item(case: OpenCase, act: str) -> Todo:
    return Todo(
        what=f"申请 {case.number}",
        act=act,
        page=("desk-case", case.url_key),
        agency_id=case.agency_id,
        due=case.due,
        provisional=bool(case.days and case.days.provisional),
        basis=case.trouble or (case.days.waiting if case.days and case.days.waiting else _BASIS),
    )
