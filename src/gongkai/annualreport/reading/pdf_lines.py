"""Printed lines of a PDF put together to paragraphs: a full line goes on in the next."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.page_rows import joined, letters, paragraph, without_gaps

_PAGE_NUMBER = re.compile(
    r"[-—–－―~\s·]*(第\s*)?\d{1,3}(\s*页)?(\s*[/／,，、共]+\s*(第\s*)?\d{1,3}\s*页?)?[-—–－―~\s·]*"
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、")
_TITLE = re.compile(r"政府信息公开.{0,8}报告")
_CLOSING = "，。、；：？！）》”’」』】,.;:?!)"
_MARGIN = 0.11
_GAP = 1.5  # in letters: wider is a column of a table drawn without rules
_WIDEST_GAP = 40.0  # broken files place signs a million letters away
_LINE_SPACING = 2.6
_SAME_SIZE = 0.15
_NEAR_EDGE = 12.0


@dataclass(frozen=True)
class Printed:
    """One visual line: its text, where it stands on its page (points), and its first unit.

    `unit` is the width of what could not be broken off its front, `height` the size of letters,
    `width` that of the page, `edge` tells whether it stands where page numbers and running titles do.
    """

    text: str
    left: float
    right: float
    top: float
    height: float
    unit: float
    page: int
    width: float
    edge: bool
    tabular: bool


Block = Printed | tuple[Line, ...]


def printed_line(line: dict[str, Any], page: Any) -> Printed:
    """Return one line as pdfplumber found it."""
    chars = sorted((one for one in line["chars"] if one["text"].strip()), key=lambda one: one["x0"])
    size = max(1.0, sorted(float(one["size"]) for one in chars)[len(chars) // 2]) if chars else 1.0
    gaps = [after["x0"] - before["x1"] for before, after in itertools.pairwise(chars)]
    tabular = any(gap > _GAP * size for gap in gaps)
    text = _spaced(chars, gaps, size) if tabular else without_gaps(line["text"])
    height = float(page.height)
    return Printed(
        text=letters(text),
        left=float(line["x0"]),
        right=float(line["x1"]),
        top=float(line["top"]),
        height=size,
        unit=_unit(chars),
        page=page.page_number,
        width=float(page.width),
        edge=not height * _MARGIN < float(line["top"]) < height * (1 - _MARGIN),
        tabular=tabular,
    )


def _spaced(chars: Sequence[dict[str, Any]], gaps: Sequence[float], size: float) -> str:
    """The line with its gaps as blanks, two blanks to a letter's width."""
    text = chars[0]["text"]
    for char, gap in zip(chars[1:], gaps, strict=True):
        wide = gap > _GAP * size / 2
        text += " " * (max(2, round(min(gap / size, _WIDEST_GAP) * 2)) if wide else 0) + str(
            char["text"]
        )
    return str(text)


def _unit(chars: Sequence[dict[str, Any]]) -> float:
    if not chars:
        return 0.0
    end = 1
    while end < len(chars) and _clings(chars[end - 1]["text"], chars[end]["text"]):
        end += 1
    return float(chars[end - 1]["x1"] - chars[0]["x0"])


def _clings(before: str, after: str) -> bool:
    """Whether a line may not be broken between two signs."""
    return after in _CLOSING or before in "（《“‘「『【(" or (before.isascii() and after.isascii())


def paragraphs(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield paragraphs and table rows in order; page numbers are left out.

    A running title is kept once when it is the only title there is.
    """
    lines = [one for one in blocks if isinstance(one, Printed)]
    running = _running_titles(lines)
    body = [one for one in lines if not (one.tabular or _is_beside(one, running))]
    left, right = _margins(body)
    parts: list[str] = []
    titled = any(_TITLE.search(one.text) for one in body)
    shown = running if titled else set()
    before: Printed | None = None
    for block in blocks:
        if isinstance(block, Printed):
            if _is_beside(block, running & shown):
                continue
            shown = shown | {_masked(block)}
            if before is None or not _goes_on(before, block, left, right):
                yield from _ended(parts)
            parts.append(block.text)
            before = block
        else:
            yield from _ended(parts)
            before = None
            yield from block
    yield from _ended(parts)


def _ended(parts: list[str]) -> Iterator[Line]:
    if parts:
        yield paragraph(joined(parts))
        parts.clear()


def _is_beside(line: Printed, running: set[str]) -> bool:
    """Tell whether a line is a page number or a running title."""
    numbered = _PAGE_NUMBER.fullmatch(line.text) is not None
    return line.edge and (numbered or _masked(line) in running)


def _masked(line: Printed) -> str:
    return re.sub(r"\d+", "#", line.text)


def _running_titles(lines: Sequence[Printed]) -> set[str]:
    """What stands at the edge of most pages, at least three, belongs to none of them."""
    pages = {line.page for line in lines}
    counts = Counter(text for _, text in {(one.page, _masked(one)) for one in lines if one.edge})
    return {text for text, count in counts.items() if count > 2 and count * 2 > len(pages)}


def _margins(body: Sequence[Printed]) -> tuple[float, float]:
    """Return where lines begin and where full ones end.

    Where hardly any line is full, the page has its left margin on the right as well.
    """
    left = -_edge([-one.left for one in body])
    right = _edge([one.right for one in body])
    full = sum(right - one.right < _NEAR_EDGE for one in body)
    return left, right if full > 2 else max([right, *(one.width - left for one in body)])


def _edge(places: Sequence[float]) -> float:
    """Return the outermost place that another line nearly reaches; one long line decides nothing."""
    order = sorted(places, reverse=True)
    for place, after in itertools.pairwise(order):
        if place - after < _NEAR_EDGE:
            return place
    return order[0] if order else 0.0


def _goes_on(before: Printed, line: Printed, left: float, right: float) -> bool:
    """A line was broken when what follows would not have fitted, and the next is not indented."""
    if before.tabular or line.tabular or _HEADING.match(line.text):
        return False
    if abs(before.height - line.height) > _SAME_SIZE * before.height:
        return False
    apart = line.page == before.page and line.top - before.top > _LINE_SPACING * before.height
    indented = line.left > left + 1.2 * line.height
    full = before.right + line.unit > right - 0.5 * line.height
    return full and not indented and not apart
