"""What waits for whom: the reviewer's list, the author's, and what an officer has to look after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.models import Agency, AgencyName, Role
from gongkai.agencies.queries import visible_to, working_as
from gongkai.agencies.standing import Standing
from gongkai.law.rules import Rules
from gongkai.people.audience import staff
from gongkai.review.models import StageKind, State, Submission
from gongkai.review.queries import (
    drafts_of,
    for_lists,
    loans_between,
    next_stage,
    not_made_good,
    same_device_submissions,
    seen_by,
    standing_still,
    waiting_for,
)
from gongkai.review.rules import ROLE_OF, may_lend
from gongkai.review.todo import waited
from gongkai.rulebook.queries import rules_on

_MOST = 50


@dataclass(frozen=True)
class Line:
    """A submission in a list: whose, whose turn, for how long."""

    submission: Submission
    agency: str
    turn: StageKind | None
    waited: str


@staff
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for me; what is on its way in the agencies I may see; what departs from the ordinary way."""
    standing, names = standing_of(request), names_of(request)
    rules = rules_on(standing.on)
    page = Paginator(for_lists(waiting_for(standing)), _MOST).get_page(request.GET.get("page"))
    mine = list(page)
    recent = list(for_lists(seen_by(standing)).order_by("-at", "-pk")[:_MOST])
    prefetch_related_objects([*mine, *recent], "chain__stages")
    lines = _lines(recent, names, rules)
    context = {
        "mine": _lines(mine, names, rules),
        "page": page,
        "drafts": drafts_of(standing)[:_MOST],
        "on_the_way": [line for line in lines if line.turn],
        "ended": [line for line in lines if not line.turn],
        "today": standing.on,
        **_for_officers(standing),
    }
    return render(request, "review/waiting.html", context)


@staff
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every submission one may see, a page at a time, the newest first; ``?state=`` narrows."""
    standing = standing_of(request)
    state = request.GET.get("state", "")
    rows = for_lists(seen_by(standing)).order_by("-at", "-pk")
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, _MOST).get_page(request.GET.get("page"))
    prefetch_related_objects(list(page), "chain__stages")
    context = {
        "page": page,
        "lines": _lines(page, names_of(request), rules_on(standing.on)),
        "states": [("", "全部"), *State.choices],
        "state": state if state in State.values else "",
    }
    return render(request, "review/all.html", context)


def _lines(rows: Iterable[Submission], names: dict[int, AgencyName], rules: Rules) -> list[Line]:
    return [
        Line(row, names[row.document.agency_id].short, next_stage(row), waited(row, rules))
        for row in rows
    ]


def _still(agencies: QuerySet[Agency], standing: Standing) -> list[tuple[Submission, str, str]]:
    """Return what nobody can judge today, with the stage and the role that is missing."""
    found = standing_still(agencies, standing.on)
    return [(row, stage.label, ROLE_OF[stage].label) for row, stage in found]


def _for_officers(standing: Standing) -> dict[str, object]:
    """Haste, one device, loans: of one's own agency for its officer, of every agency for the county's."""
    officer = standing.is_any(Role.OPENNESS_OFFICER, Role.LEADER)
    agencies = (
        visible_to(standing)
        if may_lend(standing)
        else working_as(standing, Role.OPENNESS_OFFICER, Role.LEADER)
    )
    if not officer:
        return {"officer": False}
    year = standing.on.replace(month=1, day=1)
    loans = loans_between(year, standing.on).filter(submission__document__agency__in=agencies)
    return {
        "officer": True,
        "urgent": list(not_made_good(agencies).defer("edition__canonical")[:_MOST]),
        "same_device": list(same_device_submissions(agencies, standing.on)),
        "still": _still(agencies, standing),
        "loans": loans.count(),
        "year": standing.on.year,
    }
