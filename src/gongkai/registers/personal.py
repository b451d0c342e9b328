"""What of a natural person gets into a register: a mask, never the name, never a number (个人信息保护法第二十五条)."""

from __future__ import annotations

import re

from gongkai.text.masking import MASK, Kind, masked
from gongkai.text.personal_data import find_personal_data, with_masks

NOBODY = "自然人"
"""Stands for whoever it was where not even a part of the name is shown."""
_LIKE_AN_ID = re.compile(
    r"(?<![0-9])[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])"
)
"""Built like an identity number: hidden also where the check digit is wrong, for a slip is somebody's number, too."""


def shown_name(name: str, way: str) -> str:
    """Return what is shown of a natural person's *name* in the *way* of ``register.person_name``."""
    if way == "withheld":
        return NOBODY
    mask = masked(with_masks(name), Kind.NAME)
    return mask[:1] + MASK * max(1, len(mask) - 1) if way == "surname" else mask


def shielded(text: str, name: str, shown: str) -> str:
    """Return *text* without numbers that are a person's, and with *shown* wherever *name* stands."""
    if len(name) > 1:
        text = text.replace(name, shown)
    return _LIKE_AN_ID.sub(lambda found: masked(found[0], Kind.ID_NUMBER), with_masks(text))


def holds_a_persons_number(text: str) -> bool:
    """Whether *text* looks as if it held an identity, telephone or card number."""
    return bool(find_personal_data(text) or _LIKE_AN_ID.search(text))
