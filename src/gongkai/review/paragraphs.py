"""What the signed bytes of an edition say, in numbered paragraphs: read by a reviewer, pointed at by a rejection."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from gongkai.audit import clock
from gongkai.columns.queries import named
from gongkai.documents.canonical import Attached, content_of
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Edition
from gongkai.text.body.visible import Numbered, paragraphs

_LINK, _PICTURE = re.compile(r'<a href="([^"]*)"'), re.compile(r'<img [^>]*?alt="([^"]*)"')
"""As the cleaner writes them: one way, in double quotes."""


@dataclass(frozen=True)
class Shown:
    """A numbered paragraph. *unseen*: where its links lead and what its images say, which no letter shows."""

    number: int
    text: str
    unseen: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """What an edition's canonical bytes say, not what its other columns do. *facts*: its columns and the fields of its kind."""

    title: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[Shown, ...]
    attachments: tuple[Attached, ...]


def read(edition: Edition) -> Read:
    """Return what the signed bytes of *edition* say."""
    said = content_of(bytes(edition.canonical))
    shown = tuple(Shown(one.number, one.text, _unseen(one)) for one in paragraphs(said.text))
    facts = schema_of(edition.document.kind).shown(said.fields)
    if said.columns:
        columns = named(clock.today(), said.columns)
        facts = [("公开栏目", "，另在".join(columns.values())), *facts]
    return Read(said.title, tuple(facts), shown, tuple(said.attachments))


def _unseen(paragraph: Numbered) -> tuple[str, ...]:
    markup = "".join(paragraph.markup)
    links = [f"链接到 {html.unescape(address)}" for address in _LINK.findall(markup)]
    images = [f"图片：{html.unescape(alt) or '没有说明'}" for alt in _PICTURE.findall(markup)]
    return (*links, *images)
