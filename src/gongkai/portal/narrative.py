"""Report text with its figures as doors: where the printed text still is its source with numbers put in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.figures import registry
from gongkai.reporting.narrative import references

_REFERENCE = re.compile(r"\{[a-z0-9_.]+(?::[^{}]+)?\}")
_NUMBER = r"([0-9.]+余?|（待定）)"


@dataclass(frozen=True)
class Piece:
    """A stretch of text; one with a *key* is a printed figure, called *name*."""

    text: str
    key: str = ""
    name: str = ""


def paragraphs(source: str, printed: str) -> list[list[Piece]]:
    """Return *printed* as paragraphs. Its figures are doors unless *source* was rewritten since."""
    return [line for line in _lines(_pieces(source, printed)) if any(p.text.strip() for p in line)]


def _pieces(source: str, printed: str) -> list[Piece]:
    keys = references(source)
    literals = _REFERENCE.split(source)
    pattern = _NUMBER.join(re.escape(literal) for literal in literals)
    match = re.fullmatch(pattern, printed)
    if match is None or len(keys) != len(literals) - 1:
        return [Piece(printed)]
    found = [Piece(literals[0])]
    for key, number, literal in zip(keys, match.groups(), literals[1:], strict=True):
        found += [_door(number, key), Piece(literal)]
    return found


def _door(number: str, key: str) -> Piece:
    if key not in registry.registered():
        return Piece(number)
    return Piece(number, key, registry.definition(key).title)


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        lines[-1].append(Piece(first.strip() if rest else first, piece.key, piece.name))
        lines += [[Piece(text)] for text in rest]
    return lines
