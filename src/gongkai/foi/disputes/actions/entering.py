"""What officers write down of a dispute: that it came, what happened in it, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.foi.actions import CaseRefused, Opening, insert_once, open_case
from gongkai.foi.disputes.actions.recording import conclude_dispute, file_dispute
from gongkai.foi.disputes.models import DisputeStep, Redo
from gongkai.foi.disputes.rules import WHO_ENTERS, may_enter
from gongkai.foi.disputes.sealed import seal_asked
from gongkai.foi.models import Case, CaseKind, Dispute
from gongkai.people.models import Person
from gongkai.text.canonical import Plain

REDO_CHANNEL = "redo"
"""How a case came about that a decision ordered: by no channel of a request."""
Kind = DisputeStep.Kind
PASSING = (Kind.RESPONDED, Kind.HEARING, Kind.EXTENDED)
"""What may happen before the end."""


@dataclass(frozen=True)
class Entry:
    """A dispute as its papers tell it. *after*: the reconsideration a suit follows."""

    kind: Dispute.Kind
    number: str
    organ: str
    procedure: Dispute.Procedure
    filed_on: date
    copied_on: date
    asked: str = ""
    after: Dispute | None = None


@dataclass(frozen=True)
class Ending:
    """How it ended: *on* the day of the decision, *arrived_on* the day it came.

    *redo*: the request is to be answered again, *until* the last day where the decision names one.
    """

    result: Dispute.Result
    on: date
    arrived_on: date
    paper: str = ""
    withdrawn: bool = False
    redo: bool = False
    until: date | None = None


@transaction.atomic
def enter_dispute(case: Case, entry: Entry, *, by: Person) -> Dispute:
    """Enter a reconsideration or suit over *case*, whose answer is due from the day its copy came."""
    _permit(case, "登记复议、诉讼", by)
    _refuse_entry(case, entry)
    dispute = Dispute(
        case=case,
        kind=entry.kind,
        number=entry.number.strip(),
        filed_on=entry.filed_on,
        organ=entry.organ.strip(),
        procedure=entry.procedure,
        copied_on=entry.copied_on,
        after=entry.after,
    )
    seal_asked(dispute, entry.asked.strip())
    file_dispute(dispute, by=by)
    _append(dispute, Kind.ACCEPTED, entry.filed_on, by=by)
    return dispute


@transaction.atomic
def record_step(dispute: Dispute, kind: DisputeStep.Kind, *, on: date, by: Person) -> DisputeStep:
    """Record an answer filed, a hearing, or that the organ extended its limit (复议法第六十二条)."""
    _permit(dispute.case, f"登记“{kind.label}”", by)
    if kind not in PASSING:
        raise ValueError(kind)
    if kind is Kind.EXTENDED and dispute.kind != Dispute.Kind.REVIEW:
        raise CaseRefused("延长审理期限只对行政复议登记（复议法第六十二条）；诉讼以法院通知为准。")
    _refuse_concluded(dispute)
    _refuse_day(on, dispute.filed_on, "受理日期")
    return _append(dispute, kind, on, by=by)


@transaction.atomic
def end_dispute(dispute: Dispute, ending: Ending, *, by: Person) -> Dispute:
    """Record how *dispute* ended, once; where the request is to be answered again, open that case.

    The new case is of its own kind and refers to the first: the first keeps its decision and its row, and
    the second is not counted in table 3 unless the county says so (parameter ``redecision.counted``).
    """
    _permit(dispute.case, "登记审结", by)
    _refuse_day(ending.on, dispute.filed_on, "受理日期")
    _refuse_day(ending.arrived_on, ending.on, "作出决定、裁判的日期")
    _refuse_ending(ending)
    conclude_dispute(dispute, result=ending.result, on=ending.on, by=by)
    _append(dispute, Kind.WITHDRAWN if ending.withdrawn else Kind.DECIDED, ending.on, ending, by=by)
    if ending.redo:
        _reopen(dispute, ending, by)
    return dispute


def _reopen(dispute: Dispute, ending: Ending, by: Person) -> Redo:
    first = dispute.case
    opened = Opening(ending.arrived_on, REDO_CHANNEL, clock.start_of(ending.arrived_on))
    case = open_case(first.agency, first.applicant, opened, kind=CaseKind.REDO, by=by)
    redo = Redo(dispute=dispute, case=case, until=ending.until)
    redo.full_clean()
    redo.save(force_insert=True)
    payload: dict[str, Plain] = {"number": case.number, "first": first.number}
    subject = f"dispute:{dispute.uid}"
    record("dispute.reopened", stream=first.agency.code, subject=subject, payload=payload, by=by)
    return redo


def _append(
    dispute: Dispute, kind: DisputeStep.Kind, on: date, ending: Ending | None = None, *, by: Person
) -> DisputeStep:
    step = DisputeStep(
        dispute=dispute,
        kind=kind,
        on=on,
        arrived_on=ending.arrived_on if ending else None,
        paper=ending.paper.strip() if ending else "",
        result=ending.result if ending else "",
        at=clock.now(),
        by_uid=by.uid,
        by_name=by.name,
    )
    # What is there once is judged by the database: two officers may ask at the same moment.
    step.full_clean(validate_constraints=False)
    insert_once(step, f"{dispute.number} 已经登记过“{kind.label}”，不能再登记；请刷新后查看。")
    payload: dict[str, Plain] = {"number": dispute.number, "on": on.isoformat()}
    stream, subject = dispute.case.agency.code, f"dispute:{dispute.uid}"
    record(f"dispute.{kind.value}", stream=stream, subject=subject, payload=payload, by=by)
    return step


def _permit(case: Case, step: str, by: Person) -> None:
    authorise(by, lambda standing: may_enter(standing, case), step=step, whose=WHO_ENTERS)


def _refuse_entry(case: Case, entry: Entry) -> None:
    if not entry.number.strip() or not entry.organ.strip():
        raise CaseRefused("请写明复议机关或者法院，以及它编的案号：年报表四一件一件列出。")
    if Dispute.objects.filter(kind=entry.kind, number=entry.number.strip()).exists():
        raise CaseRefused(
            f"{entry.kind.label} {entry.number} 已经登记，一件只登记一次；请在复议、诉讼的列表里查看。"
        )
    _refuse_day(entry.filed_on, case.received_on, "收到申请的日期")
    _refuse_day(entry.copied_on, entry.filed_on, "受理日期")
    if (entry.kind == Dispute.Kind.AFTER_REVIEW) is (entry.after is None):
        raise CaseRefused(
            "“复议后起诉”须选出它接着哪一件复议，其他种类不选（行政诉讼法第四十五条）。"
            "复议还没有登记的，请先登记复议。"
        )
    if entry.after is not None:
        first = entry.after
        if first.case_id != case.pk or first.kind != Dispute.Kind.REVIEW:
            raise CaseRefused("复议后起诉只能接着本案的行政复议，请从列表里选。")
        _refuse_day(entry.filed_on, first.filed_on, f"复议 {first.number} 的受理日期")


def _refuse_ending(ending: Ending) -> None:
    if ending.withdrawn and ending.result is not Dispute.Result.OTHER:
        raise CaseRefused("申请人撤回的，结果是“其他结果”（年报表四），请改选。")
    if ending.redo and ending.result is not Dispute.Result.CORRECTED:
        raise CaseRefused("责令重新答复的，结果是“结果纠正”（年报表四），请改选。")
    if ending.until is not None and not ending.redo:
        raise CaseRefused(
            "只有责令重新答复的才写最后一日；请勾选“责令重新答复”，或者去掉这个日期。"
        )
    if ending.until is not None and ending.until < ending.arrived_on:
        raise CaseRefused(f"文书写明的最后一日 {ending.until} 早于收到文书的日期，请核对。")


def _refuse_concluded(dispute: Dispute) -> None:
    """Hold the row until commit, so that nothing is added to a dispute somebody concludes just now."""
    waiting = Dispute.objects.filter(pk=dispute.pk, concluded_on=None)
    if not waiting.update(kind=dispute.kind):
        raise CaseRefused(f"{dispute.number} 已登记审结，不能再登记经过；请刷新后查看。")


def _refuse_day(on: date, first: date, what: str) -> None:
    today = clock.today()
    if on > today:
        raise CaseRefused(f"日期 {on} 晚于今天（{today}），还没有发生的事不能登记；请核对日期。")
    if on < first:
        raise CaseRefused(f"日期 {on} 早于{what} {first}；请核对日期。")
