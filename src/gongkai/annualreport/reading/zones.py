"""Flat text as an alternation of wording and runs of figures ("zones").

Tabs, pipes, blanks and line ends only divide figures here; what a figure belongs to is told by the
wording before it, so one description fits every way in which a table is flattened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.wording import fold

# A number; a lone sign that stands for one; or the divider of a Markdown table, which is neither.
_ATOM = re.compile(
    r"(?P<rule>\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?)"
    r"|(?P<number>[-+−]?\d[\d,]*(?:\.\d+)?)"
    r"|(?P<sign>(?<![^\s|])[/／\-—－](?![^\s|]))"
    r"|(?P<end>\n)"
    r"|(?P<gap>[\s|]+?(?=\S|\n|$))"
)
_WORDING_END = re.compile(r"[\d|\n]|[-+−]\d|(?<=\s)[/／\-—－](?![^\s|])")
# 1. 2、 3) before a label: the figure belongs to the label, not to the row above it.
_NUMBERING = re.compile(r"[.．、)）]\s*[\u4e00-\u9fff“\"]")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—－–]\s*\d{1,3}\s*[-—－–]|第\s*\d{1,3}\s*页.*)\s*")
_COUNTED = re.compile(r"\s{0,2}(?:件|条|项|次|份|个|起|人|家|篇|场|期|宗|年|月|日|%|％|号|余|多)")
_REMARK = re.compile(r"[ \t]*[（(][^（）()\n|]{1,30}[）)](?=[ \t]*(?:[|\t\n]|$))")


@dataclass(frozen=True)
class Zone:
    """Figures that follow each other, with the wording before them.

    `start` and `end` are places in the text; `lead` is the wording since the zone before, folded;
    `counted` tells that a unit such as 件 follows, as in a sentence, `beside` that wording stands right
    before the figures on their line.
    """

    fields: tuple[str, ...]
    start: int
    end: int
    lead: str
    lead_start: int
    counted: bool
    beside: bool


@dataclass(frozen=True)
class _Atom:
    kind: str
    text: str
    start: int
    end: int


def is_page_number(line: Line) -> bool:
    """Tell whether a line is a page number, which would read like a figure."""
    return not line.table and bool(_PAGE_NUMBER.fullmatch(line.text))


def zones(text: str) -> list[Zone]:
    """Return the zones of `text`, which has no page numbers left, in reading order."""
    found: list[Zone] = []
    lead_start = 0
    for run in _runs(list(_atoms(text))):
        start, end = run[0].start, run[-1].end
        fields = tuple(atom.text for atom in run)
        lead = fold(text[lead_start:start])
        counted = bool(_COUNTED.match(text, end))
        beside = bool(fold(text[lead_start:start].rpartition("\n")[2]))
        found.append(Zone(fields, start, end, lead, lead_start, counted, beside))
        lead_start = end
    return found


def _atoms(text: str) -> Iterator[_Atom]:
    """Yield figures, line ends and stretches of wording; blanks between figures are dropped."""
    place = 0
    while place < len(text):
        found = _ATOM.match(text, place)
        if found is None:
            end = _wording_end(text, place)
            yield _Atom("wording", text[place:end], place, end)
            place = end
            continue
        kind, end = str(found.lastgroup), found.end()
        if kind == "number":
            yield from _number(text, place, end)
            remark = _REMARK.match(text, end)
            end = remark.end() if remark else end
        elif kind in ("sign", "end"):
            yield _Atom(kind, found[0], place, end)
        place = end


def _wording_end(text: str, place: int) -> int:
    found = _WORDING_END.search(text, place + 1)
    return len(text) if found is None else found.start()


def _number(text: str, start: int, end: int) -> Iterator[_Atom]:
    """A number, without the last digit when that one numbers the label after it."""
    numbering = _NUMBERING.match(text, end)
    if numbering and "." not in text[start:end]:
        end -= 1
        if end > start:
            yield _Atom("number", text[start:end], start, end)
        yield _Atom("wording", text[end], end, end + 1)
    else:
        yield _Atom("number", text[start:end], start, end)


def _runs(atoms: Sequence[_Atom]) -> Iterator[list[_Atom]]:
    """Group figures into zones: rows of several figures are divided by line ends, single ones not."""
    run: list[_Atom] = []
    line: list[_Atom] = []
    for atom in [*atoms, _Atom("wording", "", 0, 0)]:
        if atom.kind in ("number", "sign"):
            line.append(atom)
            continue
        joined = atom.kind == "end" and len(line) <= 1
        if joined:
            run += line
        else:
            yield from _closed(run, line)
            run = []
        line = []


def _closed(run: list[_Atom], line: list[_Atom]) -> Iterator[list[_Atom]]:
    """Figures one to a line make one zone; a line of several figures is a zone of its own."""
    if len(line) > 1 and run:
        yield run
        run = []
    if run or line:
        yield [*run, *line]
