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

from itertools import pairwise

VERSION = 1
"""Raised when the pairs of a text, or their spelling, change: an index of an earlier version is built anew."""

_BITS = 21
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
