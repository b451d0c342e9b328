"""Disputes as a register says them: entering the past asks no role; officers use the verbs beside these."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.audit.actions import record
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.models import Case, Dispute
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def record_dispute(case: Case, *, kind: Dispute.Kind, number: str, on: date, by: Person) -> Dispute:
    """Record a reconsideration or suit over *case*."""
    return file_dispute(Dispute(case=case, kind=kind, number=number, filed_on=on), by=by)


@transaction.atomic
def file_dispute(dispute: Dispute, *, by: Person) -> Dispute:
    """Write an unsaved *dispute* down. Raises ``ValidationError``, :class:`CaseRefused` for a second one."""
    taken = f"{dispute.number} 刚刚由另一位同志登记，一件复议、诉讼只登记一次；请在列表里查看。"
    try:
        dispute.full_clean()
    except ValidationError as wrong:  # of somebody who was a moment faster
        if Dispute.objects.filter(kind=dispute.kind, number=dispute.number).exists():
            raise CaseRefused(taken) from wrong
        raise
    insert_once(dispute, taken)
    _audit("dispute.filed", dispute, by)
    return dispute


@transaction.atomic
def conclude_dispute(dispute: Dispute, *, result: Dispute.Result, on: date, by: Person) -> Dispute:
    """Record how a dispute ended, once."""
    changed = Dispute.objects.filter(pk=dispute.pk, concluded_on=None).update(
        result=result, concluded_on=on
    )
    if not changed:
        raise CaseRefused(f"{dispute.number} 已登记审结，请刷新后查看结果。")
    dispute.refresh_from_db()
    _audit("dispute.concluded", dispute, by)
    return dispute


def _audit(kind: str, dispute: Dispute, by: Person) -> None:
    payload: dict[str, Plain] = {
        "kind": str(dispute.kind),
        "number": dispute.number,
        "result": str(dispute.result),
    }
    stream = dispute.case.agency.code
    record(kind, stream=stream, subject=f"dispute:{dispute.uid}", payload=payload, by=by)
