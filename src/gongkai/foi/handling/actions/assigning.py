"""Giving a matter to a unit or a person, chasing it, and what comes back: an answer, or nothing there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from gongkai.agencies.authority import Order, authorise
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import holding_on, standing_on
from gongkai.audit import clock
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.handling.models import Assignment, ReturnedFile
from gongkai.foi.handling.queries import IN_A_UNIT
from gongkai.foi.handling.rules import RETURNERS, may_return
from gongkai.foi.handling.sealed import seal_returned
from gongkai.foi.models import Case
from gongkai.foi.receiving.files import Inspected
from gongkai.inbox.actions import notify
from gongkai.people.models import Person
from gongkai.screening.actions import screen
from gongkai.screening.rules import may_screen
from gongkai.text.canonical import Plain


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


@dataclass(frozen=True)
class Handed:
    """A file that is given back: what it is called in the open, and the file."""

    title: str
    file: Inspected


def return_with_files(
    given: Assignment, *, nil: bool, answer: str, files: Sequence[Handed], on: date, by: Person
) -> Assignment:
    """Have *files* examined, which takes seconds and holds nothing, then give them back with the answer.

    What a file hides is told where it was examined and holds nothing here: the gate stands where files leave
    the house. Raises ``RoleRefused``, :class:`CaseRefused`.
    """
    _authorise(given, None, by)
    for one in files:
        screen(_examining(given, by), one.file.data, one.file.name, by=by)
    return return_assignment(given, nil=nil, answer=answer, files=files, on=on, by=by)


@transaction.atomic
def return_assignment(
    given: Assignment,
    *,
    nil: bool,
    answer: str,
    files: Sequence[Handed] = (),
    on: date,
    order: Order | None = None,
    by: Person,
) -> Assignment:
    """Give back what was found, or that nothing is there (*nil*), each in words, with the *files* that were found."""
    _authorise(given, order, by)
    _refuse_wrong(given, nil, answer, files, on)
    changed = Assignment.objects.filter(pk=given.pk, returned_on=None).update(
        returned_on=on, returned_by=by, nil=nil, answer=answer.strip()
    )
    if not changed:
        raise CaseRefused("这件交办事项已经由另一位同志交回，请刷新后查看。")
    given.refresh_from_db()
    for one in files:
        _keep(given, one, on, by)
    payload: dict[str, Plain] = {"on": on.isoformat(), "nil": nil, "files": len(files)}
    log(given.case, "case.returned", payload, by)
    _tell_officer(given, by)
    return given


def _authorise(given: Assignment, order: Order | None, by: Person) -> None:
    authorise(
        by,
        lambda standing: may_return(standing, given),
        step="交回交办事项",
        whose=RETURNERS,
        order=order,
    )


def _refuse_wrong(
    given: Assignment, nil: bool, answer: str, files: Sequence[Handed], on: date
) -> None:
    if not answer.strip():
        raise CaseRefused("请写明办理情况：有的写文件名称、文号和在哪里，没有的写查了哪里。")
    if not given.assigned_on <= on <= clock.today():
        raise CaseRefused(f"交回日期应在交办日期 {given.assigned_on} 至今天之间，请核对。")
    if nil and files:
        raise CaseRefused("选了“没有相关信息”，又附了文件，没有交回；请改选“有”，或者去掉文件。")
    if any(not one.title.strip() for one in files):
        raise CaseRefused("请写明每个文件的名称，不写个人的姓名。")
    if len({one.file.data for one in files}) < len(files):
        raise CaseRefused("有两个文件内容完全相同，没有交回；请去掉一个。")


def _examining(given: Assignment, by: Person) -> Agency:
    """Return where the file is examined: at the unit by its own people, else at the organ of the case."""
    unit = given.unit
    mine = unit is not None and may_screen(standing_on(by, clock.today()), unit)
    return unit if unit is not None and mine else given.case.agency


def _keep(given: Assignment, one: Handed, on: date, by: Person) -> None:
    row = ReturnedFile(
        assignment=given,
        title=one.title.strip(),
        kind=one.file.kind.value,
        added_on=on,
        added_by=by,
    )
    seal_returned(row, one.file.name, one.file.data)
    row.full_clean(validate_constraints=False)
    row.save(force_insert=True)


def _tell_officer(given: Assignment, by: Person) -> None:
    """Tell who gave the matter away that it is back, unless they returned it themselves."""
    if given.assigned_by_id == by.pk:
        return
    notify(
        [given.assigned_by],
        kind="case.returned",
        title="交办事项已交回",
        body=f"申请 {given.case.number} 的交办事项已经交回，请登录后查看。",
        address=reverse("desk-case", args=[given.case.url_key]),
        agency=given.case.agency,
        by=by,
    )


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
        seat for role in IN_A_UNIT for seat in holding_on(role, today).filter(agency=given.unit)
    ]
    return [seat.person for seat in seats]
