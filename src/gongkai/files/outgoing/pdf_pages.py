"""What can be copied from a page and cannot be seen on it: each page is drawn, and each letter looked at.

A letter is seen where its place on the drawn page shows some contrast. That finds text under boxes, under
pictures and notes, in the colour of the paper, in layers that are off, and beyond the edge, whatever hides
it. Letters too thin to tell (一, l) neither count nor break a run; a run of two is reported.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.reported import report_personal
from gongkai.files.refusal import UnreadableError

_MOST_PAGES = 600
_MOST_LETTERS = 5_000_000
_SCALE = 1.5
"""Dots a point: letters of eight points are twelve high."""
_LARGEST = 4_800
"""Dots of the longer side: a drawing is not drawn in full."""
_WIDEST = 7_000
"""Points, two and a half metres: a larger page cannot be drawn so that its letters are told apart."""
_CONTRAST = 32
_PAPER = 224
"""From here on grey counts as paper, below it as something laid over the text."""
_THIN = 0.3
_SHORTEST_RUN = 2
_INVISIBLE = 3
"""Text rendering mode of ISO 32000-1, 9.3.6: neither filled nor stroked, as under a scanned page."""
_IS_A_PICTURE = 0.25
"""Share of a page from which a picture counts as a scan whose letters lie about where they are seen."""
_TOO_MANY = f"PDF 超过 {_MOST_PAGES} 页，没有逐页检查；请分册后再检查。"


def examine_pages(document: Any, found: Found) -> list[str]:
    """Note unseen text and personal data of each page; return the texts of the pages.

    Raises `UnreadableError` for more pages or letters than are looked at.
    """
    if len(document) > _MOST_PAGES:
        raise UnreadableError(_TOO_MANY)
    texts, letters = [], 0
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        text = textpage.get_text_range().replace("\r\n", "\n").replace("\ufffe", "")
        letters += len(text)
        if letters > _MOST_LETTERS:
            raise UnreadableError("PDF 里的文字太多，没有检查完；请分册后再检查。")
        where = f"第 {number + 1} 页"
        report_personal(text, where, found)
        if max(page.get_size()) > _WIDEST:
            found.add(ConcernKind.UNREADABLE, where, "页面太大，画出来看不清字")
        elif text.strip():
            for run in _Page(page, textpage).unseen():
                kind = ConcernKind.UNSEEN_TEXT if run.on_paper else ConcernKind.COVERED
                found.add(kind, where, run.text)
        texts.append(text)
        textpage.close()
        page.close()
    return texts


@dataclass
class _Run:
    """Letters one after another that are not seen. *on_paper*: nothing darker than paper is in their place."""

    text: str = ""
    judged: int = 0
    on_paper: bool = True


class _Page:
    """A page as it is drawn, in grey, with the places of its letters."""

    def __init__(self, page: Any, textpage: Any) -> None:
        self._raw = importlib.import_module("pypdfium2.raw")
        self._page, self._text = page, textpage
        width, height = page.get_size()
        scale = min(_SCALE, _LARGEST / max(width, height, 1.0))
        self._bitmap = page.render(scale=scale, grayscale=True)
        self._dots = bytes(self._bitmap.buffer)
        self._places = self._bitmap.get_posconv(page)
        self._origin = self._places.to_bitmap(0, 0)
        self._right = self._places.to_bitmap(1000, 0)
        self._up = self._places.to_bitmap(0, 1000)
        self._scanned: bool | None = None

    def unseen(self) -> Iterator[_Run]:
        """Yield the runs of letters that are not seen."""
        run = _Run()
        for n in range(self._text.count_chars()):
            letter = chr(self._raw.FPDFText_GetUnicode(self._text, n) or 32)
            if not letter.isalnum():
                run.text += " " if run.judged and not run.text.endswith(" ") else ""
                continue
            grey = self._grey(n)
            if grey is None:
                run.text += letter if run.judged else ""
            elif grey < 0:
                yield from _ended(run)
                run = _Run()
            else:
                run = _Run(run.text + letter, run.judged + 1, run.on_paper and grey >= _PAPER)
        yield from _ended(run)

    def _grey(self, n: int) -> int | None:
        """Return the one grey in the place of letter *n*; -1 where it is seen; None where one cannot tell."""
        left, bottom, right, top = self._text.get_charbox(n)
        if right <= left or top <= bottom:
            return None
        (x0, y0), (x1, y1) = self._dot(left, top), self._dot(right, bottom)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        wide, high = x1 - x0, y1 - y0
        outside = x1 < 0 or y1 < 0 or x0 >= self._bitmap.width or y0 >= self._bitmap.height
        if outside:
            return 255
        if min(wide, high) < max(wide, high) * _THIN:
            return None
        if max(wide, high) < 4:
            return 255 if top - bottom < 2 else None  # printed smaller than two points
        grey = self._only_grey(x0, y0, x1, y1)
        return -1 if grey is None or self._is_of_a_scan(n, grey) else grey

    def _dot(self, x: float, y: float) -> tuple[int, int]:
        (ox, oy), (rx, ry), (ux, uy) = self._origin, self._right, self._up
        return (
            round(ox + ((rx - ox) * x + (ux - ox) * y) / 1000),
            round(oy + ((ry - oy) * x + (uy - oy) * y) / 1000),
        )

    def _only_grey(self, x0: int, y0: int, x1: int, y1: int) -> int | None:
        """Return the darkest grey of a place without contrast, None for a place with it."""
        x0, y0 = max(x0, 0), max(y0, 0)
        x1 = min(max(x1, x0 + 1), self._bitmap.width)
        lowest, highest = 255, 0
        for y in range(y0, min(max(y1, y0 + 1), self._bitmap.height)):
            line = self._dots[y * self._bitmap.stride + x0 : y * self._bitmap.stride + x1]
            if line:
                lowest, highest = min(lowest, min(line)), max(highest, max(line))
            if highest - lowest > _CONTRAST:
                return None
        return lowest

    def _is_of_a_scan(self, n: int, grey: int) -> bool:
        """Whether a letter is of the text laid under a scan, which never lies exactly; a black bar tells."""
        if grey < _PAPER:
            return False
        one = self._raw.FPDFText_GetTextObject(self._text, n)
        if not one or self._raw.FPDFTextObj_GetTextRenderMode(one) != _INVISIBLE:
            return False
        if self._scanned is None:
            self._scanned = self._has_a_scan()
        return self._scanned

    def _has_a_scan(self) -> bool:
        width, height = self._page.get_size()
        for picture in self._page.get_objects(filter=[self._raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            left, bottom, right, top = picture.get_bounds()
            if (right - left) * (top - bottom) >= width * height * _IS_A_PICTURE:
                return True
        return False


def _ended(run: _Run) -> Iterator[_Run]:
    if run.judged >= _SHORTEST_RUN:
        yield run
