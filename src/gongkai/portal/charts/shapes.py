"""The shapes a chart is made of, and how wide words are."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from gongkai.portal.charts.data import Data

WIDTH = 300
"""Units across every chart: about the pixels a phone has for it."""
SIZE = 14
"""Units of a label's letters."""
SMALL = 13
"""Units of a value's letters."""
_NARROW = 0.6
"""Width of a digit or Latin letter, in letters of Chinese."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Bar:
    """A filled rectangle of the series numbered *series*."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Words:
    """A line of text; *x* is its start, middle or end, *y* its base line."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    size: int = SIZE
    soft: bool = False


@dataclass(frozen=True)
class Rule:
    """A straight line: an axis, or one of the lighter lines of the grid."""

    x1: float
    y1: float
    x2: float
    y2: float
    grid: bool = False


@dataclass(frozen=True)
class Trace:
    """A run of neighbouring points of a series, from left to right."""

    series: int
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass
class Drawing:
    """A chart ready to print. *id* is unique on its page; without shapes there was nothing to draw."""

    id: str
    data: Data
    height: float = 0
    bars: list[Bar] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    dots: list[tuple[int, float, float]] = field(default_factory=list)
    keys: list[Bar] = field(default_factory=list)

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def empty(self) -> bool:
        return not self.data.known

    @property
    def patterned(self) -> list[int]:
        """The series after the first, which are told apart by a pattern."""
        return list(range(1, len(self.data.series)))


def rounded(value: float) -> float:
    """Return *value* as precise as a screen can show."""
    return round(value, 2)


def width_of(text: str, size: int) -> float:
    """Return about how many units *text* takes in letters of *size*."""
    wide = sum(1 if unicodedata.east_asian_width(char) in "WFA" else _NARROW for char in text)
    return wide * size


def wrapped(text: str, size: int, within: float) -> list[str]:
    """Cut *text* into lines no wider than *within*; nothing of it is lost."""
    lines = [""]
    for char in text:
        if lines[-1] and width_of(lines[-1] + char, size) > within:
            lines.append("")
        lines[-1] += char
    return lines


def add_legend(drawing: Drawing) -> float:
    """Print which series is which, where there are several; return where the chart may begin."""
    if len(drawing.data.series) < 2:
        return 0
    x, y = 0.0, 4.0
    for n, one in enumerate(drawing.data.series):
        needed = 22 + width_of(one.name, SIZE)
        if x and x + needed > WIDTH:
            x, y = 0.0, y + 22
        drawing.keys.append(Bar(n, x, y, 16, 12))
        drawing.words.append(Words(x + 22, y + 11, one.name))
        x += needed + 18
    return y + 26
