"""Two texts side by side: which paragraphs and cells are the same, and which words differ.

The result is data: a page draws it. Leaving out what was removed gives exactly the visible text of
the new one, leaving out what was added that of the old one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from gongkai.text.body.visible import Numbered, Part, paragraphs

_WORD = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|\s+|.", re.S)
_MOST_PAIRED = 2_500
"""Pairs of changed paragraphs looked at for likeness; beyond that they are paired in order."""
_MOST_WORDS = 3_000_000
"""Words of one times words of the other; beyond that a paragraph is shown as replaced whole."""
_MANY = 4_000
_ALIKE = 0.4
_T = TypeVar("_T")


class Change(StrEnum):
    """What happened to a row, a cell or a few words."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are the same, added or removed."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """A cell, or the one cell a paragraph is; added or removed when only one side has it."""

    change: Change
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An aligned pair of paragraphs or table rows, or one without a partner.

    *old* and *new* are paragraph numbers. *markup_only*: the words are the same; a link, an image,
    bold letters, merged cells or the kind of paragraph differ.
    """

    change: Change
    part: Part
    old: int | None
    new: int | None
    cells: tuple[ComparedCell, ...]
    markup_only: bool = False


def compare(old_html: str, new_html: str) -> list[Row]:
    """Return the rows of a comparison, in reading order."""
    old, new = paragraphs(old_html), paragraphs(new_html)
    return [_row(before, after) for before, after in _aligned(old, new, _key, _likeness)]


def side(rows: Sequence[Row], *, without: Change) -> str:
    """Return the visible text of one side: without ADDED it is the old one, without REMOVED the new one."""
    return "\n".join(
        "\t".join(
            "".join(run.text for run in cell.runs if run.change is not without)
            for cell in row.cells
            if cell.change is not without
        )
        for row in rows
        if row.change is not without
    )


def _key(one: Numbered) -> tuple[str, ...]:
    return one.cells


def _row(old: Numbered | None, new: Numbered | None) -> Row:
    if old is None or new is None:
        return _alone(old, new)
    cells = tuple(
        _cell(before, after)
        for before, after in _aligned(old.cells, new.cells, str, _text_likeness)
    )
    same_words = all(cell.change is Change.SAME for cell in cells)
    same = same_words and old.markup == new.markup and old.part is new.part
    change = Change.SAME if same else Change.CHANGED
    return Row(change, new.part, old.number, new.number, cells, same_words and not same)


def _alone(old: Numbered | None, new: Numbered | None) -> Row:
    one = old or new
    if one is None:
        raise ValueError("a row has at least one side")
    change = Change.REMOVED if old else Change.ADDED
    cells = tuple(ComparedCell(change, _runs([(change, text)])) for text in one.cells)
    return Row(change, one.part, old.number if old else None, new.number if new else None, cells)


def _cell(old: str | None, new: str | None) -> ComparedCell:
    if old is None or new is None:
        change = Change.ADDED if old is None else Change.REMOVED
        return ComparedCell(change, _runs([(change, new or old or "")]))
    if old == new:
        return ComparedCell(Change.SAME, _runs([(Change.SAME, old)]))
    return ComparedCell(Change.CHANGED, _changed_words(old, new))


# Words


def _changed_words(old: str, new: str) -> tuple[Run, ...]:
    """Compare Chinese sign by sign, Latin words, numbers and dates' figures as wholes."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) > _MOST_WORDS:
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        ends = len(before) - tail, len(after) - tail
        middle = [
            (Change.REMOVED, "".join(before[head : ends[0]])),
            (Change.ADDED, "".join(after[head : ends[1]])),
        ]
        start = (Change.SAME, "".join(before[:head]))
        return _runs([start, *middle, (Change.SAME, "".join(before[ends[0] :]))])
    found: list[tuple[Change, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for name, i, j, k, m in matcher.get_opcodes():
        if name == "equal":
            found.append((Change.SAME, "".join(before[i:j])))
        else:
            found.append((Change.REMOVED, "".join(before[i:j])))
            found.append((Change.ADDED, "".join(after[k:m])))
    return _runs(_without_islands([one for one in found if one[1]]))


def _without_islands(found: list[tuple[Change, str]]) -> Iterator[tuple[Change, str]]:
    """One sign that happens to be the same between two changes only makes them hard to read."""
    last = len(found) - 1
    for place, (change, text) in enumerate(found):
        if change is Change.SAME and len(text) == 1 and 0 < place < last:
            yield Change.REMOVED, text
            yield Change.ADDED, text
        else:
            yield change, text


def _runs(found: Sequence[tuple[Change, str]] | Iterator[tuple[Change, str]]) -> tuple[Run, ...]:
    """Join what stands together: between two same runs, first what was removed, then what was added."""
    runs: list[Run] = []
    pending = {Change.REMOVED: "", Change.ADDED: ""}

    def settle() -> None:
        runs.extend(Run(change, text) for change, text in pending.items() if text)
        pending.update({Change.REMOVED: "", Change.ADDED: ""})

    for change, text in found:
        if change is not Change.SAME:
            pending[change] += text
        elif text:
            settle()
            runs.append(Run(change, text))
    settle()
    return tuple(runs)


def _common(old: Sequence[_T], new: Sequence[_T]) -> int:
    """Return how many at the beginning are equal."""
    for place, (before, after) in enumerate(zip(old, new, strict=False)):
        if before != after:
            return place
    return min(len(old), len(new))


# Paragraphs and cells

_Pairs = list[tuple[_T | None, _T | None]]


def _aligned(
    old: Sequence[_T],
    new: Sequence[_T],
    key: Callable[[_T], object],
    likeness: Callable[[_T, _T], float],
) -> _Pairs[_T]:
    """Pair what is equal, and between that what is alike, keeping both orders."""
    before, after = [key(one) for one in old], [key(one) for one in new]
    # Long texts with thousands of equal rows would take quadratic time without the heuristic.
    many = max(len(before), len(after)) > _MANY
    matcher = SequenceMatcher(None, before, after, autojunk=many)
    pairs: _Pairs[_T] = []
    for name, i, j, k, m in matcher.get_opcodes():
        if name == "equal":
            pairs += zip(old[i:j], new[k:m], strict=True)
        else:
            between = _paired(old[i:j], new[k:m], likeness)
            pairs = pairs + between
    return pairs


def _paired(
    old: Sequence[_T], new: Sequence[_T], likeness: Callable[[_T, _T], float]
) -> _Pairs[_T]:
    if not old or not new:
        return [*((one, None) for one in old), *((None, one) for one in new)]
    if len(old) * len(new) > _MOST_PAIRED:
        both = min(len(old), len(new))
        pairs: _Pairs[_T] = list(zip(old[:both], new[:both], strict=True))
        return pairs + _paired(old[both:], new[both:], likeness)
    return _most_alike(old, new, likeness)


def _most_alike(
    old: Sequence[_T], new: Sequence[_T], likeness: Callable[[_T, _T], float]
) -> _Pairs[_T]:
    """Choose the pairs with the greatest sum of likeness, none crossing another."""
    like = [[likeness(before, after) for after in new] for before in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for k in range(len(new) - 1, -1, -1):
            paired = like[i][k] + best[i + 1][k + 1] if like[i][k] >= _ALIKE else 0.0
            best[i][k] = max(best[i + 1][k], best[i][k + 1], paired)
    pairs: _Pairs[_T] = []
    i = k = 0
    while i < len(old) or k < len(new):
        if i < len(old) and best[i][k] == best[i + 1][k]:
            pairs.append((old[i], None))
            i += 1
        elif k < len(new) and best[i][k] == best[i][k + 1]:
            pairs.append((None, new[k]))
            k += 1
        else:
            pairs.append((old[i], new[k]))
            i, k = i + 1, k + 1
    return pairs


def _likeness(old: Numbered, new: Numbered) -> float:
    if old.part is Part.ROW and new.part is Part.ROW:
        cells = Counter(old.cells) & Counter(new.cells)
        shared = 2 * cells.total() / (len(old.cells) + len(new.cells) or 1)
        return max(shared, _text_likeness(old.text, new.text))
    return _text_likeness(old.text, new.text)


def _text_likeness(old: str, new: str) -> float:
    """Return the share of pairs of neighbouring signs that both have, from 0 to 1."""
    before, after = _neighbours(old), _neighbours(new)
    size = before.total() + after.total()
    return 2 * (before & after).total() / size if size else 1.0


@lru_cache(maxsize=4096)
def _neighbours(text: str) -> Counter[str]:
    framed = f"^{text}$"[:4000]
    return Counter(framed[at : at + 2] for at in range(len(framed) - 1))
