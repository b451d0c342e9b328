"""Taking one's turn at an open edition, and writing its bytes anew from what it says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import F

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.documents import pictures
from gongkai.documents.canonical import edition_bytes
from gongkai.documents.models import AttachmentRole, Document, Edition
from gongkai.documents.queries import attached_to
from gongkai.documents.refusal import DocumentRefused, DraftOvertaken
from gongkai.people.models import Person
from gongkai.text.canonical import Plain, sha256_hex

_LONGEST_LABEL = 200


def take_turn(edition: Edition, *, expecting: int | None = None) -> None:
    """Take the row of an open edition until the transaction ends; *expecting* also asks for its revision.

    The conditional UPDATE is the lock: who comes second waits, then finds no row. Afterwards
    *edition* says what is stored. Raises :class:`DocumentRefused`, :class:`DraftOvertaken`.
    """
    mine = Edition.objects.filter(pk=edition.pk, closed_at=None, discarded_at=None)
    if expecting is not None:
        mine = mine.filter(revision=expecting)
    taken = mine.update(revision=F("revision"))
    edition.refresh_from_db()
    if not taken:
        raise _why_not(edition)
    # Its 公开属性 may have been changed by who had the turn before.
    edition.document.refresh_from_db()


def rewrite(
    edition: Edition,
    *,
    title: str | None = None,
    text: str | None = None,
    fields: Mapping[str, Plain] | None = None,
    columns: Sequence[str] | None = None,
) -> None:
    """Write the bytes of *edition*, whose turn one has, from what is given and what it already says."""
    said = edition.content
    _label_pictures(edition, said.text if text is None else text)
    content = replace(
        said,
        title=said.title if title is None else title,
        text=said.text if text is None else text,
        fields=said.fields if fields is None else fields,
        columns=said.columns if columns is None else tuple(columns),
        attachments=tuple(one.attached for one in attached_to(edition)),
    )
    edition.title = content.title
    edition.canonical = edition_bytes(edition.document.identity(edition.n), content)
    edition.sha256 = sha256_hex(edition.canonical)
    edition.full_clean(exclude=["canonical"], validate_unique=False, validate_constraints=False)
    edition.save(update_fields=["title", "canonical", "sha256", "revision", "saved_at", "saved_by"])


def _label_pictures(edition: Edition, text: str) -> None:
    """Call each picture in the list of files what the text says of it, which is where it is described and corrected."""
    labels = pictures.described(text)
    images = attached_to(edition).filter(role=AttachmentRole.IMAGE) if labels else ()
    for one in images:
        label = labels.get(one.address, one.label)[:_LONGEST_LABEL]
        if label != one.label:
            one.label = label
            one.save(update_fields=["label"])


def told(
    kind: str,
    document: Document,
    payload: Mapping[str, Plain],
    by: Person,
    edition: Edition | None = None,
) -> None:
    """Record what happened to *document*, or to one of its editions, in the log of its agency."""
    subject = f"edition:{edition.uid}" if edition else f"document:{document.uid}"
    record(kind, stream=document.agency.code, subject=subject, payload=payload, by=by)


def _why_not(edition: Edition) -> DocumentRefused:
    if edition.closed_at is not None:
        return DocumentRefused(
            f"第 {edition.n} 版已经封存，不能再改（不变量一：审的是哪一版，发的就是哪一版）。请另立新版本。"
        )
    if edition.discarded_at is not None:
        return DocumentRefused(
            f"第 {edition.n} 版草稿已经作废，不能再改。请另建一件或者另立新版本。"
        )
    at = edition.saved_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    who = edition.saved_by.name if edition.saved_by else "别人"
    return DraftOvertaken(
        f"{who}已于 {at} 保存了另一稿，您这一稿没有保存，以免盖掉。您写的还在下面的表单里，"
        "请先对照现在的文本，再决定怎样合并。"
    )
