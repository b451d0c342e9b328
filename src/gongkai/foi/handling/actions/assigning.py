"""Giving a matter to a unit or a person, chasing it, and what comes back: an answer, or nothing there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from gongkai.agencies.authority import Order, authorise
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import holding_on
from gongkai.audit import clock
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.handling.models import Assignment
from gongkai.foi.handling.rules import RETURNERS, may_return
from gongkai.foi.models import Case
from gongkai.inbox.actions import notify
from gongkai.people.models import Person

_IN_A_UNIT = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER, Role.INFORMATION_OFFICER)


@transaction.atomic
def assign(
    case: Case,
    *,
    to: Agency | Person,
    task: str,
    due_on: date,
    on: date,
    order: Order | None = None,
    by: Person,
) -> Assignment:
    """Give *task* to a unit or a person until the internal day *due_on*; they are told at once."""
    permit(case, "assign", on=on, by=by, order=order)
    if not task.strip():
        raise CaseRefused("请写明要查什么、办什么：承办单位按它办理（条例第四十五条）。")
    if due_on < on:
        raise CaseRefused(f"内部期限 {due_on} 早于交办日期 {on}，请改正。")
    given = Assignment(
        case=case,
        unit=to if isinstance(to, Agency) else None,
        person=to if isinstance(to, Person) else None,
        task=task.strip(),
        due_on=due_on,
        assigned_on=on,
        assigned_by=by,
    )
    given.full_clean()
    given.save(force_insert=True)
    _tell(given, "有一件交办事项", by)
    log(case, "case.assigned", {"due_on": due_on.isoformat()}, by)
    return given


@transaction.atomic
def chase(given: Assignment, *, on: date, order: Order | None = None, by: Person) -> Assignment:
    """Remind whom a matter was given to; how often is counted."""
    permit(given.case, "chase", on=on, by=by, order=order)
    waiting = Assignment.objects.filter(pk=given.pk, returned_on=None)
    if not waiting.update(chased=F("chased") + 1, chased_on=on):
        raise CaseRefused("这件交办事项已经交回，不用再催，请刷新后查看。")
    given.refresh_from_db()
    _tell(given, "交办事项催办", by)
    log(given.case, "case.chased", {"on": on.isoformat(), "times": given.chased}, by)
    return given


@transaction.atomic
def return_assignment(
    given: Assignment,
    *,
    nil: bool,
    answer: str,
    on: date,
    order: Order | None = None,
    by: Person,
) -> Assignment:
    """Give back what was found, or that nothing is there (*nil*), each in words."""
    authorise(
        by,
        lambda standing: may_return(standing, given),
        step="交回交办事项",
        whose=RETURNERS,
        order=order,
    )
    if not answer.strip():
        raise CaseRefused("请写明办理情况：有的写文件名称、文号和在哪里，没有的写查了哪里。")
    if not given.assigned_on <= on <= clock.today():
        raise CaseRefused(f"交回日期应在交办日期 {given.assigned_on} 至今天之间，请核对。")
    changed = Assignment.objects.filter(pk=given.pk, returned_on=None).update(
        returned_on=on, returned_by=by, nil=nil, answer=answer.strip()
    )
    if not changed:
        raise CaseRefused("这件交办事项已经由另一位同志交回，请刷新后查看。")
    given.refresh_from_db()
    log(given.case, "case.returned", {"on": on.isoformat(), "nil": nil}, by)
    return given


def _tell(given: Assignment, title: str, by: Person) -> None:
    notify(
        _told(given),
        kind="case.assigned",
        title=title,
        body=f"申请 {given.case.number} 有交办事项，内部期限 {given.due_on}，请登录后办理。",
        address=reverse("case-assignment", args=[given.uid]),
        agency=given.unit,
        by=by,
    )


def _told(given: Assignment) -> Iterable[Person]:
    if given.person is not None:
        return [given.person]
    today = clock.today()
    seats = [
        seat for role in _IN_A_UNIT for seat in holding_on(role, today).filter(agency=given.unit)
    ]
    return [seat.person for seat in seats]
