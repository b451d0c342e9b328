"""What every step asks first: whose task it is, whether the case allows it now, whether its day can be."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.authority import Order, authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.facts import Facts, facts_of
from gongkai.foi.handling.offers import why_not
from gongkai.foi.models import Case
from gongkai.foi.rules import may_take
from gongkai.foi.table import BY_NAME
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


def permit(case: Case, name: str, *, on: date, by: Person, order: Order | None = None) -> Facts:
    """Return the facts of *case* when *by* may take the step *name* on a day.

    Raises ``RoleRefused`` for somebody whose task it is not, :class:`CaseRefused` for a state or a guard
    that does not allow it and for a day in the future or before the request was received.
    """
    step = BY_NAME[name]
    authorise(
        by,
        lambda standing: may_take(standing, step, case),
        step=f"“{step.label}”（{step.article}）",
        whose=f"受理机关的{step.whose}",
        order=order,
    )
    _refuse_day(case, on)
    facts = facts_of(case, on)
    if why := why_not(facts, step, by):
        raise CaseRefused(why)
    return facts


def log(case: Case, kind: str, payload: dict[str, Plain], by: Actor) -> None:
    """Record a step that adds a record and leaves the events as they are."""
    payload = {"number": case.number, **payload}
    record(kind, stream=case.agency.code, subject=f"case:{case.uid}", payload=payload, by=by)


def _refuse_day(case: Case, on: date) -> None:
    today = clock.today()
    if on > today:
        raise CaseRefused(f"日期 {on} 晚于今天（{today}），还没有发生的事不能登记；请核对日期。")
    if on < case.received_on:
        raise CaseRefused(
            f"日期 {on} 早于收到申请的日期 {case.received_on}（条例第三十一条）；请核对日期。"
        )
