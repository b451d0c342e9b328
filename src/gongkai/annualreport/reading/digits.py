"""Splitting a run of digits into the cells it was flattened from.

A page copied as plain text loses the lines between its cells: `21710000218` is seven numbers. A
number never starts with 0 unless it is 0, which rules out most ways to cut; the sum at the end of a
row rules out most others. What then remains is given back whole: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import comb

from gongkai.annualreport.format import CellKind

Cells = tuple[str, ...]
Kinds = tuple[CellKind, ...]
Holds = Callable[[Cells], bool]
# More ways to cut than these cannot be tried in reasonable time, more readings not be compared.
_MOST_CUTS = 60_000
_MOST_READINGS = 512
_SHAPES: dict[CellKind, re.Pattern[str]] = {
    "count": re.compile(r"0|[1-9]\d*", re.ASCII),
    "change": re.compile(r"[-+−]?(0|[1-9]\d*)", re.ASCII),
    "money": re.compile(r"(0|[1-9]\d*)(\.\d+)?", re.ASCII),
    "amount": re.compile(r"(0|[1-9]\d*)(\.\d+)?", re.ASCII),
}


class TooManyReadings(ValueError):
    """The digits can be cut in more ways than anybody could compare."""


def is_number(text: str, kind: CellKind = "count") -> bool:
    """Tell whether `text` can be one cell: 0, or a number that does not start with 0."""
    return bool(_SHAPES[kind].fullmatch(text.replace(",", "")))


def sums_up(cells: Cells) -> bool:
    """Tell whether the last of these counts is the sum of the others."""
    return sum(map(int, cells[:-1])) == int(cells[-1])


def splits(
    fields: Sequence[str], groups: Sequence[Kinds], holds: Holds | None = None
) -> list[Cells]:
    """Return the ways to read `fields` as the cells of `groups`, one after the other.

    `fields` are what blanks or tabs still divide; each holds one cell or several glued ones.
    Only readings in which as many groups as possible satisfy `holds` are returned.
    Raises `TooManyReadings`.
    """
    run = tuple(field.replace(",", "") for field in fields)
    missing = sum(map(len, groups)) - len(run)
    if missing > 0 and comb(max(0, sum(map(len, run)) - len(run)), missing) > _MOST_CUTS:
        raise TooManyReadings
    for faults in range(1 if holds is None else len(groups) + 1):
        found = list(islice(_grouped(run, tuple(groups), holds, faults), _MOST_READINGS + 1))
        if len(found) > _MOST_READINGS:
            raise TooManyReadings
        if found:
            return found
    return []


def _grouped(
    run: Cells, groups: tuple[Kinds, ...], holds: Holds | None, faults: int
) -> Iterator[Cells]:
    """Read group after group; at most `faults` of them need not hold."""
    if not groups:
        if not run:
            yield ()
        return
    for cells, rest in _take(run, groups[0]):
        wrong = holds is not None and not holds(cells)
        if wrong <= faults:
            for others in _grouped(rest, groups[1:], holds, faults - wrong):
                yield cells + others


def _take(run: Cells, kinds: Kinds) -> Iterator[tuple[Cells, Cells]]:
    """Cut as many cells as there are `kinds` off the front; also give what is left."""
    if not kinds:
        yield (), run
        return
    if not run:
        return
    first, others = run[0], run[1:]
    shape = _SHAPES[kinds[0]]
    for size in range(len(first), 0, -1):
        if shape.fullmatch(first[:size]):
            left = (first[size:], *others) if size < len(first) else others
            for cells, rest in _take(left, kinds[1:]):
                yield (first[:size], *cells), rest
