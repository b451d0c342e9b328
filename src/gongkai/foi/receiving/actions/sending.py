"""What the applicant does: send, and within ten minutes change or take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.models import Agency, refuse_after_the_end
from gongkai.audit import clock
from gongkai.audit.identity import Actor
from gongkai.foi.identity import Identity
from gongkai.foi.models import CaseKind
from gongkai.foi.receiving.actions.steps import enter, hold, keep_files, tell, write_step
from gongkai.foi.receiving.codes import Begun, new_number
from gongkai.foi.receiving.content import Asked
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.receiving.models import State, StepKind, Submission
from gongkai.foi.receiving.queries import steps_of
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import CHANGED_WITHIN, may_change
from gongkai.foi.receiving.sealing import code_of, seal_content, seal_identity
from gongkai.law.receipt import Channel
from gongkai.people.program import APPLICANT


@dataclass(frozen=True)
class Sent:
    """A submission and the query code that opens it; *again*: this form had been sent before."""

    submission: Submission
    code: str
    again: bool = False


@transaction.atomic
def submit(
    agency: Agency,
    *,
    asked: Asked,
    applicant: Identity,
    klass: str,
    files: Sequence[Inspected] = (),
    begun: Begun,
    by: Actor = APPLICANT,
) -> Sent:
    """Take in what was sent over the internet. No day of receipt follows from it (条例第三十一条第三项).

    The same form sent twice is one submission, with the same number and code.
    Raises :class:`SubmissionRefused` when the agency is no more.
    """
    _refuse_dissolved(agency)
    now = clock.now()
    row = Submission(
        agency=agency,
        number=new_number(),
        form_digest=begun.digest,
        kind=CaseKind.REQUEST,
        channel=Channel.WEB.value,
        klass=klass,
        submitted_at=now,
        arrived_on=clock.legal_date(now),
    )
    if before := enter(row, asked, applicant, begun):
        return Sent(before, begun.code, again=True)
    keep_files(row, files)
    write_step(row, StepKind.SENT, by=by)
    tell("sent", row, by=by, more={"channel": row.channel, "files": len(files)})
    return Sent(row, begun.code)


@transaction.atomic
def amend(
    submission: Submission,
    *,
    asked: Asked,
    applicant: Identity,
    klass: str,
    files: Sequence[Inspected] = (),
    by: Actor = APPLICANT,
) -> Submission:
    """Put what the applicant now says in the place of what was sent; new *files* replace the old ones.

    Raises :class:`SubmissionRefused` after ten minutes, or when an officer has begun to confirm.
    """
    refuse_late(submission)
    kept_code = code_of(submission)
    hold(submission, State.WAITING)
    submission.klass = klass
    seal_content(submission, asked, kept_code)
    seal_identity(submission, applicant)
    submission.full_clean(validate_unique=False)
    _save_sealed(submission)
    if files:
        _destroy_files(submission)
        keep_files(submission, files)
    write_step(submission, StepKind.AMENDED, by=by)
    tell("amended", submission, by=by, more={"files": len(files)})
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, by: Actor = APPLICANT) -> Submission:
    """Take a submission back within ten minutes: what was written is destroyed, its number stays.

    Raises :class:`SubmissionRefused` later: from then on 撤回 is a step of the request itself.
    """
    refuse_late(submission)
    kept_code = code_of(submission)
    hold(submission, State.WAITING)
    submission.state = State.WITHDRAWN
    seal_content(submission, None, kept_code)
    submission.identity, submission.digest = b"", ""
    submission.identity_key = submission.identity_alg = ""
    _save_sealed(submission)
    _destroy_files(submission)
    write_step(submission, StepKind.WITHDRAWN, by=by)
    tell("withdrawn", submission, by=by)
    return submission


def _save_sealed(submission: Submission) -> None:
    submission.save(
        update_fields=[
            *("klass", "state", "content", "content_key", "content_alg"),
            *("identity", "identity_key", "identity_alg", "digest", "through_agent"),
        ]
    )


def _destroy_files(submission: Submission) -> None:
    submission.files.exclude(ciphertext=b"").update(ciphertext=b"", key_id="", alg="")


def refuse_late(submission: Submission) -> None:
    """Raise :class:`SubmissionRefused` when *submission* can no longer be changed or taken back on line."""
    if may_change(submission, steps_of(submission), clock.now()):
        return
    minutes = CHANGED_WITHIN.seconds // 60
    raise SubmissionRefused(
        f"收件 {submission.number} 不能在网上修改或者撤回了：只能在提交后 {minutes} 分钟内、受理机构开始确认之前。"
        "需要改的，请在受理机构与您联系时说明，或者打电话给受理机构。"
    )


def _refuse_dissolved(agency: Agency) -> None:
    try:
        refuse_after_the_end(agency, clock.today())
    except ValidationError as gone:
        raise SubmissionRefused("；".join(gone.messages)) from gone
