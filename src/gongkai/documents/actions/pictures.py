"""A picture for the text of a draft."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from gongkai.documents.actions.files import Content, attach_file
from gongkai.documents.models import Attachment, AttachmentRole, Edition
from gongkai.documents.pictures import DECORATION
from gongkai.documents.queries import attached_to
from gongkai.people.models import Person
from gongkai.text.body.addresses import picture_name


def add_picture(
    edition: Edition, content: Content, *, name: str, alt: str, by: Person
) -> Attachment:
    """Put a picture to an open edition, to be shown in its text; without *alt* it only decorates.

    A name that another file has already gets a number. Raises as :func:`attach_file` does.
    """
    taken = set(attached_to(edition).values_list("name", flat=True))
    return attach_file(
        edition,
        content,
        name=free_name(picture_name(name), taken),
        label=alt.strip() or DECORATION,
        role=AttachmentRole.IMAGE,
        by=by,
    )


def free_name(name: str, taken: Collection[str]) -> str:
    """Return *name*, or with the first number that makes it none of *taken*."""
    path, n, found = PurePath(name), 1, name
    while found in taken:
        n += 1
        found = f"{path.stem}-{n}{path.suffix}"
    return found
