"""PDF files with a text layer: ruled tables as cells, the text around them as paragraphs."""

from __future__ import annotations

import importlib
import io
import logging
import struct
import time
import zlib
from collections.abc import Sequence
from typing import Any

from gongkai.annualreport.reading.page import Line, Page
from gongkai.annualreport.reading.page_rows import (
    joined,
    letters,
    table_row,
    without_gaps,
    without_repeated_captions,
)
from gongkai.annualreport.reading.pdf_guard import examine
from gongkai.annualreport.reading.pdf_lines import Block, paragraphs, printed_line
from gongkai.files.refusal import UnreadableError

_SECONDS = 15.0
_THINNEST_SHADE = 3.0
_SHORTEST_RULE = 8.0
_NEAR = 3.0
_BROKEN = "PDF 文件已损坏或不完整（下载中断或被截断），请重新下载，或打开后另存一份再检查。"
_SLOW = "PDF 内容过于复杂，没有在限定时间内读完；请改用 Word、Excel 或网页版本再检查。"
# What pdfminer raises on broken files besides its own exceptions, learnt by changing bytes.
_ERRORS: tuple[type[Exception], ...] = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    struct.error,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,  # with RecursionError and NotImplementedError
)


def page_of_pdf(data: bytes) -> Page:
    """Return a PDF as lines, pages one after the other, page numbers left out.

    Raises `UnreadableError` when the file is locked, broken, a scan, or beyond all reason.
    """
    facts = examine(data)
    blocks = _blocks(data)
    lines = without_repeated_captions(list(paragraphs(blocks)))
    if not any(line.text for line in lines):
        raise UnreadableError(_BROKEN)
    shown = "、".join(str(number) for number in facts.blank_pages)
    note = f"PDF 第 {shown} 页没有可读的文字（可能是扫描图片），没有读到；请核对。"
    hints = {"title": facts.title} if facts.title else {}
    return Page(lines, hints=hints, notes=(note,) if shown else (), twin=facts.twin)


def _blocks(data: bytes) -> list[Block]:
    plumber = importlib.import_module("pdfplumber")
    own = importlib.import_module("pdfplumber.utils.exceptions")
    miner = importlib.import_module("pdfminer.psexceptions")
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it reports each oddity of a font
    errors = (*_ERRORS, own.PdfminerException, own.MalformedPDFException, miner.PSException)
    started = time.monotonic()
    found: list[Block] = []
    try:
        with plumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                found += _page_blocks(page)
                page.close()
                if time.monotonic() - started > _SECONDS:
                    raise UnreadableError(_SLOW)
    except UnreadableError:
        raise
    except errors as error:
        raise UnreadableError(_BROKEN) from error
    return found


def _page_blocks(page: Any) -> list[Block]:
    """Return the lines and tables of a page from top to bottom."""
    tables = _tables(page)
    boxes = [cell for table in tables for cell in table.cells]
    outside = page.filter(lambda thing: not any(_is_inside(thing, box) for box in boxes))
    lines = outside.extract_text_lines(return_chars=True, strip=True)
    placed: list[tuple[float, float, Block]] = [
        (line["top"], line["x0"], printed_line(line, page)) for line in lines
    ]
    placed += [(table.bbox[1], table.bbox[0], _rows(table)) for table in tables]
    return [block for _, _, block in sorted(placed, key=lambda one: one[:2])]


def _tables(page: Any) -> list[Any]:
    """Return the ruled tables; shades behind text count as rules only when there are no others."""
    for kept in (page.filter(lambda thing: not _is_shade(thing)), page):
        found = kept.find_tables({"explicit_horizontal_lines": _open_ends(kept)})
        tables = [table for table in found if _columns(table) > 1]
        if tables:
            return tables
    return []


def _open_ends(page: Any) -> list[float]:
    """Return the heights at which upright rules end without a rule across.

    A table cut by the end of a page is often left open there, and its outer row would be lost.
    A height that another upright rule passes is left alone, so that no cell is cut in two.
    """
    upright = [one for one in page.vertical_edges if one["height"] > _SHORTEST_RULE]
    across = page.horizontal_edges
    ends = [(one["x0"], float(one[side])) for one in upright for side in ("top", "bottom")]
    found: list[float] = []
    for place, height in sorted(ends, key=lambda end: end[1]):
        closed = any(_meets(rule, place, height) for rule in across)
        passed = any(one["top"] + _NEAR < height < one["bottom"] - _NEAR for one in upright)
        if not (closed or passed or any(height - other < _NEAR for other in found)):
            found.append(height)
    return found


def _meets(rule: dict[str, Any], place: float, height: float) -> bool:
    across = rule["x0"] - _NEAR < place < rule["x1"] + _NEAR
    return bool(across and abs(rule["top"] - height) < _NEAR)


def _is_shade(thing: dict[str, Any]) -> bool:
    if thing.get("object_type") != "rect" or thing.get("stroke"):
        return False
    return min(float(thing["width"]), float(thing["height"])) > _THINNEST_SHADE


def _columns(table: Any) -> int:
    return max((len([cell for cell in row.cells if cell]) for row in table.rows), default=0)


def _is_inside(thing: dict[str, Any], box: Sequence[float]) -> bool:
    if thing.get("object_type") != "char":
        return False
    across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _rows(table: Any) -> tuple[Line, ...]:
    return tuple(table_row([_cell(text) for text in row]) for row in table.extract())


def _cell(text: str | None) -> str:
    """A cell's text with the lines put together again; a number broken by a narrow cell too."""
    parts = [without_gaps(part) for part in letters(text or "").split("\n")]
    if all(part.replace(",", "").replace(".", "").isdigit() for part in parts if part):
        return "".join(parts)
    return joined(part for part in parts if part)
