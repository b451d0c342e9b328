"""Files put to and taken off an open edition."""

from __future__ import annotations

import zlib
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Max

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.documents import blobs
from gongkai.documents.actions.layout import rewrite, take_turn, told
from gongkai.documents.intake import FileRefused, Inspected, inspect_file
from gongkai.documents.models import Attachment, AttachmentRole, Blob, Edition, FileText
from gongkai.documents.queries import destroyed_blobs
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.rules import DRAFTERS, may_draft
from gongkai.people.models import Person
from gongkai.text.body.addresses import picture_name
from gongkai.text.canonical import Plain

Content = IO[bytes] | File[bytes]
"""An open file, or what a form brought."""


def attach_file(
    edition: Edition,
    content: Content,
    *,
    name: str,
    label: str = "",
    role: AttachmentRole = AttachmentRole.ATTACHMENT,
    by: Person,
) -> Attachment:
    """Put a file to an open edition. Its bytes are on disk for good before the row commits.

    *label* is what a screen reader says; an image needs one, a file is otherwise called by its name.
    Raises :class:`DocumentRefused`, ``FileRefused`` of the intake, ``RoleRefused``.
    """
    _authorise(edition, by)
    data = limited(content)
    # In a text, a picture goes by an address that holds its name.
    found = inspect_file(picture_name(name) if role == AttachmentRole.IMAGE else name, data)
    _refuse_unfit(found, label, role)
    return _attach(edition, store(data), found, label.strip() or found.name, role, by)


@transaction.atomic
def _attach(
    edition: Edition,
    stored: blobs.Stored,
    found: Inspected,
    label: str,
    role: AttachmentRole,
    by: Person,
) -> Attachment:
    """Enter a file that lies on the disk: whoever reads it for long does not hold up everybody's writing."""
    take_turn(edition)
    attachment = insert(edition, stored, found, label, role)
    edition.saved_at, edition.saved_by = clock.now(), by
    rewrite(edition)
    _told("file.attached", attachment, by)
    return attachment


@transaction.atomic
def detach_file(attachment: Attachment, *, by: Person) -> Attachment:
    """Take a file off an open edition. The row stays and says when; the bytes stay on disk."""
    edition = attachment.edition
    _authorise(edition, by)
    take_turn(edition)
    mine = Attachment.objects.filter(pk=attachment.pk, detached_at=None)
    if not mine.update(detached_at=clock.now()):
        raise DocumentRefused("这个文件已经取下，请刷新后查看。")
    attachment.refresh_from_db()
    edition.saved_at, edition.saved_by = clock.now(), by
    rewrite(edition)
    _told("file.detached", attachment, by)
    return attachment


def _refuse_unfit(found: Inspected, label: str, role: AttachmentRole) -> None:
    if role == AttachmentRole.IMAGE and not found.is_image:
        raise DocumentRefused("只有 PNG、JPEG、GIF、WebP 文件能作为图片，其他文件请作为附件上传。")
    if role == AttachmentRole.IMAGE and not label.strip():
        raise DocumentRefused("图片须写说明，看不见图的人靠它知道图里是什么（GB/T 37668）。")


def store(data: bytes) -> blobs.Stored:
    """Put bytes on the disk for good. Raises :class:`DocumentRefused` when it takes none."""
    try:
        return blobs.store([data])
    except OSError as wrong:
        raise DocumentRefused(
            f"文件没有存下（{wrong.strerror or wrong}），附件没有增加。请告诉系统管理员检查磁盘空间和权限。"
        ) from wrong


def limited(content: Content) -> bytes:
    """Read the file whole, but never more than is allowed: what it is shows only in all of it."""
    most: int = settings.ATTACHMENT_MOST_BYTES
    data = content.read(most + 1)
    if len(data) > most:
        raise DocumentRefused(
            f"文件超过 {most // 1_000_000} MB，不能上传。请压缩或者拆分；"
            "确需更大的，请系统管理员调整 GONGKAI_ATTACHMENT_MEGABYTES。"
        )
    return data


def insert(
    edition: Edition, stored: blobs.Stored, found: Inspected, label: str, role: AttachmentRole
) -> Attachment:
    """Enter a stored file as the last of *edition*, whose turn one has."""
    blob, _ = Blob.objects.get_or_create(
        sha256=stored.sha256, defaults={"size": stored.size, "kind": found.kind}
    )
    _keep_text(blob, found)
    last = edition.attachments.aggregate(n=Max("order"))["n"] or 0
    attachment = Attachment(
        edition=edition, blob=blob, name=found.name, role=role, label=label, order=last + 1
    )
    try:
        attachment.full_clean()
    except ValidationError as wrong:
        if edition.attachments.filter(name=found.name, detached_at=None).exists():
            raise DocumentRefused(
                f"已有名为“{found.name}”的附件。请先取下旧的，或者改名后上传。"
            ) from wrong
        raise DocumentRefused(f"附件没有增加：{''.join(wrong.messages)}") from wrong
    attachment.save(force_insert=True)
    return attachment


def read_unread_files() -> int:
    """Read the files nobody has read yet, brought in by an earlier version; return how many. Each by itself."""
    unread = list(
        Blob.objects.filter(said=None, attachments__isnull=False)
        .exclude(pk__in=destroyed_blobs())
        .distinct()
        .prefetch_related("attachments")
    )
    for blob in unread:
        try:
            data = blobs.path_of(blob.sha256).read_bytes()
            found = inspect_file(blob.attachments.all()[0].name, data)
        except (OSError, FileRefused) as wrong:
            found = Inspected(blob.sha256, blob.kind, notes=(str(wrong),))
        _keep_text(blob, found)
    return len(unread)


@transaction.atomic
def _keep_text(blob: Blob, found: Inspected) -> None:
    kept = {"compressed": zlib.compress(found.text.encode()), "notes": "\n".join(found.notes)}
    FileText.objects.get_or_create(blob=blob, defaults=kept)


def _authorise(edition: Edition, by: Person) -> None:
    agency = edition.document.agency
    authorise(by, lambda standing: may_draft(standing, agency), step="增减附件", whose=DRAFTERS)


def _told(kind: str, attachment: Attachment, by: Person) -> None:
    # The hash tells which file; its name may hold a person's.
    edition = attachment.edition
    payload: dict[str, Plain] = {
        "n": edition.n,
        "file": attachment.blob.sha256,
        "sha256": edition.sha256,
    }
    told(kind, edition.document, payload, by, edition)
