"""What waits in the matter of review: stages to judge, those nobody can, texts sent out in haste and not reviewed yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import visible_to, working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Row, Rows, Todo
from gongkai.audit import clock
from gongkai.law.errors import LawError
from gongkai.law.rules import Rules
from gongkai.review.models import Submission
from gongkai.review.queries import (
    next_stage,
    not_made_good,
    stuck_at,
    waiting_for,
    without_officers,
)
from gongkai.review.rules import ROLE_OF, may_lend

_ANSWER_FOR = (Role.LEADER, Role.OPENNESS_OFFICER, Role.FINAL_REVIEWER)


def todo(standing: Standing, rules: Rules) -> Iterator[Todo | Rows]:
    """Yield the stages that wait for *standing*, then those nobody can judge, then urgent publications to be made good."""
    if standing.is_any(*ROLE_OF.values()):
        yield from _to_judge(standing, rules)
    if standing.is_any(*_ANSWER_FOR):
        agencies = _answered_for(standing)
        yield from _to_unblock(agencies, standing)
        yield from _to_make_good(agencies)


def _to_judge(standing: Standing, rules: Rules) -> Iterator[Todo]:
    for submission in (
        waiting_for(standing)
        .select_related("edition", "document", "chain")
        .prefetch_related("chain__stages")
        .defer("edition__canonical")
    ):
        stage = next_stage(submission)
        if stage is not None:
            yield Todo(
                what=f"{stage.label}：{submission.edition.title}（{waited(submission, rules)}）",
                act="审核",
                page=("review-submission", submission.uid),
                agency_id=submission.document.agency_id,
                basis="谁审核谁负责",
            )


def waited(submission: Submission, rules: Rules) -> str:
    """Say for how many working days *submission* has waited."""
    since = clock.legal_date(submission.at)
    try:
        days = rules.calendar.count_working(since, rules.on) - rules.calendar.is_working(since)
    except LawError:
        return f"{since} 送审"
    return f"送审已 {days} 个工作日" if days > 0 else "今天送审"


def _answered_for(standing: Standing) -> QuerySet[Agency]:
    return visible_to(standing) if may_lend(standing) else working_as(standing, *_ANSWER_FOR)


def _to_unblock(agencies: QuerySet[Agency], standing: Standing) -> Iterator[Rows]:
    whose = {"uid": "uid", "whose": "document__agency_id", "name": "edition__title"}
    found = without_officers(agencies, standing.on)
    yield Rows(found, lambda row: _unblock(row, standing.on), whose)


def _unblock(row: Row, on: date) -> Todo | None:
    stage = stuck_at(Submission.objects.get(uid=row.uid), on)
    if stage is None:
        return None
    return Todo(
        what=f"没有人能做{stage.label}：{row.name}",
        act="任命或者借人",
        page=("review-submission", row.uid),
        agency_id=row.whose,
        basis="谁审核谁负责",
    )


def _to_make_good(agencies: QuerySet[Agency]) -> Iterator[Rows]:
    whose = {"whose": "edition__document__agency_id", "day": "due"}
    found = not_made_good(agencies).select_related(None)
    yield Rows(found, _make_good, {"name": "edition__title", **whose})


def _make_good(row: Row) -> Todo:
    return Todo(
        what=f"紧急发布待补审：{row.name}",
        act="补办审核",
        page=("review",),
        agency_id=row.whose,
        due=row.day,
        basis="紧急发布，事后补审",
    )
