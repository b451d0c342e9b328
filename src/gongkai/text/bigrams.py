"""The one analyser of every search engine: overlapping pairs of the characters of a folded text.

A text that contains a query of two characters or more contains each of the query's pairs, so an index
of pairs loses nothing, whatever the language and wherever a word begins. Pairs include letters,
digits, marks and blanks: ``2024`` is found inside ``政〔2024〕5号``. There is no dictionary to keep or to
change.

A pair has two spellings, both one to one:

* a number (two code points of 21 bits), for PostgreSQL's arrays: eight bytes, nothing to parse. Beside
  the pairs stand the triples, which fit as well: a word of two or three characters, as most are, is
  then found for certain without its places;
* eight letters and digits (each code point as four of base 36), for SQLite's FTS5, whose tokenizer
  would split or fold anything else. FTS5 keeps the first letters two terms share once only.

As a phrase, consecutive pairs are the query and nothing else; without places, they are what a match
must have, and the text itself decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

VERSION = 1
"""Raised when the pairs of a text, or their spelling, change: an index of an earlier version is built anew."""

_BITS = 21
_END = -1
"""Follows the last pair of a text."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def numbers(folded: str) -> set[int]:
    """Return the pairs and triples of *folded* as numbers; none for less than two characters."""
    codes = [ord(char) for char in folded]
    pairs = [first << _BITS | second for first, second in pairwise(codes)]
    return {*pairs, *(pair << _BITS | third for pair, third in zip(pairs, codes[2:], strict=False))}


def sought(folded: str) -> set[int]:
    """Return the numbers by which *folded* is looked for: its triples, or the one pair it is."""
    found = numbers(folded)
    return {number for number in found if number >> 2 * _BITS} or found


def forks(texts: Iterable[str]) -> set[int]:
    """Return the pairs after which folded *texts* go on in more than one way; to end is a way.

    A pair that is none of them tells by itself what follows. Texts that have every triple of a word, and in which no
    pair within it (:func:`joints`) forks, have the word in a row: each triple is followed by the next.
    """
    follows: dict[int, int] = {}
    found: set[int] = set()
    for text in texts:
        codes = [ord(char) for char in text]
        for first, second, third in zip(codes, codes[1:], [*codes[2:], _END], strict=False):
            pair = first << _BITS | second
            if follows.setdefault(pair, third) != third:
                found.add(pair)
    return found


def joints(folded: str) -> set[int]:
    """Return the pairs by which the triples of *folded* hang together; none for less than four characters."""
    return {ord(first) << _BITS | ord(second) for first, second in pairwise(folded[1:-1])}


def words(folded: str) -> list[str]:
    """Return the pairs of *folded* in order, each as eight letters and digits."""
    codes = [_SPELT[char] for char in folded]
    return [first + second for first, second in pairwise(codes)]


class _Spelt(dict[str, str]):
    """A code point as four digits of base 36, which are enough for all of Unicode; fills itself."""

    def __missing__(self, char: str) -> str:
        rest, spelt = ord(char), ""
        for _ in range(4):
            rest, digit = divmod(rest, 36)
            spelt = _DIGITS[digit] + spelt
        self[char] = spelt
        return spelt


_SPELT = _Spelt()
