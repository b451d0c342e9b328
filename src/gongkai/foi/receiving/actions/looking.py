"""Opening who it was, and what was attached: nothing is shown before it is in the log who looked."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.queries import standing_on
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.foi.identity import Identity
from gongkai.foi.personal.actions import LookRefused
from gongkai.foi.personal.queries import LOOKED
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.receiving.models import Submission, SubmissionFile
from gongkai.foi.receiving.rules import READS, may_read
from gongkai.foi.receiving.sealing import open_file, open_identity
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def look_at_submission(submission: Submission, *, reason: Reason, by: Person) -> Identity:
    """Return who sent *submission*, after writing into the agency's log who looked and for what.

    Raises :class:`~gongkai.foi.personal.actions.LookRefused` for somebody whose task it is not, and where
    nothing is kept here.
    """
    _refuse_strangers(submission, by)
    if not submission.identity:
        raise LookRefused(
            "这里已经没有身份信息：登记为申请的，到案件的“申请人身份信息”页查看；撤回或者到期的，已经销毁。"
        )
    identity = open_identity(submission)
    _log(submission, reason, {}, by)
    return identity


@transaction.atomic
def look_at_file(file: SubmissionFile, *, reason: Reason, by: Person) -> tuple[str, bytes]:
    """Return name and bytes of *file*, after writing into the log who took it and for what.

    Raises :class:`~gongkai.foi.personal.actions.LookRefused`.
    """
    _refuse_strangers(file.submission, by)
    if not file.ciphertext:
        raise LookRefused("这个文件已经按规定销毁，不能再下载。")
    opened = open_file(file)
    _log(file.submission, reason, {"file": str(file.uid)}, by)
    return opened


def _refuse_strangers(submission: Submission, by: Person) -> None:
    if not may_read(standing_on(by, clock.today()), submission.agency):
        raise LookRefused(f"申请人身份信息和材料只给{READS}查看；您没有这个职务，这次没有显示。")


def _log(submission: Submission, reason: Reason, more: dict[str, Plain], by: Person) -> None:
    number = submission.case.number if submission.case else submission.number
    payload: dict[str, Plain] = {"number": number, "reason": reason.value, **more}
    record(
        LOOKED,
        stream=submission.agency.code,
        subject=f"submission:{submission.uid}",
        payload=payload,
        by=by,
    )
