"""Laying two requests side by side: nothing is shown before it is in the log who looked at both."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit.actions import record
from gongkai.foi.issuing.addressee import contents_of
from gongkai.foi.models import Case
from gongkai.foi.personal.actions import LookRefused
from gongkai.foi.personal.queries import LOOKED
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.resembling.queries import Found
from gongkai.foi.rules import MAY_LOOK, may_look_at_identity
from gongkai.people.models import Person


@dataclass(frozen=True)
class SideBySide:
    """What was asked in the later request, and in the earlier."""

    later: str
    earlier: str


@transaction.atomic
def look_at_both(found: Found, *, reason: Reason, by: Person) -> SideBySide:
    """Return what both requests ask for, after writing a look at each into the agency's log.

    Raises ``RoleRefused``, and :class:`LookRefused` where one of them cannot be opened.
    """
    later, earlier = found.likeness.case, found.earlier
    authorise(
        by,
        lambda standing: may_look_at_identity(standing, later),
        step="比对两件申请的内容",
        whose=MAY_LOOK,
    )
    words = contents_of([later.pk, earlier.pk])
    if not (words.get(later.pk) and words.get(earlier.pk)):
        raise LookRefused(
            "其中一件的申请内容已经销毁，或者用现在的密钥打不开，不能比对；请系统管理员运行 gongkai keys check 核对。"
        )
    for case in (later, earlier):
        _log(case, reason, by)
    return SideBySide(words[later.pk], words[earlier.pk])


def _log(case: Case, reason: Reason, by: Person) -> None:
    payload = {"number": case.number, "reason": Reason(reason).value, "what": "asked"}
    record(LOOKED, stream=case.agency.code, subject=f"case:{case.uid}", payload={**payload}, by=by)
