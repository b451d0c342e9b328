"""Destroying the bytes of what the law forbids to keep public: one person proposes, another approves.

What is proposed leaves the site at once. What is approved is gone for good: text, title, fields and files of every
edition. Hashes, seals, reason, persons and days stay, and the address says so.
"""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.documents.actions import destroy_text
from gongkai.documents.blobs import discard
from gongkai.documents.models import Document
from gongkai.people.models import Person
from gongkai.publication.actions.ending import withdraw
from gongkai.publication.actions.pages import ask_touched
from gongkai.publication.actions.writing import begin_writing
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Expunging, Publication
from gongkai.publication.rules import ALERTERS, WITHDRAWERS, may_alert, may_withdraw
from gongkai.text.canonical import Plain

_PUBLIC_REASON = "依法不应公开，正在办理彻底删除。"


@transaction.atomic
def propose_expunging(document: Document, *, reason: str, basis: str, by: Person) -> Expunging:
    """Propose to destroy the bytes of *document*, and take it off the site at once if it is live.

    *reason* is shown to the public and names nobody. Raises :class:`PublicationRefused`, and ``RoleRefused``.
    """
    agency = document.agency
    authorise(
        by,
        lambda standing: may_withdraw(standing, agency),
        step="提出彻底删除",
        whose=WITHDRAWERS,
    )
    if not Publication.objects.filter(document=document).exists():
        raise PublicationRefused("这件信息没有公开过，请作废草稿；彻底删除只用于已经公开的信息。")
    row = Expunging(
        document=document,
        reason=reason.strip(),
        basis=basis.strip(),
        proposed_by=by,
        proposed_at=clock.now(),
    )
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as wrong:
        raise PublicationRefused("请写明理由和依据，各不超过 300 字和 200 字。") from wrong
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as second:
        raise PublicationRefused("这件信息已经提出彻底删除，请等待另一人批准。") from second
    _record("expunging.proposed", row, {"basis": row.basis}, by)
    live = Publication.objects.filter(document=document, live=True).first()
    if live is not None:  # last: its files go before the transaction is committed
        withdraw(live, reason=_PUBLIC_REASON, by=by)
    return row


@transaction.atomic
def approve_expunging(expunging: Expunging, *, by: Person) -> Expunging:
    """Destroy the bytes. Raises :class:`PublicationRefused` for who proposed it, and when it is done already."""
    authorise(by, may_alert, step="批准彻底删除", whose=ALERTERS)
    if expunging.proposed_by_id == by.pk:
        raise PublicationRefused("提出的人不能自己批准：彻底删除须由两个人办，请另一位负责人批准。")
    waiting = Expunging.objects.filter(pk=expunging.pk, approved_at=None)
    if not waiting.update(approved_by=by, approved_at=clock.now()):
        raise PublicationRefused("这件信息已经彻底删除，请刷新后查看。")
    expunging.refresh_from_db()
    destroyed = destroy_text(expunging.document, by=by)
    publications = list(Publication.objects.filter(document=expunging.document))
    ask_touched(publications)
    _record("expunging.approved", expunging, {"basis": expunging.basis}, by)
    transaction.on_commit(partial(discard, destroyed.files))
    transaction.on_commit(begin_writing)
    return expunging


def _record(kind: str, row: Expunging, payload: dict[str, Plain], by: Person) -> None:
    stream, subject = row.document.agency.code, f"document:{row.document.uid}"
    record(kind, stream=stream, subject=subject, payload=payload, by=by)
