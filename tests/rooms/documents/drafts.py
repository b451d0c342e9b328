"""Drafts that tests of this room start from."""

from __future__ import annotations

from io import BytesIO

from gongkai.documents.actions import Draft, attach_file, open_draft, save_draft
from gongkai.documents.models import Attachment, Disclosure, Edition, Kind
from gongkai.people.models import Person
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast

PDF = pdf("invented")


def draft(cast: Cast, title: str = "关于开仓的通知", kind: Kind = Kind.NOTICE) -> Edition:
    """Begin a document of the grain bureau, written and held by 小陈."""
    return open_draft(cast.grain, Draft(kind, title, f"{title}正文。"), by=cast.chen)


def withheld(cast: Cast) -> Edition:
    """Begin something of the grain bureau that is not disclosed: internal affairs."""
    kept = Draft(
        Kind.NOTICE, "内部通知", "正文。", Disclosure.WITHHELD, disclosure_reason="内部事务"
    )
    return open_draft(cast.grain, kept, ground="ND5", by=cast.chen)


def save(edition: Edition, text: str, *, expecting: int, by: Person) -> Edition:
    """Save *text* as the body of *edition*, with the title it has."""
    return save_draft(
        edition, title=edition.title, text=text, fields={}, expecting=expecting, by=by
    )


def attach(
    edition: Edition, by: Person, name: str = "附件.pdf", content: bytes = PDF
) -> Attachment:
    """Put a small PDF to *edition*."""
    return attach_file(edition, BytesIO(content), name=name, by=by)
