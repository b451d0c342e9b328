"""What waits in disputes: answers to file, decisions that are overdue, answers to be given again by a day."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from gongkai.agencies.models import Level
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.foi.disputes.clocks import answer_due, decision_due
from gongkai.foi.disputes.listing import with_answers
from gongkai.foi.disputes.rules import ENTERS
from gongkai.foi.models import Dispute
from gongkai.law.rules import Rules


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield what *standing* has to do in the disputes of its agencies: one query."""
    if not standing.is_any(*ENTERS):
        return
    mine = Dispute.objects.filter(case__agency__in=working_as(standing, *ENTERS))
    waiting = Q(concluded_on=None) | Q(redo__case__decided_on=None, redo__until__isnull=False)
    found = with_answers(mine.filter(waiting)).select_related("case__agency", "redo__case")
    for dispute in found.order_by("filed_on", "pk"):
        agency = dispute.case.agency
        if not standing.holds_for(ENTERS, agency.pk, Level(agency.level)):
            continue
        if item := _item(dispute, standing, rules):
            yield item


def _item(dispute: Dispute, standing: Standing, rules: Rules) -> Todo | None:
    about, whose = f"{dispute.get_kind_display()} {dispute.number}", dispute.case.agency_id
    if dispute.concluded_on is not None:
        case, until = dispute.redo.case, dispute.redo.until
        page = ("desk-case", case.url_key)
        what = f"{about}责令重新答复：申请 {case.number}"
        return Todo(what, "重新答复", page, whose, due=until, basis="文书写明的最后一日")
    page = ("dispute", str(dispute.uid))
    if not dispute.answered:  # type: ignore[attr-defined]  # annotated
        due = answer_due(dispute, rules)
        act = "提交答复（答辩）和证据，并登记"
        basis = "复议法第四十八条、第五十四条；行政诉讼法第六十七条"
        return Todo(about, act, page, whose, due=due, basis=basis)
    due = decision_due(dispute, extended=dispute.extended, rules=rules)  # type: ignore[attr-defined]  # annotated
    if due is None or due >= standing.on:
        return None
    what = f"{about}：审理期限 {due} 已满，没有登记结果"
    return Todo(what, "核实后登记审结，或者登记延长", page, whose, basis="年报表四")
