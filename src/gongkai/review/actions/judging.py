"""What a reviewer says of an edition's bytes. The last approval seals them, in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.inbox.actions import notify
from gongkai.people.models import Person
from gongkai.review.actions.submitting import end, record_of
from gongkai.review.models import Loan, Seal, StageKind, State, Submission, Verdict, Word
from gongkai.review.queries import loan_for, next_stage, stages_of
from gongkai.review.refusal import TOGETHER, ReviewRefused
from gongkai.review.rules import ROLE_OF, may_judge
from gongkai.text.canonical import Plain

_REASON = 1000


@dataclass(frozen=True)
class Signing:
    """How a verdict is signed: from which device (a hash), and whether one has just proved again who one is."""

    device: str = ""
    proved_again: bool = False


@transaction.atomic
def approve_stage(
    submission: Submission, stage: StageKind, *, sha256: str, signing: Signing, by: Person
) -> Verdict:
    """Approve *stage* of *submission*: *sha256* is of the bytes one has read.

    The last approval seals the edition. Raises :class:`ReviewRefused`, and ``RoleRefused`` for
    somebody who does not hold the stage's role today.
    """
    loan = _refuse(submission, stage, sha256, signing, by)
    verdict = _verdict(submission, stage, Word.APPROVE, by, signing, loan)
    verdict.approver_person, verdict.approved_stage = by, stage
    _take_turn(submission)
    _store(verdict)
    payload: dict[str, Plain] = {"stage": stage.value, "sha256": sha256, "loan": loan is not None}
    if submission.passed == len(stages_of(submission.chain)):
        _seal(submission, verdict)
        _tell_author(submission, "review.sealed", "稿件审核通过", "已全部审核通过并签封", by)
        payload["sealed"] = True
    record_of(submission, "review.approved", payload, by)
    return verdict


@transaction.atomic
def reject_stage(
    submission: Submission,
    stage: StageKind,
    *,
    sha256: str,
    reason: str,
    paragraph: int | None = None,
    signing: Signing,
    by: Person,
) -> Verdict:
    """Send *submission* back at *stage* with a reason, and the paragraph it is about where there is one.

    That ends it: the author goes on with the next edition, which passes every stage anew.
    """
    loan = _refuse(submission, stage, sha256, signing, by)
    reason = reason.strip()[:_REASON]
    if not reason:
        raise ReviewRefused("退回必须写明理由，否则作者不知道要改什么。")
    verdict = _verdict(submission, stage, Word.REJECT, by, signing, loan)
    verdict.reason, verdict.paragraph = reason, paragraph
    _store(verdict)
    end(submission, State.REJECTED)
    # The reason is free text and stays on our own pages.
    said = f"在{stage.label}被退回，请登录后看理由，改好后另立下一版重新送审"
    _tell_author(submission, "review.rejected", "稿件被退回", said, by)
    payload: dict[str, Plain] = {"stage": stage.value, "sha256": sha256, "loan": loan is not None}
    record_of(submission, "review.rejected", payload, by)
    return verdict


def _refuse(
    submission: Submission, stage: StageKind, sha256: str, signing: Signing, by: Person
) -> Loan | None:
    """Raise unless *by* may judge *stage* of *submission* now; return the loan it is done by, if any."""
    submission.refresh_from_db()
    loan = _refuse_stranger(submission, stage, by)
    turn = next_stage(submission)
    if turn is None:
        raise ReviewRefused(
            f"这次送审{submission.get_state_display()}，不再接受审核意见。请刷新后查看结果。"
        )
    if turn is not stage:
        raise ReviewRefused(
            f"现在轮到{turn.label}，不是{stage.label}：逐级审核，一级由一人签署一次。请刷新后查看结果。"
        )
    if sha256 != submission.edition.sha256:
        raise ReviewRefused(
            "您看到的文本与送审的版本不是同一字节，意见没有登记（谁审核谁负责）。请刷新，重新阅读后再办理。"
        )
    if stage is StageKind.FINAL and not signing.proved_again:
        raise ReviewRefused("终审须再次验证本人身份：终审之后即可公开。请先验证，再签署意见。")
    return loan


def _refuse_stranger(submission: Submission, stage: StageKind, by: Person) -> Loan | None:
    if submission.edition.author_person_id == by.pk:
        raise ReviewRefused(
            "作者本人不能审核自己的稿件，任何角色都不例外（谁审核谁负责）。请由另一人审核。"
        )
    before = submission.verdicts.filter(approver_person=by).first()
    if before is not None:
        raise ReviewRefused(
            f"您已在{before.get_stage_display()}签署过这一版：一人不能签署两级（三审）。请由另一人审核；"
            "本单位人手不够的，可请县政务公开办借用审核人。"
        )
    standing = standing_on(by, clock.today())
    if may_judge(standing, stage, submission.document.agency):
        return None
    loan = loan_for(submission, stage, standing)
    if loan is None:
        raise RoleRefused(
            f"{stage.label}由公开机关的“{ROLE_OF[stage].label}”角色办理（谁审核谁负责），您今天不担任这一角色，"
            "也没有被借用来审这一件。已经签署的各级意见仍然有效。请由担任该角色的同志办理，或者先登记任职。"
        )
    return loan


def _verdict(
    submission: Submission,
    stage: StageKind,
    word: Word,
    by: Person,
    signing: Signing,
    loan: Loan | None,
) -> Verdict:
    before = submission.verdicts.aggregate(last=Max("at"))["last"]
    return Verdict(
        submission=submission,
        edition=submission.edition,
        stage=stage,
        verdict=word,
        reviewer_person=by,
        author_person=submission.edition.author_person,
        edition_sha256=submission.edition.sha256,
        device=signing.device,
        at=clock.not_before(submission.at, before, loan.at if loan else None),
        loan=loan,
    )


def _take_turn(submission: Submission) -> None:
    """Count the stage as passed; of two at once the second finds it counted already."""
    mine = Submission.objects.filter(pk=submission.pk, state=State.OPEN, passed=submission.passed)
    if not mine.update(passed=submission.passed + 1):
        raise ReviewRefused(TOGETHER)
    submission.passed += 1


def _store(verdict: Verdict) -> None:
    try:
        with transaction.atomic():
            verdict.save(force_insert=True)
    except IntegrityError as refused:
        raise ReviewRefused(TOGETHER) from refused


def _seal(submission: Submission, last: Verdict) -> None:
    edition = submission.edition
    seal = Seal(
        edition=edition,
        sha256=edition.sha256,
        stages=submission.passed,
        sealed_at=last.at,
    )
    seal.full_clean()
    seal.save(force_insert=True)
    end(submission, State.SEALED)


def _tell_author(submission: Submission, kind: str, title: str, said: str, by: Person) -> None:
    edition = submission.edition
    notify(
        [edition.author_person],
        kind=kind,
        title=title,
        body=f"索引号 {submission.document.index_no} 第 {edition.n} 版{said}。",
        address=reverse("review-submission", args=[submission.uid]),
        agency=submission.document.agency,
        by=by,
    )
