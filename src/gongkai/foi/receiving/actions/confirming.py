"""Both sides confirm, and the submission becomes a request; or nobody is reached, or it is none."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.standing import Standing
from gongkai.audit.identity import Actor
from gongkai.foi.actions import Arrival, CaseRefused, register_case
from gongkai.foi.issuing.actions.receipting import Ticket, write_receipt
from gongkai.foi.models import Case, CaseKind
from gongkai.foi.receiving.actions.steps import hold, tell, write_step
from gongkai.foi.receiving.models import State, StepKind, Submission
from gongkai.foi.receiving.queries import facts_of, receipt_of, registering, steps_of
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import (
    BOTH_AT_ONCE,
    OFFICE_CONFIRMS,
    RECEIVES,
    UNREACHED,
    Ground,
    How,
    confirmations,
    may_receive,
)
from gongkai.foi.receiving.sealing import open_identity
from gongkai.foi.resembling.actions.marking import mark
from gongkai.law.receipt import Channel
from gongkai.people.models import Person
from gongkai.people.program import APPLICANT

_OPEN = (State.WAITING, State.UNREACHABLE)


@transaction.atomic
def confirm_by_office(
    submission: Submission, *, how: How, note: str = "", by: Person
) -> Submission:
    """Record that the office confirmed the receipt, *how*; who spoke with the applicant records both sides.

    When both are on file the request is registered with today's day (条例第三十一条): no day is typed.
    Raises :class:`SubmissionRefused` for the second of two officers, and for what is no longer waiting.
    """
    _authorise(submission, "确认收件", by)
    if how not in OFFICE_CONFIRMS:
        raise SubmissionRefused(
            "请选择怎样确认的：没有确认的方式，收到日期就没有证据（条例第三十一条）。"
        )
    hold(submission, *_OPEN)
    had = confirmations(steps_of(submission))
    if StepKind.OFFICE_CONFIRMED not in had:
        write_step(submission, StepKind.OFFICE_CONFIRMED, how=how, note=note, by=by)
    elif how not in (*BOTH_AT_ONCE, How.ANSWERED):
        raise SubmissionRefused(
            f"收件 {submission.number} 的受理机构一方已经确认过，还缺申请人的确认。申请人回复后选“申请人已回复确认”。"
        )
    answered = how in BOTH_AT_ONCE or how is How.ANSWERED
    if answered and StepKind.APPLICANT_CONFIRMED not in had:
        write_step(submission, StepKind.APPLICANT_CONFIRMED, how=how, note=note, by=by)
    _settle(submission, by)
    tell("office_confirmed", submission, by=by, more={"how": how.value})
    return submission


@transaction.atomic
def confirm_by_applicant(
    submission: Submission, *, code: str = "", by: Actor = APPLICANT
) -> Submission:
    """Record that the applicant confirmed with number and query code; its instant is the proof.

    *code*: the one they typed, for the receipt that this confirmation may call for.
    Raises :class:`SubmissionRefused` when it is no longer waiting or was confirmed already.
    """
    hold(submission, *_OPEN)
    write_step(submission, StepKind.APPLICANT_CONFIRMED, how=How.STATUS_PAGE, by=by)
    _settle(submission, by, code)
    tell("applicant_confirmed", submission, by=by)
    return submission


@transaction.atomic
def record_unreachable(
    submission: Submission, *, how: How, note: str = "", by: Person
) -> Submission:
    """Record that the applicant was not reached: the days begin when contact is restored (2015〕207号)."""
    _authorise(submission, "登记联系情况", by)
    if how not in UNREACHED:
        raise SubmissionRefused(
            "请选择为什么联系不上，登记才能作为证据（国办公开办函〔2015〕207号）。"
        )
    hold(submission, *_OPEN)
    _move(submission, State.UNREACHABLE)
    write_step(submission, StepKind.UNREACHABLE, how=how, note=note, by=by)
    tell("unreachable", submission, by=by, more={"how": how.value})
    return submission


@transaction.atomic
def refuse_submission(
    submission: Submission, *, ground: Ground, note: str, by: Person
) -> Submission:
    """Say that what arrived is no request. The record stays, with *ground* and a *note* that explains it.

    Raises :class:`SubmissionRefused` without a note.
    """
    _authorise(submission, "不作为申请登记", by)
    if not note.strip():
        raise SubmissionRefused("请写明看到了什么、为什么不是申请：这条记录要经得起申请人来问。")
    hold(submission, *_OPEN)
    _move(submission, State.REFUSED)
    write_step(submission, StepKind.REFUSED, how=ground.value, note=note, by=by)
    tell("refused", submission, by=by, more={"ground": ground.value})
    return submission


def register_when_proved(submission: Submission, by: Actor, *, code: str = "") -> Case | None:
    """Register *submission* as a request if its receipt is proved, and write its receipt; the row must be held.

    *code*: its query code, where whoever acts has it at hand; nothing here keeps it.
    The identity goes over to the request and is kept here no longer.
    """
    steps = steps_of(submission)
    received = receipt_of(submission, steps).on
    if received is None:
        return None
    agency = registering(submission, received)
    if agency is None:
        raise SubmissionRefused(
            "受理机关已经撤销，职能由几个机关承接，没有确认。请承接这件事的机关在“窗口登记”照实登记，再告诉申请人。"
        )
    arrival = Arrival(
        Channel(submission.channel), facts_of(submission, steps), submission.submitted_at
    )
    try:
        case = register_case(
            agency,
            applicant=open_identity(submission),
            klass=submission.klass,
            arrival=arrival,
            kind=CaseKind(submission.kind),
            by=by,
        )
    except CaseRefused as refused:
        raise SubmissionRefused(str(refused)) from refused
    submission.case, submission.state = case, State.REGISTERED
    submission.identity, submission.digest = b"", ""
    submission.identity_key = submission.identity_alg = ""
    submission.save(
        update_fields=["case", "state", "identity", "identity_key", "identity_alg", "digest"]
    )
    write_step(submission, StepKind.REGISTERED, by=by)
    write_receipt(case, Ticket(submission.number, code), by=by)
    mark(case)
    return case


def _settle(submission: Submission, by: Actor, code: str = "") -> None:
    if (
        register_when_proved(submission, by, code=code) is None
        and submission.state != State.WAITING
    ):
        _move(submission, State.WAITING)  # somebody was reached again


def _move(submission: Submission, state: State) -> None:
    submission.state = state
    submission.save(update_fields=["state"])


def _authorise(submission: Submission, step: str, by: Person) -> None:
    def may(standing: Standing) -> bool:
        return may_receive(standing, submission.agency)

    authorise(by, may, step=step, whose=RECEIVES)
