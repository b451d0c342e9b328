"""Small bureaus borrow a reviewer, so that nobody signs two stages. Every loan is recorded and counted."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import standing_on
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.review.actions.submitting import record_of
from gongkai.review.models import Lending, Loan, StageKind, State, Submission
from gongkai.review.queries import lenders_on
from gongkai.review.refusal import TOGETHER, ReviewRefused
from gongkai.review.rules import LENDERS, ROLE_OF, may_judge, may_lend
from gongkai.text.canonical import Plain

_REASON = 300


@transaction.atomic
def set_lending(agency: Agency, *, lends: bool, since: date, by: Person) -> Lending:
    """Write whether *agency* lends its reviewers from *since* on."""
    authorise(by, may_lend, step="设置审核人出借", whose=LENDERS)
    row = Lending(agency=agency, lends=lends, since=since)
    row.full_clean()
    row.save(force_insert=True)
    payload: dict[str, Plain] = {"lends": lends, "since": since.isoformat()}
    subject = f"agency:{agency.uid}"
    record("review.lending", stream=agency.code, subject=subject, payload=payload, by=by)
    return row


@transaction.atomic
def lend_reviewer(
    submission: Submission,
    stage: StageKind,
    *,
    reviewer: Person,
    lender: Agency,
    reason: str,
    by: Person,
) -> Loan:
    """Let *reviewer* of *lender* judge *stage* of *submission*.

    Raises :class:`ReviewRefused` where the lender does not lend, the reviewer does not hold the role
    there, wrote the text or has signed another stage, or no reason is given.
    """
    authorise(by, may_lend, step="批准借用审核人", whose=LENDERS)
    reason = reason.strip()[:_REASON]
    _refuse(submission, stage, reviewer, lender, reason, by)
    loan = Loan(
        submission=submission,
        stage=stage,
        reviewer=reviewer,
        lender=lender,
        approved_by=by,
        reason=reason,
        at=clock.now(),
    )
    try:
        with transaction.atomic():
            loan.save(force_insert=True)
    except IntegrityError as both:
        raise ReviewRefused(TOGETHER) from both
    payload: dict[str, Plain] = {"stage": stage.value, "lender": lender.code, "loan": str(loan.uid)}
    record_of(submission, "review.lent", payload, by)
    return loan


def _refuse(
    submission: Submission,
    stage: StageKind,
    reviewer: Person,
    lender: Agency,
    reason: str,
    by: Person,
) -> None:
    today = clock.today()
    if not reason:
        raise ReviewRefused("借用审核人必须写明理由，例如本单位只有两人：借用要计数并公开比例。")
    if submission.state != State.OPEN:
        raise ReviewRefused(
            f"这次送审{submission.get_state_display()}，不用再借审核人。请刷新后查看。"
        )
    if reviewer == by:
        raise ReviewRefused("不能批准借用自己。请由政务公开办的另一位同志批准。")
    if not lenders_on(today).filter(pk=lender.pk).exists():
        raise ReviewRefused(
            "这个机关今天不在出借审核人的机关之列。请先把它设为出借机关，或者另选一个。"
        )
    if not may_judge(standing_on(reviewer, today), stage, lender):
        raise ReviewRefused(
            f"这位同志今天在出借机关不担任“{ROLE_OF[stage].label}”，不能借来做{stage.label}。请另选一人。"
        )
    signed = submission.verdicts.filter(approver_person=reviewer).exists()
    if reviewer.pk == submission.edition.author_person_id or signed:
        raise ReviewRefused(
            "这位同志是作者，或者已签署过另一级：一人不能签署两级（三审）。请另选一人。"
        )
