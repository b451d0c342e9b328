"""What also leads to a person and has no check digit: number plates, passports, e-mail, fixed telephones.

Kept apart from :mod:`gongkai.text.personal_data`, which a log and a message are held to: what is found here
is a hint, right often enough to be looked at by a person before a file goes out.
"""

from __future__ import annotations

import re

from gongkai.text.masking import Kind
from gongkai.text.personal_data import Span

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_IN_A_PLATE = "A-HJ-NP-Z0-9"
_PLATE = (
    rf"[{_PROVINCES}][A-HJ-NP-Z][ ·•・.-]?"
    rf"(?:[DF][{_IN_A_PLATE}][0-9]{{4}}|[0-9]{{5}}[DF]"  # GA 36-2018: new energy, six places
    rf"|[{_IN_A_PLATE}]{{5}}|[{_IN_A_PLATE}]{{4}}[学警挂港澳])"
    r"(?![A-Za-z0-9])"
)
_FEWEST_DIGITS = 2
"""In a plate: letters alone after 新 or 川 are words."""

_SHAPES = (
    (Kind.PLATE, re.compile(_PLATE)),
    (Kind.PASSPORT, re.compile(r"(?<![A-Za-z0-9])(?:E[A-HJ-NP-Z][0-9]{7}|[EG][0-9]{8})(?![A-Za-z0-9])")),
    (
        Kind.EMAIL,
        re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"),
    ),
    (
        Kind.LANDLINE,
        re.compile(r"(?<![0-9])(?:\((?:010|02[0-9]|0[3-9][0-9]{2})\)|(?:010|02[0-9]|0[3-9][0-9]{2})[ -]?)[2-9][0-9]{6,7}(?![0-9])"),
    ),
)  # fmt: skip


def find_hints(text: str) -> list[Span]:
    """Return plates, passport numbers, e-mail addresses and fixed telephones in *text*, in order."""
    found = [
        Span(match.start(), match.end(), kind)
        for kind, pattern in _SHAPES
        for match in pattern.finditer(text)
        if kind is not Kind.PLATE or sum(map(str.isdigit, match[0])) >= _FEWEST_DIGITS
    ]
    return sorted(found, key=lambda span: span.start)
