"""What the officer at the counter does: take in whoever stands there, and what the post and the fax bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.foi.identity import Identity
from gongkai.foi.models import CaseKind
from gongkai.foi.receiving.actions.confirming import register_when_proved
from gongkai.foi.receiving.actions.sending import Sent
from gongkai.foi.receiving.actions.steps import enter, hold, keep_files, tell, write_step
from gongkai.foi.receiving.codes import Begun, new_number
from gongkai.foi.receiving.content import Asked
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.receiving.models import FileRole, State, StepKind, Submission
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import RECEIVES, may_receive
from gongkai.law.receipt import Channel
from gongkai.people.models import Person


@dataclass(frozen=True)
class Brought:
    """How it came: the channel and the days on paper that prove it. *read_back*: an oral request was read back."""

    channel: Channel
    kind: CaseKind = CaseKind.REQUEST
    handed_on: date | None = None
    signed_on: date | None = None
    arrived_on: date | None = None
    to_office: bool = True
    oral: bool = False
    read_back: bool = False


@transaction.atomic
def receive_at_counter(
    agency: Agency,
    *,
    asked: Asked,
    applicant: Identity,
    klass: str,
    brought: Brought,
    files: Sequence[tuple[FileRole, Inspected]] = (),
    begun: Begun,
    by: Person,
) -> Sent:
    """Take in what was handed over, posted or faxed; what is proved by that is registered at once.

    What needs both sides' confirmation waits for it. The same form sent twice is one submission.
    Raises :class:`SubmissionRefused` for a day that cannot be, and for an oral request not read back.
    """
    authorise(by, lambda standing: may_receive(standing, agency), step="窗口登记", whose=RECEIVES)
    _refuse_impossible(brought)
    row = _row(agency, klass, brought, begun)
    if before := enter(row, asked, applicant, begun):
        return Sent(before, begun.code, again=True)
    for role, file in files:
        keep_files(row, [file], role)
    write_step(row, StepKind.SENT, how="oral" if brought.oral else "", by=by)
    register_when_proved(row, by, code=begun.code)
    tell("received", row, by=by, more={"channel": row.channel, "oral": brought.oral})
    return Sent(row, begun.code)


@transaction.atomic
def add_file(submission: Submission, file: Inspected, *, role: FileRole, by: Person) -> Submission:
    """Add what came later: the signed sheet as a scan, an authority, a slip. Also to a registered one."""
    authorise(
        by,
        lambda standing: may_receive(standing, submission.agency),
        step="补入材料",
        whose=RECEIVES,
    )
    hold(submission, State.WAITING, State.UNREACHABLE, State.REGISTERED)
    keep_files(submission, [file], role)
    write_step(submission, StepKind.FILE_ADDED, how=role.value, by=by)
    tell("file_added", submission, by=by, more={"role": role.value})
    return submission


def _row(agency: Agency, klass: str, brought: Brought, begun: Begun) -> Submission:
    now = clock.now()
    handed = brought.handed_on or clock.legal_date(now)
    return Submission(
        agency=agency,
        number=new_number(),
        form_digest=begun.digest,
        kind=brought.kind,
        channel=brought.channel.value,
        klass=klass,
        submitted_at=now,
        handed_on=handed if brought.channel is Channel.IN_PERSON else None,
        signed_on=brought.signed_on,
        arrived_on=brought.arrived_on or brought.signed_on or clock.legal_date(now),
        to_office=brought.to_office,
        read_back_at=now if brought.oral else None,
    )


def _refuse_impossible(brought: Brought) -> None:
    if brought.oral and not brought.read_back:
        raise SubmissionRefused(
            "口头申请由工作人员代写后，要向申请人宣读或者交其阅读，确认无误再登记（条例第二十九条）。"
        )
    days = (brought.handed_on, brought.signed_on, brought.arrived_on)
    if any(day is not None and day > clock.today() for day in days):
        raise SubmissionRefused("日期不能晚于今天，请对照签收单或者邮戳改正。")
    if brought.channel is Channel.SIGNED_POST and brought.signed_on is None:
        raise SubmissionRefused(
            "邮寄（签收）的申请以签收之日为收到之日（条例第三十一条第二项），请填签收日期。"
        )
