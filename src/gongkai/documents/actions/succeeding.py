"""The next edition of a document, copied from the last closed one with its files."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongkai.audit import clock
from gongkai.documents.actions.layout import rewrite
from gongkai.documents.models import Attachment, Document, Edition
from gongkai.documents.queries import attached_to, last_closed
from gongkai.documents.refusal import DocumentRefused
from gongkai.people.models import Person


def open_next(document: Document, by: Person) -> Edition:
    """Return a new open edition that says what the last closed one says, with the next number."""
    before = last_closed(document)
    if before is None:
        raise DocumentRefused("这件信息还没有封存过的版本，请直接编辑现在的草稿。")
    edition = _insert(document, before, by)
    for order, one in enumerate(attached_to(before), start=1):
        Attachment.objects.create(
            edition=edition,
            blob=one.blob,
            name=one.name,
            role=one.role,
            label=one.label,
            order=order,
        )
    rewrite(edition)
    return edition


def _insert(document: Document, before: Edition, by: Person) -> Edition:
    last = document.editions.aggregate(n=Max("n"))["n"]
    edition = Edition(
        document=document,
        n=last + 1,
        title=before.title,
        canonical=before.canonical,
        sha256=before.sha256,
        author_person=by,
        saved_at=clock.now(),
        saved_by=by,
    )
    try:
        with (
            transaction.atomic()
        ):  # the constraint tells who came first; what was done before stays
            edition.save(force_insert=True)
    except IntegrityError as taken:
        raise DocumentRefused(
            "这件信息已有一稿正在起草，同时只能有一稿。请继续编辑那一稿，或者先作废它。"
        ) from taken
    return edition
