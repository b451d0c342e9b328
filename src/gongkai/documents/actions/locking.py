"""Who is writing a draft: a courtesy that keeps two people from typing over each other."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.documents.actions.layout import take_turn, told
from gongkai.documents.models import DraftLock, Edition
from gongkai.documents.queries import lapsed_before
from gongkai.documents.refusal import DocumentRefused, DraftOvertaken
from gongkai.documents.rules import DRAFTERS, may_draft
from gongkai.inbox.actions import notify
from gongkai.people.models import Person
from gongkai.text.canonical import Plain

_LONGEST = 300


@transaction.atomic
def begin_editing(edition: Edition, *, by: Person) -> DraftLock:
    """Say that one is writing *edition* now. Raises :class:`DraftOvertaken` naming who is already."""
    _authorise(edition, by)
    take_turn(edition)
    held_before = DraftLock.objects.filter(edition=edition, person=by).exists()
    lock = hold(edition, by=by)
    if not held_before:
        told("draft.begun", edition.document, {"n": edition.n}, by, edition)
    return lock


@transaction.atomic
def take_over(edition: Edition, *, reason: str, by: Person) -> DraftLock:
    """Take a draft over from who is writing it. The other is told; the reason stays in the log."""
    _authorise(edition, by)
    reason = reason.strip()
    if not reason:
        raise DocumentRefused("接过别人正在编辑的草稿，须写明理由；对方会收到消息。")
    if len(reason) > _LONGEST:
        raise DocumentRefused(f"理由最多 {_LONGEST} 个字，请写短一些。")
    take_turn(edition)
    lock = DraftLock.objects.filter(edition=edition).select_related("person").first()
    if lock is None:
        return hold(edition, by=by)
    before, now = lock.person, clock.now()
    DraftLock.objects.filter(pk=lock.pk).update(person=by, since=now, refreshed_at=now)
    lock.refresh_from_db()
    if before != by:
        _tell(before, edition, by)
    payload: dict[str, Plain] = {"n": edition.n, "from": str(before.uid), "reason": reason}
    told("draft.taken_over", edition.document, payload, by, edition)
    return lock


def hold(edition: Edition, *, by: Person) -> DraftLock:
    """Take or refresh the lock, one's turn at *edition* being taken already."""
    now = clock.now()
    lock, _ = DraftLock.objects.get_or_create(
        edition=edition, defaults={"person": by, "since": now, "refreshed_at": now}
    )
    free = Q(person=by) | Q(refreshed_at__lte=lapsed_before())
    since = lock.since if lock.person_id == by.pk else now
    if not DraftLock.objects.filter(free, pk=lock.pk).update(
        person=by, since=since, refreshed_at=now
    ):
        at = lock.since.astimezone(clock.SHANGHAI).strftime("%H:%M")
        raise DraftOvertaken(
            f"{lock.person.name}从 {at} 起正在编辑这一稿，您的改动没有保存，还在表单里。"
            "请与对方商量；确有必要时可写明理由接过编辑。"
        )
    lock.refresh_from_db()
    return lock


def _authorise(edition: Edition, by: Person) -> None:
    agency = edition.document.agency
    authorise(by, lambda standing: may_draft(standing, agency), step="编辑草稿", whose=DRAFTERS)


def _tell(before: Person, edition: Edition, by: Person) -> None:
    document = edition.document
    notify(
        [before],
        kind="draft.taken_over",
        title="您正在编辑的草稿由同事接过",
        body=f"索引号 {document.index_no} 的草稿由同事接过编辑。没有提交的内容仍自动暂存在您名下。",
        address=reverse("desk-item", args=[document.url_key]),
        agency=document.agency,
        by=by,
    )
