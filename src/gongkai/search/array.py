"""The array of an entry on PostgreSQL: all its text knows, its title apart, and what it is filtered by.

One index over one array answers every question by the shortest of the lists it names: a word of a title, of an
agency, of a month is found without reading all entries that have the word. The five sorts of numbers share none:

* pairs and triples of all texts, as :mod:`gongkai.text.bigrams` counts them (below 2 to the 63rd);
* those of the title once more, below zero;
* a number for each label and one for the month, of which the first character would be above all of Unicode;
* one for each pair after which the texts go on in more than one way (``bigrams.forks``), above those.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

from gongkai.search.labels import Label
from gongkai.text import bigrams

_LOW_BITS = 42
_ABOVE_UNICODE = 0x110000 << _LOW_BITS
_ABOVE_LABELS = 0x110001 << _LOW_BITS


def numbers_of(folded_title: str, folded: str, labels: Iterable[Label], day: date) -> list[int]:
    """Return the array of an entry, in order."""
    title = bigrams.numbers(folded_title)
    marks = {label_number(label) for label in (*labels, month_of(day))}
    marks |= {forking(pair) for pair in bigrams.forks((folded_title, folded))}
    return sorted(title | bigrams.numbers(folded) | in_title(title) | marks)


def in_title(numbers: Iterable[int]) -> set[int]:
    """Return *numbers* of a title as the array has them."""
    return {-number for number in numbers}


def forking(pair: int) -> int:
    """Return the number that tells that *pair* forks."""
    return _ABOVE_LABELS | pair


def month_of(day: date) -> Label:
    """Return the label for the month of *day*."""
    return "month", day.isoformat()[:7]


def label_number(label: Label) -> int:
    """Return the number of *label*. Two may share one, once in four million million: the row decides."""
    name, value = label
    digest = blake2b(f"{name}={value}".encode(), digest_size=8).digest()
    return _ABOVE_UNICODE | int.from_bytes(digest) & (1 << _LOW_BITS) - 1
