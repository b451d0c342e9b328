"""Handing an edition to its reviewers, and taking it back."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.documents.models import Edition
from gongkai.people.models import Person
from gongkai.review.actions.closing import close
from gongkai.review.actions.setting import chain_for
from gongkai.review.models import State, Submission
from gongkai.review.refusal import TOGETHER, ReviewRefused
from gongkai.review.rules import AUTHORS, may_submit
from gongkai.text.canonical import Plain

_REASON = 300


@transaction.atomic
def submit_for_review(edition: Edition, *, by: Person) -> Submission:
    """Close *edition* and hand it to the reviewers of today's chain.

    Raises :class:`ReviewRefused` for one that was submitted before, or whose document is being
    reviewed already, and ``RoleRefused`` for anybody but its author.
    """
    authorise(by, lambda standing: may_submit(standing, edition), step="送审", whose=AUTHORS)
    _refuse_twice(edition)
    chain = chain_for(edition.document, clock.today())
    close(edition, by=by)
    submission = Submission(
        edition=edition,
        document=edition.document,
        chain=chain,
        submitted_by=by,
        at=clock.not_before(edition.closed_at),
        state=State.OPEN,
    )
    try:
        with transaction.atomic():
            submission.save(force_insert=True)
    except IntegrityError as both:
        raise ReviewRefused(TOGETHER) from both
    payload: dict[str, Plain] = {"sha256": edition.sha256, "chain": str(chain.uid)}
    record_of(submission, "review.submitted", payload, by)
    return submission


@transaction.atomic
def withdraw_submission(submission: Submission, *, reason: str, by: Person) -> Submission:
    """Take back one's own submission while it is open. The edition stays; the next one is submitted anew."""
    author = submission.edition.author_person_id
    if by.pk not in (author, submission.submitted_by_id):
        raise ReviewRefused("只有作者本人能撤回送审；认为稿件不妥的，请由审核人退回并写明理由。")
    reason = reason.strip()[:_REASON]
    if not reason:
        raise ReviewRefused("撤回送审必须写明理由，已经看过稿件的审核人要知道为什么。")
    end(submission, State.WITHDRAWN, reason=reason)
    record_of(submission, "review.withdrawn", {"passed": submission.passed}, by)
    return submission


def end(submission: Submission, state: State, *, reason: str = "") -> None:
    """Close *submission* as *state*, unless somebody else has ended or moved it meanwhile."""
    mine = Submission.objects.filter(pk=submission.pk, state=State.OPEN, passed=submission.passed)
    last = submission.verdicts.aggregate(last=Max("at"))["last"]
    ended = clock.not_before(submission.at, last)
    if not mine.update(state=state, ended_at=ended, withdrawn_reason=reason):
        raise ReviewRefused(
            "这次送审已由他人办理（通过、退回、撤回或签封），不能重复办理。请刷新后查看结果。"
        )
    submission.refresh_from_db()


def record_of(submission: Submission, kind: str, payload: dict[str, Plain], by: Person) -> None:
    """Record an event of *submission* in the stream of the agency that publishes."""
    stream = submission.document.agency.code
    record(kind, stream=stream, subject=f"submission:{submission.uid}", payload=payload, by=by)


def _refuse_twice(edition: Edition) -> None:
    before = Submission.objects.filter(edition=edition).first()
    if before is not None:
        raise ReviewRefused(
            f"《{edition.title}》第 {edition.n} 版已经送审过（{before.get_state_display()}）："
            "一版只送审一次，改后请另立下一版再送审。"
        )
    if Submission.objects.filter(document=edition.document, state=State.OPEN).exists():
        raise ReviewRefused(
            f"《{edition.title}》的另一版正在审核：一份文档同时只审一版。请等它办结，或者由作者先撤回。"
        )
