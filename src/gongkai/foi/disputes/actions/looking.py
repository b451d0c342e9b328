"""Opening what is claimed in a dispute: nothing is shown before it is in the log who looked and for what."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit.actions import record
from gongkai.foi.actions import CaseRefused
from gongkai.foi.disputes.rules import WHO_READS, may_read_claims
from gongkai.foi.disputes.sealed import asked_in
from gongkai.foi.models import Dispute
from gongkai.foi.personal.queries import LOOKED
from gongkai.foi.personal.reasons import Reason
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def look_at_claims(dispute: Dispute, *, reason: Reason, by: Person) -> str:
    """Return what is claimed in *dispute*, after writing into the agency's log who looked and for what.

    Raises ``RoleRefused``, :class:`CaseRefused` where nothing is kept, and
    :class:`~gongkai.vault.cipher.Unreadable`.
    """
    case = dispute.case
    authorise(
        by, lambda standing: may_read_claims(standing, case), step="查看请求事项", whose=WHO_READS
    )
    if not dispute.asked:
        raise CaseRefused(
            "没有登记请求事项，或者已随申请人身份信息按保存期限销毁；请查看纸质案卷。"
        )
    asked = asked_in(dispute)
    more: dict[str, Plain] = {"number": case.number, "reason": reason.value}
    payload = {**more, "dispute": str(dispute.uid)}
    record(LOOKED, stream=case.agency.code, subject=f"case:{case.uid}", payload=payload, by=by)
    return asked
