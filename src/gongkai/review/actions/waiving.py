"""Letting an edition out without a seal: recorded, with who answers for it and why."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.documents.models import Edition
from gongkai.law.errors import LawError
from gongkai.people.models import Person
from gongkai.review.actions.closing import close
from gongkai.review.models import Seal, Waiver, WaiverKind
from gongkai.review.refusal import TOGETHER, WaiverRefused
from gongkai.review.rules import LEADERS, may_let_out
from gongkai.rulebook.queries import rules_on
from gongkai.text.canonical import Plain

_URGENT = "approval.urgent_due"
_REASON = 300


@transaction.atomic
def grant_urgent_waiver(edition: Edition, *, reason: str, by: Person) -> Waiver:
    """Let *edition* go out before its review, which must be complete by the day ``approval.urgent_due`` names.

    The edition is closed: what goes out is what will be reviewed. Raises :class:`WaiverRefused`, and
    ``RoleRefused`` for anybody but the leader of the agency that publishes.
    """
    agency = edition.document.agency
    authorise(
        by, lambda standing: may_let_out(standing, agency), step="批准紧急发布", whose=LEADERS
    )
    _refuse_urgent(edition, reason, by)
    close(edition, by=by, refusal=WaiverRefused)
    rules = rules_on(clock.today())
    try:
        due = rules.calendar.nth_working_after(rules.on, rules.number(_URGENT))
    except LawError as unknown:
        raise WaiverRefused(f"算不出补审的期限：{unknown}") from unknown
    waiver = Waiver(
        edition=edition,
        kind=WaiverKind.URGENT,
        approver=by,
        reason=reason.strip()[:_REASON],
        due=due,
    )
    try:
        with transaction.atomic():
            waiver.save(force_insert=True)
    except IntegrityError as both:
        raise WaiverRefused(TOGETHER) from both
    payload: dict[str, Plain] = {
        "kind": WaiverKind.URGENT.value,
        "sha256": edition.sha256,
        "due": due.isoformat(),
    }
    subject = f"edition:{edition.uid}"
    record("waiver.granted", stream=agency.code, subject=subject, payload=payload, by=by)
    return waiver


def _refuse_urgent(edition: Edition, reason: str, by: Person) -> None:
    if not reason.strip():
        raise WaiverRefused("紧急发布必须写明理由：未经三审先行公开，事后要补审并计数。")
    if edition.author_person_id == by.pk:
        raise WaiverRefused(
            "紧急发布的批准人不能是作者本人（谁审核谁负责），请由另一位负责人批准。"
        )
    if edition.document.disclosure != "public":
        raise WaiverRefused(
            f"《{edition.title}》的公开属性是“{edition.document.get_disclosure_display()}”，不能主动公开。"
        )
    if Seal.objects.filter(edition=edition).exists():
        raise WaiverRefused(f"《{edition.title}》已审核签封，可以直接发布，不用紧急发布。")
    if Waiver.objects.filter(edition=edition).exists():
        raise WaiverRefused(f"《{edition.title}》这一版已有免审记录，不用再批。")


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
