"""What waits in disputes: answers to file, decisions that are overdue, answers to be given again by a day."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import NO_DAY, Row, Rows, Todo
from gongkai.foi.disputes.clocks import answer_due, decision_due
from gongkai.foi.disputes.listing import with_answers
from gongkai.foi.disputes.rules import ENTERS
from gongkai.foi.models import Dispute
from gongkai.law.rules import Rules

_DISPUTE = {"uid": "uid", "name": "number", "whose": "case__agency_id", "text": "kind"}


def todo(standing: Standing, rules: Rules) -> Iterator[Rows]:
    """Yield what *standing* has to do in the disputes of its agencies."""
    if not standing.is_any(*ENTERS):
        return
    mine = with_answers(Dispute.objects.filter(case__agency__in=working_as(standing, *ENTERS)))
    going_on = mine.filter(concluded_on=None)
    since = Coalesce(F("copied_on"), Value(NO_DAY))
    columns = {**_DISPUTE, "more": "procedure", "days": "extended"}
    yield Rows(
        going_on.filter(answered=False),  # type: ignore[misc]  # annotated
        lambda row: _to_answer(row, rules),
        {**columns, "day": since},
    )
    yield Rows(
        going_on.filter(answered=True),  # type: ignore[misc]  # annotated
        lambda row: _overdue(row, rules),
        {**columns, "day": "filed_on"},
    )
    again = mine.filter(redo__case__decided_on=None, redo__until__isnull=False)
    redo = {"day": "redo__until", "key": "redo__case__url_key", "more": "redo__case__number"}
    yield Rows(again.exclude(concluded_on=None), _to_give_again, {**_DISPUTE, **redo})


def _to_answer(row: Row, rules: Rules) -> Todo:
    copied_on = None if row.day == NO_DAY else row.day
    dispute = Dispute(kind=row.text, procedure=row.more, copied_on=copied_on)
    act = "提交答复（答辩）和证据，并登记"
    basis = "复议法第四十八条、第五十四条；行政诉讼法第六十七条"
    due = answer_due(dispute, rules)
    return Todo(_about(row), act, ("dispute", str(row.uid)), row.whose, due=due, basis=basis)


def _overdue(row: Row, rules: Rules) -> Todo | None:
    dispute = Dispute(kind=row.text, procedure=row.more, filed_on=row.day)
    due = decision_due(dispute, extended=bool(row.days), rules=rules)
    if due is None or due >= rules.on:
        return None
    what = f"{_about(row)}：审理期限 {due} 已满，没有登记结果"
    page = ("dispute", str(row.uid))
    return Todo(what, "核实后登记审结，或者登记延长", page, row.whose, basis="年报表四")


def _to_give_again(row: Row) -> Todo:
    what = f"{_about(row)}责令重新答复：申请 {row.more}"
    page, basis = ("desk-case", row.key), "文书写明的最后一日"
    return Todo(what, "重新答复", page, row.whose, due=row.day, basis=basis)


def _about(row: Row) -> str:
    return f"{Dispute.Kind(row.text).label} {row.name}"
