"""An official document as PDF: tagged, in Chinese, every character checked before it is set."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pikepdf
import typst

from gongkai.paper.blocks import (
    OFFICIAL,
    Attachment,
    Block,
    Document,
    Gap,
    Heading,
    Line,
    Note,
    PageBreak,
    Paragraph,
    Sheet,
    Signature,
    Table,
    Title,
)
from gongkai.paper.fallback import Font, font_for
from gongkai.paper.lettering import (
    FAMILY,
    FONTS,
    POINTS_IN_MM,
    WORD,
    fitting_size,
    longest_word,
    packaged_characters,
    printable,
    widest_word,
)
from gongkai.paper.package import written
from gongkai.paper.spans import Placed, laid_out, width_of

_TEMPLATE = Path(__file__).with_name("official.typ").read_bytes()
_CELL_INSET = 0.8
"""Blank to the left and right of a cell's text, in millimetres."""
_LONG_CELL = 400
"""Characters in a cell from which on its row may go on overleaf."""
_LONGEST_WORD, _PIECE = 24, 8
"""Characters in a word that is left whole, and in a piece of one that is not."""
_OWN_SIGNS = frozenset("— 0123456789")
_setting = threading.Lock()
_typeset_in: set[int] = set()
"""The process that has set a document, if this one or one it was forked from has."""


class ForkedAfterTypesettingError(RuntimeError):
    """A parent of this process has typeset: its threads are not here, and typesetting would never end."""

    def __init__(self) -> None:
        super().__init__("排版程序在父进程里已经用过，它的线程没有带到这个进程；请重新启动程序")


def render_pdf(document: Document, sheet: Sheet = OFFICIAL) -> bytes:
    """Return the document as PDF; the same document always gives the same bytes.

    Raises `GlyphMissingError` when a character is in no font at hand: boxes are never printed.
    """
    blocks = [
        {**_block(block), "holds": _holds(after)}
        for block, after in itertools.pairwise((*document.blocks, None))
        if block is not None
    ]
    font = _font_needed([document.title, document.author, *_strings(blocks)])
    told = {
        "title": printable(document.title),
        "author": printable(document.author),
        "day": _day(document.day),
        "fonts": [FAMILY, *([font.family] if font else [])],
        "sheet": asdict(sheet),
        "blocks": blocks,
    }
    return _finished(_set(json.dumps(told, ensure_ascii=False), font), document.attachments)


def _set(told: str, font: Font | None) -> bytes:
    """Typeset; one compiler serves every document, one at a time.

    Raises ``ForkedAfterTypesettingError`` instead of waiting for ever.
    """
    if _typeset_in and os.getpid() not in _typeset_in:
        raise ForkedAfterTypesettingError
    _typeset_in.add(os.getpid())
    with _setting:
        made = _compiler(font.path.parent if font else None).compile(
            _TEMPLATE, format="pdf", sys_inputs={"document": told}, pdf_tags=True
        )
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} instead of the bytes of a PDF")
    return made


@lru_cache(maxsize=4)
def _compiler(more: Path | None) -> typst.Compiler:
    folders = [FONTS, *([more] if more else [])]
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
    )
    return typst.Compiler(_TEMPLATE, font_paths=fonts, ignore_system_fonts=True)


def _font_needed(texts: Sequence[str]) -> Font | None:
    """The font besides the packaged one, if any character asks for it."""
    used = frozenset().union(_OWN_SIGNS, *(printable(text) for text in texts))
    missing = used - packaged_characters()
    return font_for(missing) if missing else None


def _strings(value: Any) -> Iterator[str]:
    """Every string in a tree of plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _day(day: dt.date | None) -> list[int] | None:
    return None if day is None else [day.year, day.month, day.day]


def _holds(after: Block | None) -> bool:
    """Whether what stands before *after* keeps with it: a signature is never alone on a page."""
    return isinstance(after, Signature)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Title(lines):
            return {"kind": "title", "lines": [_runs(line) for line in lines]}
        case Heading(text, level):
            return {"kind": "heading", "level": level, "text": _runs(text)}
        case Paragraph(text):
            return {"kind": "paragraph", "text": _runs(text)}
        case Line(text, align):
            return {"kind": "line", "align": align, "text": _runs(text)}
        case Note(text):
            return {"kind": "note", "text": _runs(text)}
        case Signature(lines):
            return {"kind": "signature", "lines": [_runs(line) for line in lines]}
        case Table():
            return _table(block)
        case Gap():
            return {"kind": "gap"}
        case PageBreak():
            return {"kind": "break"}


def _runs(text: str, longest: int = _LONGEST_WORD) -> list[str]:
    """The text in pieces: a word of more than `longest` characters, such as an address, is cut."""
    pieces: list[str] = []
    at = 0
    line = printable(text)
    for word in WORD.finditer(line):
        if len(word[0]) > longest:
            step = min(longest, _PIECE)
            for cut in range(word.start() + step, word.end(), step):
                pieces.append(line[at:cut])
                at = cut
    return [*pieces, line[at:]]


def _table(table: Table) -> dict[str, Any]:
    grouped = itertools.groupby(laid_out(table), key=lambda one: one[0].head)
    parts = [
        {"head": head, "rows": [_cells(table, placed) for _, placed in rows]}
        for head, rows in grouped
    ]
    return {
        "kind": "table",
        "size": table.size,
        "inset": _CELL_INSET,
        "widths": list(table.widths),
        "parts": parts,
    }


def _cells(table: Table, placed: Sequence[Placed]) -> list[dict[str, Any]]:
    whole = all(len(one.cell.text) < _LONG_CELL for one in placed)
    return [_cell(table, one, whole=whole) for one in placed if not one.covered]


def _cell(table: Table, one: Placed, *, whole: bool) -> dict[str, Any]:
    cell = one.cell
    width = width_of(table, one) - 2 * _CELL_INSET
    size = fitting_size(printable(cell.text), width, cell.size or table.size)
    fits = widest_word(printable(cell.text)) * size <= width * POINTS_IN_MM
    longest = _LONGEST_WORD if fits else longest_word(width, size)
    return {
        "text": _runs(cell.text, longest),
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "align": cell.align,
        "whole": whole and cell.rowspan == 1,
        "size": 0 if size == table.size else size,
    }


def _finished(data: bytes, attachments: Sequence[Attachment]) -> bytes:
    """Show the title in place of the file name, and put the files inside.

    Each file is data that belongs to the document (ISO 32000-2, 14.13).
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.ViewerPreferences.DisplayDocTitle = True
        if attachments:
            pdf.Root.AF = pikepdf.Array([_attach(pdf, one) for one in attachments])
        return written(partial(pdf.save, deterministic_id=True))


def _attach(pdf: pikepdf.Pdf, one: Attachment) -> pikepdf.Object:
    told = pikepdf.AttachedFileSpec(
        pdf,
        one.data,
        description=one.description,
        filename=one.name,
        mime_type=one.media_type,
        relationship=pikepdf.Name.Data,
    )
    pdf.attachments[one.name] = told
    return told.obj
