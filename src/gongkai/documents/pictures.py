"""Pictures shown in a text: which it calls for, and whether the edition has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.documents.canonical import Attached, Content
from gongkai.documents.models import AttachmentRole
from gongkai.text.body.addresses import file_address
from gongkai.text.body.cleaning import body_of
from gongkai.text.body.model import Image, inlines_of

DECORATION = "装饰图片"
"""The label of a picture that says nothing; the text marks it as well."""
UNDESCRIBED = "还没有说明"
"""The label of a picture of which nobody has said yet what it shows."""


def called_for(text: str) -> frozenset[str]:
    """Return the addresses of the pictures that the fragment *text* shows."""
    return frozenset(one.src for one in _shown(text))


def described(text: str) -> Mapping[str, str]:
    """Return what the fragment *text* says of each picture it shows, by address: the label of its file."""
    return {one.src: _label_of(one) for one in _shown(text)}


def _label_of(image: Image) -> str:
    return DECORATION if image.decorative else (image.alt or UNDESCRIBED)


def _shown(text: str) -> list[Image]:
    if "<img" not in text:
        return []
    inlines = (one for block in body_of(text).blocks for one in inlines_of(block))
    return [one for one in inlines if isinstance(one, Image)]


def address_of(picture: Attached) -> str:
    """Return what a text calls *picture* by: its address beside the item's page."""
    return file_address(picture.sha256, picture.name)


def missing(content: Content) -> list[str]:
    """Return the addresses of pictures the text shows and the edition does not have."""
    there = {address_of(one) for one in _pictures(content)}
    return sorted(called_for(content.text) - there)


def unused(content: Content) -> list[Attached]:
    """Return the pictures of an edition that its text does not show."""
    shown = called_for(content.text)
    return [one for one in _pictures(content) if address_of(one) not in shown]


def _pictures(content: Content) -> Iterator[Attached]:
    return (one for one in content.attachments if one.role == AttachmentRole.IMAGE)
