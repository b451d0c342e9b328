"""Personal data found in text by its own checks: what must not get into a log or an export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.text.masking import Kind, masked

_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {0xFF38: "X", 0xFF58: "x", 0x3000: " "}
"""Fullwidth digits, X and space, one for one, so that places in the text stay what they are."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class Span:
    """Where in the text a piece of personal data is, end excluded, and what it is."""

    start: int
    end: int
    kind: Kind


def find_personal_data(text: str) -> list[Span]:
    """Return identity numbers, mobile numbers and bank cards in *text*, in order, none overlapping.

    Identity numbers of 18 places and bank cards pass their own check digit (GB 11643, Luhn), those of
    15 places a real date; anything else of that length is some other number.
    """
    plain = text.translate(_WIDE)
    found: list[Span] = []
    taken = bytearray(
        len(plain)
    )  # a place a letter: asking the other spans would take their square
    for kind, pattern, holds in _SHAPES:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if holds(re.sub(r"[^0-9Xx]", "", match[0]).upper()) and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Span(start, end, kind))
    return sorted(found, key=lambda span: span.start)


def with_masks(text: str) -> str:
    """Return *text* with everything :func:`find_personal_data` finds masked."""
    return "".join(_pieces(text))


def is_id_number(number: str) -> bool:
    """Whether *number* is a citizen's identity number of 18 places: a real date and its check digit."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17] and _is_date(number[6:14])


def is_old_id_number(number: str) -> bool:
    """Whether *number* may be an identity number of 15 places, which have no check digit."""
    return len(number) == 15 and _is_date(f"19{number[6:12]}")


def is_bank_card(number: str) -> bool:
    """Whether *number* passes Luhn's check (GB/T 15694)."""
    if number[0] == "0" or not number.isdecimal():
        return False
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for span in find_personal_data(text):
        yield text[at : span.start]
        yield masked(text[span.start : span.end], span.kind)
        at = span.end
    yield text[at:]


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _always(number: str) -> bool:
    return True


_SHAPES: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        Kind.ID_NUMBER,
        re.compile(r"(?<![0-9])[0-9]{6}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx](?![0-9])"),
        is_id_number,
    ),
    (
        Kind.BANK_CARD,
        re.compile(r"(?<![0-9])[0-9]{4}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9])"),
        is_bank_card,
    ),
    (Kind.ID_NUMBER, re.compile(r"(?<![0-9])[0-9]{15}(?![0-9])"), is_old_id_number),
    (
        Kind.PHONE,
        re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"),
        _always,
    ),
)
