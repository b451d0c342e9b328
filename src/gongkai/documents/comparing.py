"""Two editions side by side, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from gongkai.documents.canonical import Content
from gongkai.documents.intake import paragraphs_of
from gongkai.documents.kinds import Schema


@dataclass(frozen=True)
class Pair:
    """A line of the older edition beside one of the newer. *change* is empty where both say the same."""

    old: str
    new: str
    change: str


def compare(old: Content, new: Content, schema: Schema) -> list[Pair]:
    """Return what *old* and *new* say, paired: title, fields, paragraphs, files."""
    return [*_pairs(lines_of(old, schema), lines_of(new, schema))]


def lines_of(content: Content, schema: Schema) -> list[str]:
    """Return everything an edition says as lines."""
    fields = [f"{label}：{value}" for label, value in schema.shown(content.fields)]
    files = [f"附件：{one.name}（{one.label}，{one.sha256[:8]}）" for one in content.attachments]
    return [content.title, *fields, *paragraphs_of(content.text), *files]


def _pairs(old: list[str], new: list[str]) -> Iterator[Pair]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        for offset in range(max(a2 - a1, b2 - b1)):
            left = old[a1 + offset] if a1 + offset < a2 else ""
            right = new[b1 + offset] if b1 + offset < b2 else ""
            yield Pair(left, right, _said(tag, left, right))


def _said(tag: str, left: str, right: str) -> str:
    if tag == "equal":
        return ""
    if left and right:
        return "改"
    return "删" if left else "增"
