"""Two editions side by side: title, fields, paragraphs and files, with the words that differ."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gongkai.documents.canonical import Content
from gongkai.documents.kinds import Schema
from gongkai.text.body.comparison import Row
from gongkai.text.body.comparison import compare as compare_bodies


def compare(
    old: Content, new: Content, schema: Schema, names: Mapping[str, str] | None = None
) -> list[Row]:
    """Return what *old* and *new* say, aligned row by row, in reading order; *names* of columns by address."""
    return compare_bodies(_whole(old, schema, names or {}), _whole(new, schema, names or {}))


def _whole(content: Content, schema: Schema, names: Mapping[str, str]) -> str:
    """Everything an edition says, as one fragment: what is beside the text as paragraphs before and after it."""
    fields = [f"{label}：{value}" for label, value in schema.shown(content.fields)]
    fields += [f"公开栏目：{names.get(slug, slug)}" for slug in content.columns]
    files = [f"附件：{one.name}（{one.label}，{one.sha256[:8]}）" for one in content.attachments]
    return "".join([_paragraphs([content.title, *fields]), content.text, _paragraphs(files)])


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
