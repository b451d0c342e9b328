"""Files a unit gave back: looked at, and taken over into what the applicant is given."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit.actions import record
from gongkai.files.kinds import Kind
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.models import ReturnedFile
from gongkai.foi.handling.sealed import open_returned
from gongkai.foi.issuing.actions.enclosing import enclose_file
from gongkai.foi.issuing.models import Enclosure
from gongkai.foi.personal.actions import LookRefused
from gongkai.foi.personal.queries import LOOKED
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.rules import MAY_LOOK, may_look_at_identity
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def look_at_returned(row: ReturnedFile, *, reason: Reason, by: Person) -> tuple[str, bytes]:
    """Return name and bytes of a file a unit gave back, after writing into the log who took it and for what.

    Raises ``RoleRefused``, :class:`LookRefused` for one that was destroyed, and
    :class:`~gongkai.vault.cipher.Unreadable`.
    """
    case = row.assignment.case
    authorise(
        by,
        lambda standing: may_look_at_identity(standing, case),
        step="查看交回的文件",
        whose=MAY_LOOK,
    )
    if not row.alg:
        raise LookRefused("这个文件已随申请人身份信息按保存期限销毁，只留名称和校验值。")
    opened = open_returned(row)
    payload: dict[str, Plain] = {
        "number": case.number,
        "reason": Reason(reason).value,
        "returned": str(row.uid),
    }
    record(LOOKED, stream=case.agency.code, subject=f"case:{case.uid}", payload=payload, by=by)
    return opened


def take_over(row: ReturnedFile, *, on: date, by: Person) -> Enclosure:
    """Put a file a unit gave back to what the applicant is given, through the gate like any other.

    Taken out again, it may be taken over once more. Raises what :func:`look_at_returned` and
    :func:`enclose_file` raise; :class:`CaseRefused` for what is there already.
    """
    there = row.enclosure
    if there is not None and there.taken_out_on is None:
        raise CaseRefused(f"“{row.title}”已经在给申请人的文件里，不用再放；请刷新后查看。")
    name, data = look_at_returned(row, reason=Reason.REPLY, by=by)
    file = Inspected(name, Kind(row.kind), data)
    enclosed = enclose_file(row.assignment.case, file, title=row.title, on=on, by=by)
    _point(row, enclosed)
    return enclosed


@transaction.atomic
def _point(row: ReturnedFile, enclosed: Enclosure) -> None:
    """Remember what became of the file."""
    ReturnedFile.objects.filter(pk=row.pk).update(enclosure=enclosed)
    row.enclosure = enclosed
