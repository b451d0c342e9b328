"""Making an approved edition public: the page is on the disk before the action returns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.documents.models import Disclosure, Document, Edition
from gongkai.people.models import Person
from gongkai.publication.actions.finding import let_find
from gongkai.publication.actions.listing import place
from gongkai.publication.actions.pages import (
    Written,
    ask_touched,
    drop,
    keep,
    prepare_own,
    settle_own,
)
from gongkai.publication.actions.writing import begin_writing
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Ending, EndingKind, Publication
from gongkai.publication.rules import PUBLISHERS, may_publish
from gongkai.review.models import Seal, Waiver, WaiverKind
from gongkai.text.canonical import Plain

SKEW = timedelta(hours=2)
"""How far back a machine's clock may have been put: beyond it, the day on the page would be a wrong one."""
_REPLACED = "同一文档的新版本已经发布。"


@transaction.atomic
def publish_edition(edition: Edition, *, by: Person) -> Publication:
    """Put *edition* before the public in place of the document's present one (条例第二十三、二十六条).

    It carries its seal, or the waiver of an urgent publication (不变量一). Its own page lies on the disk before the
    transaction is committed, and has its name when this returns; lists and feeds follow.

    Raises :class:`PublicationRefused`, and ``RoleRefused`` for somebody who does not publish for the agency.
    """
    agency = edition.document.agency
    authorise(by, lambda standing: may_publish(standing, agency), step="发布信息", whose=PUBLISHERS)
    before = _publications_of(edition.document)
    approval = _approval(edition, before)
    at = _instant(edition, approval, before)
    publication = Publication(
        document=edition.document,
        edition=edition,
        published_at=at,
        seq=_supersede(before, at, by),
        live=True,
        seal=approval if isinstance(approval, Seal) else None,
        waiver=approval if isinstance(approval, Waiver) else None,
    )
    _enter(publication)
    place([publication])
    let_find(publication)
    ask_touched([publication])
    pages = own_pages(publication)
    payload: dict[str, Plain] = {"n": edition.n, "seq": publication.seq, "sha256": edition.sha256}
    subject = f"document:{edition.document.uid}"
    record("publication.live", stream=agency.code, subject=subject, payload=payload, by=by)
    show_once_committed(pages)
    return publication


def own_pages(publication: Publication) -> list[Written]:
    """Put the publication's own pages on the disk. Raises :class:`PublicationRefused`: there is no room."""
    ready: list[Written] = []
    try:
        ready = prepare_own(publication)
        keep(ready)
    except OSError as full:
        drop(ready)
        raise PublicationRefused(
            f"网页写不进磁盘（{full.strerror}），没有发布，稿件和审核都还在。请系统管理员腾出空间后再发布。"
        ) from full
    return ready


def show_once_committed(pages: Sequence[Written]) -> None:
    """Give *pages* their names after the commit, and begin with what else is due.

    By then it is done, whatever the disk says: what fails is logged and stays due, and the worker writes it.
    """

    def show() -> None:
        try:
            settle_own(pages)
        except Exception:
            drop(pages)
            raise

    transaction.on_commit(show, robust=True)
    transaction.on_commit(begin_writing, robust=True)


def _publications_of(document: Document) -> list[Publication]:
    """Return what went out of *document*, the latest first, each with its edition's number *n*."""
    every = Publication.objects.filter(document=document).order_by("-seq")
    return list(every.annotate(n=F("edition__n")))


def _approval(edition: Edition, before: Sequence[Any]) -> Seal | Waiver:
    title = edition.title
    if edition.closed_at is None:
        raise PublicationRefused(
            f"《{title}》还没有送审，不能发布（先审查、后公开，条例第十七条）。请先送审。"
        )
    if edition.document.disclosure != Disclosure.PUBLIC:
        raise PublicationRefused(
            f"《{title}》的公开属性是“{edition.document.get_disclosure_display()}”，不能主动公开。"
            "如情况有变，请先重新评估公开属性（条例第十八条）。"
        )
    if any(one.n > edition.n for one in before):
        raise PublicationRefused(
            f"《{title}》已经公开过比第 {edition.n} 版更新的版本，旧版不能再盖过它。"
            "确要恢复旧的内容，请另立新版本并送审。"
        )
    if any(one.edition_id == edition.pk for one in before):
        raise PublicationRefused(f"《{title}》的这一版已经发布过。要改动请另立新版本并送审。")
    approval = Seal.objects.filter(edition=edition, sha256=edition.sha256).first() or (
        Waiver.objects.filter(edition=edition, kind=WaiverKind.URGENT).first()
    )
    if approval is None:
        raise PublicationRefused(
            f"《{title}》的这一版还没有通过全部审核，不能发布（三级审核，谁审核谁负责）。"
            "请在“审核”里看还差哪一级；确需紧急发布的，由本机关负责人批准。"
        )
    return approval


def _instant(edition: Edition, approval: Seal | Waiver, before: Sequence[Publication]) -> datetime:
    """Return when *edition* goes out: now, and never before it was approved, nor before the edition it follows.

    Raises :class:`PublicationRefused` where the machine's clock is wrong by more than :data:`SKEW`.
    """
    approved = approval.sealed_at if isinstance(approval, Seal) else edition.closed_at
    at = clock.not_before(approved, before[0].published_at if before else None)
    if at - clock.now() > SKEW:
        raise PublicationRefused(
            f"服务器的时钟比《{edition.title}》审核通过（或者上一版发布）的时间 {clock.in_shanghai(at):%Y-%m-%d %H:%M} 还早，"
            "发布日期会是错的，没有发布。请系统管理员核对服务器时钟；时钟无误的，请另立新版本重新送审。"
        )
    return at


def _supersede(before: Sequence[Publication], at: datetime, by: Person) -> int:
    """End the document's live publication, if there is one; return the number of the next."""
    if not before:
        return 1
    former = before[0]
    if Publication.objects.filter(pk=former.pk, live=True).update(live=None):
        ending = Ending(
            publication=former,
            kind=EndingKind.SUPERSEDED,
            reason=_REPLACED,
            by_person=by,
            at=at,
        )
        ending.full_clean()
        ending.save()
    return former.seq + 1


def _enter(publication: Publication) -> None:
    # What it points at was read in this transaction; what must be there once only, the insertion itself finds out.
    publication.full_clean(
        exclude=("document", "edition", "seal", "waiver"),
        validate_unique=False,
        validate_constraints=False,
    )
    try:
        with transaction.atomic():
            publication.save(force_insert=True)
    except IntegrityError as second:
        raise PublicationRefused(
            f"《{publication.edition.title}》刚刚由另一位同事发布，请刷新后查看。"
        ) from second
