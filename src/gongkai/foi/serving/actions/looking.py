"""Opening the slip of a service, or the names on it: never without a record."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit.actions import record
from gongkai.foi.actions import CaseRefused
from gongkai.foi.personal.queries import LOOKED
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.rules import MAY_LOOK, may_look_at_identity
from gongkai.foi.serving.models import ServicePaper
from gongkai.foi.serving.sealed import open_paper
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def look_at_paper(paper: ServicePaper, *, reason: Reason, by: Person) -> tuple[str, bytes]:
    """Return name and bytes of *paper*, after writing into the agency's log who looked and for what.

    Raises ``RoleRefused``, :class:`CaseRefused` for one that was destroyed, and
    :class:`~gongkai.vault.cipher.Unreadable`.
    """
    case = paper.attempt.case
    authorise(
        by,
        lambda standing: may_look_at_identity(standing, case),
        step="查看送达凭证",
        whose=MAY_LOOK,
    )
    if not paper.ciphertext:
        raise CaseRefused("这份送达凭证已经按保存期限销毁，不能恢复；送达日期和方式仍在案件里。")
    opened = open_paper(paper)
    payload: dict[str, Plain] = {"number": case.number, "reason": Reason(reason).value}
    record(LOOKED, stream=case.agency.code, subject=f"case:{case.uid}", payload=payload, by=by)
    return opened
