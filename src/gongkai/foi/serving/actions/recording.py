"""What came of an attempt. A decision counts as served here and nowhere else, on the day its way's rule gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.audit import clock
from gongkai.audit.identity import Actor
from gongkai.foi.actions import CaseRefused, append_event, insert_once
from gongkai.foi.charging.actions.arriving import fee_notice_arrived
from gongkai.foi.handling.actions.consulting import enquiry_arrived
from gongkai.foi.handling.actions.correcting import notice_arrived
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.machine import EventKind
from gongkai.foi.models import Case
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.serving.models import (
    PaperKind,
    Result,
    ServiceAttempt,
    ServicePaper,
    What,
)
from gongkai.foi.serving.sealed import seal_paper
from gongkai.law.errors import LawError
from gongkai.law.rules import Rules
from gongkai.law.service import WITNESSES, Means, Served, notice_ends, served
from gongkai.people.models import Person
from gongkai.people.program import APPLICANT
from gongkai.rulebook.queries import rules_on
from gongkai.text.canonical import Plain
from gongkai.text.personal_data import with_masks

_SIGNED = (Means.HANDED, Means.ENTRUSTED)
_BETWEEN_NAMES = re.compile(r"[\s、，,；;]+")
_CONFIRMED = "申请人凭收件编号和查询码在查询页确认收到"


@dataclass(frozen=True)
class Slip:
    """What proves a result: *proof* in words, the *names* on it and its *scan*, both of which are sealed."""

    proof: str
    names: str = ""
    scan: Inspected | None = None


@transaction.atomic
def record_result(
    attempt: ServiceAttempt,
    *,
    result: Result,
    slip: Slip,
    on: date,
    order: Order | None = None,
    by: Person,
) -> ServiceAttempt:
    """Record what the slip of *attempt* says happened on *on*. No day of service is typed.

    A public notice is served when its days have passed, whatever day is given. Raises
    :class:`CaseRefused` without proof, and for the second of two officers.
    """
    rules = rules_on(attempt.sent_on)
    if result is Result.DELIVERED and attempt.means == Means.NOTICE:
        on = _end_of_notice(attempt, rules)
    permit(attempt.case, "record-service", on=on, by=by, order=order)
    _refuse_unproved(attempt, result, slip, rules)
    _settle(attempt, result, slip.proof, on, by)
    if result is Result.DELIVERED:
        _has_arrived(attempt, _day(attempt, on, rules), by)
    _keep(attempt, slip)
    _tell(attempt, by)
    return attempt


@transaction.atomic
def confirm_received(attempt: ServiceAttempt, *, by: Actor = APPLICANT) -> ServiceAttempt:
    """The applicant says on the status page that a letter sent electronically is there: its day is today.

    Raises :class:`CaseRefused` when nothing was sent that way, or its result is on file.
    """
    if attempt.means != Means.ELECTRONIC or not attempt.waiting or attempt.asked_id is not None:
        raise CaseRefused("没有等待您确认的电子文书，或者结果已经登记；请刷新后查看。")
    today = clock.today()
    _settle(attempt, Result.DELIVERED, _CONFIRMED, today, None)
    _has_arrived(attempt, _day(attempt, today, rules_on(attempt.sent_on)), by)
    _tell(attempt, by)
    return attempt


def _end_of_notice(attempt: ServiceAttempt, rules: Rules) -> date:
    end = notice_ends(attempt.sent_on, rules)
    if clock.today() < end:
        raise CaseRefused(
            f"公告自 {attempt.sent_on} 发出，到 {end} 才满，期满后才视为送达；请到时再登记。"
        )
    return end


def _refuse_unproved(attempt: ServiceAttempt, result: Result, slip: Slip, rules: Rules) -> None:
    if not slip.proof.strip():
        raise CaseRefused(
            "送达结果须有凭证（送达回证、签收回执、退回的信封），请写明；没有凭证的不算送达"
            "（国办公开办函〔2016〕235号）。"
        )
    if result is not Result.DELIVERED:
        return
    names = [name for name in _BETWEEN_NAMES.split(slip.names) if name]
    if attempt.means in _SIGNED and not names:
        raise CaseRefused("直接送达、委托送达以签收为凭，请写明签收人；姓名加密保存。")
    least = rules.number(WITNESSES)
    if attempt.means == Means.LEFT and len(set(names)) < least:
        raise CaseRefused(
            f"留置送达须有至少 {least} 名见证人（参照《民事诉讼法》第八十九条，参数 {WITNESSES}），"
            "请写明姓名，用顿号隔开；姓名加密保存。"
        )


def _settle(
    attempt: ServiceAttempt, result: Result, proof: str, on: date, by: Person | None
) -> None:
    """Write the result, once. Raises :class:`CaseRefused` for whoever comes second."""
    if on < attempt.sent_on:
        raise CaseRefused(
            f"送到或者未送到的日期 {on} 早于发出的日期 {attempt.sent_on}，请对照凭证改正。"
        )
    attempt.result, attempt.ended_on = result.value, on
    attempt.proof, attempt.recorded_by = with_masks(proof.strip()), by
    attempt.clean_fields()
    waiting = ServiceAttempt.objects.filter(pk=attempt.pk, result=Result.WAITING)
    if not waiting.update(result=attempt.result, ended_on=on, proof=attempt.proof, recorded_by=by):
        raise CaseRefused("这一次送达的结果已经由另一位经办人登记，请刷新后查看。")


def _day(attempt: ServiceAttempt, on: date, rules: Rules) -> Served:
    try:
        return served(Means(attempt.means), attempt.sent_on, on, rules)
    except LawError as trouble:
        raise CaseRefused(str(trouble)) from trouble


def _has_arrived(attempt: ServiceAttempt, day: Served, by: Actor) -> None:
    """What follows from an arrival, as the table of letters has it: the decision is served, a period begins to run."""
    case: Case = attempt.case
    if attempt.what == What.DECISION:
        payload: dict[str, Plain] = {"way": attempt.means, "attempt": str(attempt.uid)}
        append_event(case, EventKind.SERVED, day.served_on, payload, by)
    elif attempt.what == What.CORRECTION:
        notice_arrived(case, proof=attempt.proof, on=day.known_on, by=by)
    elif attempt.what == What.FEE:
        fee_notice_arrived(case, proof=attempt.proof, on=day.known_on, by=by)
    elif attempt.what == What.ENQUIRY and attempt.asked is not None:
        attempt.asked.case = case
        enquiry_arrived(attempt.asked, proof=attempt.proof, on=day.known_on, by=by)


def _keep(attempt: ServiceAttempt, slip: Slip) -> None:
    if slip.names.strip():
        _keep_one(attempt, PaperKind.NAMES, "", slip.names.strip().encode())
    if slip.scan is not None:
        scan = slip.scan
        _keep_one(attempt, PaperKind.SCAN, scan.name, scan.data, format_=scan.kind.value)


def _keep_one(
    attempt: ServiceAttempt, kind: PaperKind, name: str, data: bytes, format_: str = ""
) -> None:
    paper = ServicePaper(attempt=attempt, kind=kind, format=format_, added_at=clock.now())
    seal_paper(paper, name, data)
    paper.full_clean(validate_constraints=False)
    insert_once(paper, "这一次送达的凭证已经有了，没有重复保存；请刷新后查看。")


def _tell(attempt: ServiceAttempt, by: Actor) -> None:
    assert attempt.ended_on is not None  # noqa: S101  # just settled
    payload: dict[str, Plain] = {
        "what": attempt.what,
        "means": attempt.means,
        "result": attempt.result,
        "on": attempt.ended_on.isoformat(),
    }
    log(attempt.case, "case.service_recorded", payload, by)
