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
from gongkai.foi.issuing.actions.enclosing import examine, keep_enclosure
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


def take_over(row: ReturnedFile, *, title: str = "", on: date, by: Person) -> Enclosure:
    """Put a file a unit gave back to what the applicant is given, through the gate like any other.

    *title*: what the letter lists it as, where that is not what the unit called it.
    Taken out again, it may be taken over once more. Raises what :func:`look_at_returned` and
    :func:`keep_enclosure` raise; :class:`CaseRefused` for what is there already.
    """
    _refuse_there(row)
    name, data = look_at_returned(row, reason=Reason.REPLY, by=by)
    file = Inspected(name, Kind(row.kind), data)
    examine(row.assignment.case, file, on=on, by=by)
    return _keep(row, file, title=title.strip() or row.title, on=on, by=by)


@transaction.atomic
def _keep(row: ReturnedFile, file: Inspected, *, title: str, on: date, by: Person) -> Enclosure:
    """Put the examined file to the case and remember what became of it: both or neither, whatever is killed."""
    enclosed = keep_enclosure(row.assignment.case, file, title=title, on=on, by=by)
    ReturnedFile.objects.filter(pk=row.pk).update(enclosure=enclosed)
    row.enclosure = enclosed
    return enclosed


def _refuse_there(row: ReturnedFile) -> None:
    there = row.enclosure
    if there is not None and there.taken_out_on is None:
        raise CaseRefused(f"“{row.title}”已经在给申请人的文件里，不用再放；请刷新后查看。")
