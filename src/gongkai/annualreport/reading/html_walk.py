"""From the tree of a page to lines: blocks, line breaks and tables, without recursion.

A page may nest its tags two thousand deep, so open cells and tables are kept on a list.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass, field
from typing import Any

from gongkai.annualreport.reading.grid import Cell, table_lines
from gongkai.annualreport.reading.html_noise import UNSEEN, is_beside, is_noise
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.page_rows import paragraph, tidy, without_repeated_captions

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = (
    _HEADINGS
    | frozenset(("html", "body", "p", "div", "center", "section", "article", "main", "form"))
    | frozenset(("nav", "header", "footer", "aside", "address", "blockquote", "pre", "hr", "br"))
    | frozenset(("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "fieldset", "legend"))
    | frozenset(("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"))
    | frozenset(("details", "summary"))
)
_CELLS = frozenset(("td", "th"))
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
# A line of the source may end within a Chinese sentence; the page shows no blank there.
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n\s*(?={_WIDE})")


@dataclass
class _Block:
    """Where text goes: the page itself, or an open cell."""

    element: Any
    lines: list[Line] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)


@dataclass
class _Table:
    """An open table."""

    element: Any
    rows: list[list[Cell]] = field(default_factory=list)


def lines_of(root: Any, *, everything: bool) -> tuple[Line, ...]:
    """Return the lines of a page; `everything` takes hidden parts and menus as well."""
    return _Walk(root, everything=everything).lines()


class _Walk:
    def __init__(self, root: Any, *, everything: bool) -> None:
        self._root, self._everything = root, everything
        self._page = _Block(root)
        self._open: list[_Block | _Table] = [self._page]
        self._links = self._headings = self._verbatim = 0
        self._skipped: Any = None

    def lines(self) -> tuple[Line, ...]:
        etree = importlib.import_module("lxml.etree")
        walk = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start" and self._is_left_out(element):
                self._skipped = element  # its end follows at once
                walk.skip_subtree()
            elif event == "start":
                self._start(element)
            elif event == "end" and element is not self._skipped:
                self._end(element)
            if event != "start" and element is not self._root:
                self._add(element.tail)
        self._flush()
        return without_repeated_captions(self._page.lines)

    def _is_left_out(self, element: Any) -> bool:
        if element.tag in UNSEEN or not isinstance(element.tag, str):
            return True
        return not self._everything and is_beside(element)

    def _start(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
        self._count(element, 1)
        top = self._open[-1]
        if tag == "table":
            self._open.append(_Table(element))
        elif tag == "tr" and isinstance(top, _Table):
            top.rows.append([])
        elif tag in _CELLS and isinstance(top, _Table):
            self._open.append(_Block(element))
        self._add(element.text)

    def _end(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        self._count(element, -1)
        top = self._open[-1]
        if top.element is not element or top is self._page:
            return
        self._open.pop()
        if isinstance(top, _Table):
            self._block().lines.extend(table_lines(top.rows))
        else:
            self._close_cell(top)

    def _close_cell(self, cell: _Block) -> None:
        table = self._open[-1]
        if isinstance(table, _Table):
            across, down = (_span(cell.element.get(name)) for name in ("colspan", "rowspan"))
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(Cell(tuple(cell.lines), across=max(1, across), down=down))

    def _count(self, element: Any, step: int) -> None:
        self._links += step * (element.tag == "a" and bool(element.get("href")))
        self._headings += step * (element.tag in _HEADINGS)
        self._verbatim += step * (element.tag == "pre")

    def _block(self) -> _Block:
        return next(one for one in reversed(self._open) if isinstance(one, _Block))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        block = self._block()
        block.text.append(text)
        if self._links and not self._headings:
            block.linked.append(tidy(text))

    def _flush(self) -> None:
        block = self._block()
        raw, linked = "".join(block.text), "\n".join(block.linked)
        block.text.clear()
        block.linked.clear()
        if self._verbatim:
            block.lines += [_typed(line) for line in raw.splitlines() if line.strip()]
            return
        text = tidy(_SOURCE_BREAK.sub("", raw))
        if text and (self._everything or not is_noise(text, linked)):
            block.lines.append(paragraph(text))


def _typed(line: str) -> Line:
    if "\t" in line:
        return Line(tuple(tidy(cell) for cell in line.split("\t")), table=True)
    return paragraph(tidy(line))


def _span(text: str | None) -> int:
    """Return a span as browsers read it: the digits in front, 1 when there are none."""
    found = re.match(r"\s*\+?(\d{1,9})", text or "", re.ASCII)
    return int(found[1]) if found else 1
