"""Which laws and documents a letter cites, and whether they are in force on its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.packaged import rows
from gongkai.law.parameters import Certainty

REGULATION = "《中华人民共和国政府信息公开条例》"
"""The regulation as letters call it."""
_NUMERALS = "一二三四五六七八九"
_ARTICLE = re.compile(r"第([一二三四五六七八九十百零〇]+)条")


@dataclass(frozen=True)
class Instrument:
    """A law or document: in force from *since*, until the day *until* on which *successor* took over.

    *articles*: how many it has, 0 where nobody has counted them.
    """

    title: str
    names: tuple[str, ...]
    articles: int
    since: date
    certainty: Certainty
    until: date | None = None
    successor: str = ""

    def in_force(self, on: date) -> bool:
        """Whether it applies on a day."""
        return self.since <= on and (self.until is None or on < self.until)


INSTRUMENTS: tuple[Instrument, ...] = rows("instruments.toml", "instrument", Instrument)


def cited(text: str) -> Iterator[Instrument]:
    """Yield each known instrument that *text* calls by one of its names."""
    folded = re.sub(r"\s+", "", text)
    for instrument in INSTRUMENTS:
        if any(name in folded for name in instrument.names):
            yield instrument


def articles_cited(text: str, instrument: Instrument) -> Iterator[int]:
    """Yield the numbers of the articles that *text* names right after a name of *instrument*."""
    for name in instrument.names:
        for after in text.split(name)[1:]:
            found = _ARTICLE.match(after)
            if found:
                yield number_of(found[1])


def number_of(numeral: str) -> int:
    """Return what a Chinese numeral below a thousand counts: 三十六 is 36, 一百零二 is 102."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in _NUMERALS:
            digit = _NUMERALS.index(sign) + 1
        elif sign in "百十":
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
    return total + digit
