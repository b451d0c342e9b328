"""A Word file becomes the text of a draft, its pictures files of the draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.documents import pictures
from gongkai.documents.actions.drafting import open_draft
from gongkai.documents.actions.entering import Draft
from gongkai.documents.actions.files import Content, insert, limited, store
from gongkai.documents.actions.layout import rewrite, take_turn, told
from gongkai.documents.actions.locking import hold
from gongkai.documents.blobs import Stored
from gongkai.documents.intake import FileRefused, Inspected, clean_body, inspect_file, refuse_long
from gongkai.documents.models import Attachment, AttachmentRole, Edition
from gongkai.documents.queries import attached_to
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.rules import DRAFTERS, may_draft
from gongkai.files.kinds import Kind
from gongkai.files.limits import refuse_beyond
from gongkai.files.refusal import UnreadableError
from gongkai.files.sniff import sniff
from gongkai.files.word import WordBody, body_of_docx
from gongkai.people.models import Person
from gongkai.text.body.title import titled, without_title
from gongkai.text.canonical import Plain


@dataclass(frozen=True)
class TakenIn:
    """A draft whose text came from a Word file, and a sentence for all that is not as it was in the file."""

    edition: Edition
    lost: Sequence[str]


@dataclass(frozen=True)
class _Picture:
    """A picture of the file that lies on the disk already."""

    stored: Stored
    found: Inspected
    label: str


def take_in_word(
    edition: Edition, content: Content, *, name: str, expecting: int, by: Person
) -> TakenIn:
    """Make what a Word file says the text of *edition*, in place of what it said; pictures come along.

    Pictures only the former text showed are taken off. *expecting* is the revision that was seen. The file is read
    before the transaction: that takes seconds, and nobody else's writing waits for it.
    Raises :class:`DocumentRefused`, :class:`DraftOvertaken`, ``RoleRefused``.
    """
    agency = edition.document.agency
    authorise(by, lambda standing: may_draft(standing, agency), step="编辑草稿", whose=DRAFTERS)
    taken = {one.name for one in attached_to(edition)} - {one.name for one in _former(edition)}
    read = _read(limited(content), name, taken=taken)
    text, put, lost = _without_broken(read)
    refuse_long(text)
    _enter(edition, clean_body(text), put, expecting, by)
    return TakenIn(edition, (*read.body.lost, *lost))


def open_draft_from_word(
    agency: Agency, draft: Draft, content: Content, *, name: str, ground: str = "", by: Person
) -> TakenIn:
    """Begin a document of *agency* with what a Word file says: the text of *draft* is put aside.

    Without a title of its own *draft* is called what the first lines of the file say, or else what the file is called;
    a title is not repeated in the text. Nothing is begun when the file cannot be read.
    Raises :class:`DocumentRefused`, ``RoleRefused``.
    """
    authorise(by, lambda standing: may_draft(standing, agency), step="起草信息", whose=DRAFTERS)
    read = _read(limited(content), name, taken=set())
    text, put, lost = _without_broken(read)
    refuse_long(text)
    title, text, told_of = _titled(draft.title.strip(), clean_body(text), name)
    with transaction.atomic():
        edition = open_draft(agency, replace(draft, title=title, text=""), ground=ground, by=by)
        _enter(edition, text, put, edition.revision, by)
    return TakenIn(edition, (*told_of, *read.body.lost, *lost))


def _titled(typed: str, text: str, name: str) -> tuple[str, str, list[str]]:
    """Return the title, the text without it, and where the title was taken from."""
    if typed:
        return typed, without_title(text, typed), []
    found, rest = titled(text)
    if found:
        return found, rest, [f"标题取自文件开头：“{found}”，正文里不再重复。不对的，请在下面改。"]
    stem = PurePath(name.replace("\\", "/")).stem
    shown = "".join(filter(str.isprintable, stem)).strip()[:100]
    return shown or "（待写标题）", text, ["文件开头没有看到标题，暂用文件名，请在下面改。"]


@transaction.atomic
def _enter(
    edition: Edition, text: str, put: Sequence[_Picture], expecting: int, by: Person
) -> None:
    take_turn(edition, expecting=expecting)
    hold(edition, by=by)
    for former in _former(edition):
        former.detached_at = clock.now()
        former.save(update_fields=["detached_at"])
    for one in put:
        insert(edition, one.stored, one.found, one.label, AttachmentRole.IMAGE)
    edition.revision, edition.saved_at, edition.saved_by = expecting + 1, clock.now(), by
    rewrite(edition, text=text)
    payload: dict[str, Plain] = {
        "n": edition.n,
        "revision": edition.revision,
        "sha256": edition.sha256,
    }
    told("draft.taken_in", edition.document, payload, by, edition)


def _former(edition: Edition) -> list[Attachment]:
    """Return the pictures that the present text of *edition* shows."""
    shown = pictures.called_for(edition.content.text)
    images = attached_to(edition).filter(role=AttachmentRole.IMAGE)
    return [one for one in images if one.address in shown]


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


def _without_broken(read: WordBody) -> tuple[str, list[_Picture], list[str]]:
    """Return the text without the pictures that are none, those that are, and a sentence for each that is not."""
    text, put, lost = read.body.html, list[_Picture](), list[str]()
    for image in read.images:
        try:
            found = inspect_file(image.name, image.data)
        except FileRefused as refused:
            lost.append(f"图片“{image.name}”没有带进来：{refused}")
            text = re.sub(rf'<img src="{re.escape(image.address)}"[^>]*>', "", text)
        else:
            put.append(
                _Picture(store(image.data), found, (image.alt or pictures.UNDESCRIBED)[:200])
            )
    return text, put, lost
