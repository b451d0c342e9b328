"""A Word file becomes the text of a draft, its pictures files of the draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.documents import pictures
from gongkai.documents.actions.files import Content, insert, limited, store
from gongkai.documents.actions.layout import rewrite, take_turn, told
from gongkai.documents.actions.locking import hold
from gongkai.documents.actions.pictures import DECORATION
from gongkai.documents.intake import FileRefused, Inspected, clean_body, inspect_file, refuse_long
from gongkai.documents.models import AttachmentRole, Edition
from gongkai.documents.queries import attached_to
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.rules import DRAFTERS, may_draft
from gongkai.files.kinds import Kind
from gongkai.files.limits import refuse_beyond
from gongkai.files.refusal import UnreadableError
from gongkai.files.sniff import sniff
from gongkai.files.word import WordBody, WordImage, body_of_docx
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@dataclass(frozen=True)
class TakenIn:
    """A draft whose text came from a Word file, and what of the file did not come along."""

    edition: Edition
    lost: Sequence[str]


@transaction.atomic
def take_in_word(
    edition: Edition, content: Content, *, name: str, expecting: int, by: Person
) -> TakenIn:
    """Make what a Word file says the text of *edition*, in place of what it said; pictures come along.

    Pictures only the former text showed are taken off. *expecting* is the revision that was seen.
    Raises :class:`DocumentRefused`, :class:`DraftOvertaken`, ``RoleRefused``.
    """
    agency = edition.document.agency
    authorise(by, lambda standing: may_draft(standing, agency), step="编辑草稿", whose=DRAFTERS)
    data = limited(content)
    take_turn(edition, expecting=expecting)
    hold(edition, by=by)
    _detach_former(edition)
    read = _read(data, name, taken=set(attached_to(edition).values_list("name", flat=True)))
    text, lost = _with_pictures(edition, read)
    refuse_long(text)
    edition.revision, edition.saved_at, edition.saved_by = expecting + 1, clock.now(), by
    rewrite(edition, text=clean_body(text))
    payload: dict[str, Plain] = {
        "n": edition.n,
        "revision": edition.revision,
        "sha256": edition.sha256,
    }
    told("draft.taken_in", edition.document, payload, by, edition)
    return TakenIn(edition, (*read.body.lost, *lost))


def _read(data: bytes, name: str, *, taken: set[str]) -> WordBody:
    try:
        kind = sniff(data, name)
        if kind is not Kind.DOCX:
            raise DocumentRefused(
                "这不是 .docx 文件，不能转成正文；请用 Word 或 WPS 另存为 .docx 再上传。"
            )
        refuse_beyond(data, kind)
        return body_of_docx(data, taken=taken)
    except UnreadableError as refused:
        raise DocumentRefused(str(refused)) from refused


def _detach_former(edition: Edition) -> None:
    shown = pictures.called_for(edition.content.text)
    for one in attached_to(edition).filter(role=AttachmentRole.IMAGE):
        if pictures.address_of(one.attached) in shown:
            one.detached_at = clock.now()
            one.save(update_fields=["detached_at"])


def _with_pictures(edition: Edition, read: WordBody) -> tuple[str, list[str]]:
    """Put the pictures to *edition*; return the text without those that are none, and a sentence for each."""
    text, lost = read.body.html, list[str]()
    for image in read.images:
        try:
            found = inspect_file(image.name, image.data)
        except FileRefused as refused:
            lost.append(f"图片“{image.name}”没有带进来：{refused}")
            text = re.sub(rf'<img src="{re.escape(image.address)}"[^>]*>', "", text)
        else:
            _put(edition, image, found)
    return text, lost


def _put(edition: Edition, image: WordImage, found: Inspected) -> None:
    label = (image.alt or DECORATION)[:200]
    insert(edition, store(image.data), found, label, AttachmentRole.IMAGE)
