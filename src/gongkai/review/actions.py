"""Writing waivers. Chains and verdicts come with the publishing room's work."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.audit.actions import record
from gongkai.documents.models import Edition
from gongkai.people.models import Person
from gongkai.review.models import Waiver, WaiverKind
from gongkai.text.canonical import Plain


class WaiverRefused(Exception):
    """A waiver that the rules do not allow."""


@transaction.atomic
def waive_as_imported(
    editions: Sequence[Edition], *, agency: Agency, reason: str, by: Person
) -> list[Waiver]:
    """Record that *editions* were published elsewhere before this ledger began, so carry no seal of ours.

    *by* answers for it and may not be the author (谁审核谁负责). The waivers are counted and shown.
    """
    if not reason.strip():
        raise WaiverRefused("补录历史数据必须写明理由：它们没有经过本系统的三审。")
    if any(edition.author_person_id == by.pk for edition in editions):
        raise WaiverRefused("补录的批准人不能是作者本人（谁审核谁负责），请由另一人批准。")
    if any(edition.document.agency_id != agency.pk for edition in editions):
        raise WaiverRefused("一批补录只能是同一个机关的文档，请按机关分批补录。")
    waivers = [
        Waiver(edition=edition, kind=WaiverKind.IMPORTED, approver=by, reason=reason)
        for edition in editions
    ]
    Waiver.objects.bulk_create(waivers, batch_size=500)
    payload: dict[str, Plain] = {
        "kind": WaiverKind.IMPORTED.value,
        "count": len(waivers),
        "reason": reason,
    }
    record(
        "waiver.granted", stream=agency.code, subject=f"agency:{agency.uid}", payload=payload, by=by
    )
    return waivers
