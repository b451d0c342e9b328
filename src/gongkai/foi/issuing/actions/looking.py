"""Opening a letter or an enclosure: nothing is given out before it is in the log who took it and for what."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit.actions import record
from gongkai.foi.issuing.models import Enclosure, IssuedLetter
from gongkai.foi.issuing.sealed import Written, open_file, open_letter
from gongkai.foi.models import Case
from gongkai.foi.personal.actions import LookRefused
from gongkai.foi.personal.queries import LOOKED
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.rules import MAY_LOOK, may_look_at_identity
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def look_at_letter(letter: IssuedLetter, *, reason: Reason, by: Person) -> Written:
    """Return the bytes of *letter* after writing into the agency's log who opened it and for what.

    Raises ``RoleRefused``, :class:`LookRefused` for one that was destroyed, and
    :class:`~gongkai.vault.cipher.Unreadable`.
    """
    _authorise(letter.case, "查看文书", by)
    if not letter.alg:
        raise LookRefused("这份文书已随申请人身份信息按保存期限销毁，只留文号和校验值。")
    written = open_letter(letter)
    _log(letter.case, reason, {"letter": str(letter.uid)}, by)
    return written


@transaction.atomic
def look_at_enclosure(enclosure: Enclosure, *, reason: Reason, by: Person) -> tuple[str, bytes]:
    """Return name and bytes of *enclosure*, logged in the same way."""
    _authorise(enclosure.case, "查看给申请人的文件", by)
    if not enclosure.alg:
        raise LookRefused("这个文件已随申请人身份信息按保存期限销毁，只留名称和校验值。")
    opened = open_file(enclosure)
    _log(enclosure.case, reason, {"enclosure": str(enclosure.uid)}, by)
    return opened


def _authorise(case: Case, step: str, by: Person) -> None:
    authorise(by, lambda standing: may_look_at_identity(standing, case), step=step, whose=MAY_LOOK)


def _log(case: Case, reason: Reason, more: dict[str, Plain], by: Person) -> None:
    payload: dict[str, Plain] = {"number": case.number, "reason": Reason(reason).value, **more}
    subject = f"case:{case.uid}"
    record(LOOKED, stream=case.agency.code, subject=subject, payload=payload, by=by)
