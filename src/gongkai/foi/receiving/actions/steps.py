"""What every step of a submission shares: whose turn it is, the row that tells of it, the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, models, transaction

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.foi.identity import Identity
from gongkai.foi.receiving.codes import Begun
from gongkai.foi.receiving.content import Asked
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.receiving.models import (
    FileRole,
    State,
    StepKind,
    Submission,
    SubmissionFile,
    SubmissionStep,
)
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.sealing import code_hash, seal_content, seal_file, seal_identity
from gongkai.text.canonical import Plain
from gongkai.text.personal_data import with_masks


def hold(submission: Submission, *states: State) -> None:
    """Take the row until commit, if it is still as it was read and in one of *states*.

    Raises :class:`SubmissionRefused` for whoever comes second.
    """
    mine = Submission.objects.filter(
        pk=submission.pk, revision=submission.revision, state__in=states
    )
    if not mine.update(revision=models.F("revision") + 1):
        submission.refresh_from_db(fields=["state", "revision"])
        raise SubmissionRefused(
            f"收件 {submission.number} 刚刚有人办过，现在是“{submission.get_state_display()}”，"
            "这一步没有重复办理。请刷新后查看。"
        )
    submission.revision += 1


def enter(row: Submission, asked: Asked, applicant: Identity, begun: Begun) -> Submission | None:
    """Seal what was written into *row* and save it. Return what the same form sent before, None for a new one."""
    sent = Submission.objects.filter(form_digest=begun.digest)
    if before := sent.first():
        return before
    seal_content(row, asked, code_hash(begun.code))
    seal_identity(row, applicant)
    row.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the other click of a double click came first
        return sent.get()
    return None


def write_step(
    submission: Submission, kind: StepKind, *, how: str = "", note: str = "", by: Actor
) -> SubmissionStep:
    """Append what happened. Numbers of persons in *note* are masked: it is not sealed.

    Raises :class:`SubmissionRefused` for what happens once and has happened.
    """
    step = SubmissionStep(
        submission=submission,
        kind=kind,
        how=how,
        note=with_masks(note.strip()),
        at=clock.now(),
        by_uid=by.uid,
        by_name=by.name,
    )
    step.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError as taken:
        raise SubmissionRefused(
            f"收件 {submission.number} 已经记过“{kind.label}”，没有重复登记。请刷新后查看。"
        ) from taken
    return step


def keep_files(
    submission: Submission, files: Sequence[Inspected], role: FileRole = FileRole.ATTACHMENT
) -> None:
    """Keep *files*, sealed."""
    for file in files:
        row = SubmissionFile(
            submission=submission,
            role=role,
            kind=file.kind.value,
            size=len(file.data),
            added_at=clock.now(),
        )
        seal_file(row, file.name, file.data)
        row.full_clean()
        row.save(force_insert=True)


def tell(
    what: str, submission: Submission, *, by: Actor, more: Mapping[str, Plain] | None = None
) -> None:
    """Write into the agency's log that *what* happened; nothing of what was written by the applicant."""
    payload: dict[str, Plain] = {"number": submission.number, **(more or {})}
    record(
        f"submission.{what}",
        stream=submission.agency.code,
        subject=f"submission:{submission.uid}",
        payload=payload,
        by=by,
    )
