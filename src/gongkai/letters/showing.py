"""A letter on a page: its blocks as what a template shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.paper import blocks as paper


@dataclass(frozen=True)
class Shown:
    """One block: its kind, its lines, or the rows of its table."""

    kind: str
    lines: tuple[str, ...] = ()
    rows: tuple[paper.Row, ...] = ()
    align: str = "left"


def shown(blocks: Iterable[paper.Block]) -> list[Shown]:
    """Return *blocks* for a template, in their order."""
    return [_shown(block) for block in blocks]


def _shown(block: paper.Block) -> Shown:
    match block:
        case paper.Title(lines):
            return Shown("title", lines)
        case paper.Signature(lines):
            return Shown("signature", lines)
        case paper.Line(text, align):
            return Shown("line", (text,), align=align)
        case paper.Heading(text):
            return Shown("heading", (text,))
        case paper.Table():
            return Shown("table", (block.description,), block.rows)
        case paper.Paragraph(text) | paper.Note(text):
            return Shown("paragraph", (text,))
        case paper.Gap() | paper.PageBreak():
            return Shown("gap")
