"""The lines around a match, as they were written, with the match marked.

Matches are found in the folded text and shown in the written one. Each written character is folded by
itself to learn where a place came from; where characters compose with their neighbours, and so the
places do not agree, the folded text is shown instead.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from gongkai.text.folding import BARRIER, fold

_BEFORE, _LENGTH = 30, 120
_MOST_MARKS = 20


@dataclass(frozen=True)
class Piece:
    """Some of a text; *marked* is what was looked for."""

    text: str
    marked: bool


Span = tuple[int, int]


def marked(text: str, folded: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Return all of *text*, with *words* marked in it."""
    shown, spans = _placed(text, folded, tuple(words))
    return tuple(_pieces(shown, spans, 0, len(shown)))


def excerpt(text: str, folded: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Return the lines of *text* around its first match, or its beginning when nothing matches."""
    shown, spans = _placed(text, folded, tuple(words))
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    end = min(len(shown), max(start + _LENGTH, spans[0][1] if spans else 0))
    pieces = list(_pieces(shown, spans, start, end))
    if start > 0:
        pieces.insert(0, Piece("…", marked=False))
    if end < len(shown):
        pieces.append(Piece("…", marked=False))
    return tuple(pieces)


def _placed(text: str, folded: str, words: tuple[str, ...]) -> tuple[str, list[Span]]:
    """Return what to show and where the words are in it, in order and apart."""
    found = _first_matches(folded, words)
    if not found:
        return text, []
    runs = list(_runs(text))
    spans = [_origin(runs, folded, span) for span in found]
    places = [span for span in spans if span is not None]
    agreed = len(places) == len(spans) and all(
        fold(text[there[0] : there[1]]) == folded[here[0] : here[1]]
        for here, there in zip(found, places, strict=True)
    )
    return (text, _apart(places)) if agreed else (folded, _apart(found))


def _first_matches(folded: str, words: tuple[str, ...]) -> list[Span]:
    found: list[Span] = []
    for word in words:
        at = folded.find(word)
        while at >= 0 and len(found) < _MOST_MARKS * (words.index(word) + 1):
            found.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    return sorted(found)


@dataclass(frozen=True)
class _Run:
    """Characters without white space among them: where they are in the text, and in the folded one."""

    at: int
    origin: int
    text: str
    length: int

    def origin_of(self, place: int) -> int:
        if len(self.text) == self.length:
            return self.origin + place - self.at
        ends = accumulate(len(char.translate(_ALONE)) for char in self.text)
        return self.origin + sum(self.at + end <= place for end in ends)


def _runs(text: str) -> Iterator[_Run]:
    at = 0
    for match in re.finditer(rf"{BARRIER}|\S+", text):
        length = len(match[0].translate(_ALONE))
        yield _Run(at, match.start(), match[0], length)
        at += length


def _origin(runs: list[_Run], folded: str, span: Span) -> Span | None:
    # Blanks that were kept come from white space, which alone folds to nothing.
    first = span[0] - folded.count(" ", 0, span[0])
    last = span[1] - folded.count(" ", 0, span[1]) - 1
    if not runs or last >= runs[-1].at + runs[-1].length:
        return None
    return _written(runs, first), _written(runs, last) + 1


def _written(runs: list[_Run], place: int) -> int:
    return runs[bisect_right(runs, place, key=lambda run: run.at) - 1].origin_of(place)


def _apart(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _pieces(shown: str, spans: list[Span], start: int, end: int) -> Iterator[Piece]:
    at = start
    for first, last in spans:
        if start <= first and last <= end:
            yield from _piece(shown[at:first], marked=False)
            yield from _piece(shown[first:last], marked=True)
            at = last
    yield from _piece(shown[at:end], marked=False)


def _piece(text: str, *, marked: bool) -> Iterator[Piece]:
    if text:
        yield Piece(re.sub(r"[\s\x1f]+", " ", text), marked)


class _Alone(dict[int, str]):
    """What a character folds to by itself, blanks apart; fills itself."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = BARRIER if char == BARRIER else fold(char).replace(" ", "")
        return folded


_ALONE = _Alone()
