"""统一社会信用代码 (GB 32100-2015): eighteen characters whose last one checks the seventeen before it."""

from __future__ import annotations

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(r"[0-9A-Z]{18}")
_GENERATOR = 3
_DIVISION = slice(2, 8)
"""Where the administrative division stands (GB/T 2260)."""

_NOWHERE = ("00", "99")
"""No province has these numbers: a code of such a division is invented, for trials and demonstrations."""


def is_invented(code: str) -> bool:
    """Whether *code* names an administrative division that does not exist, so that it can be nobody's."""
    return bool(_SHAPE.fullmatch(code)) and code[_DIVISION].startswith(_NOWHERE)


def check_character(code: str) -> str:
    """Return the last character that belongs to the first seventeen of *code*.

    Raises ``ValueError`` for a character the standard does not use (I, O, S, V, Z).
    """
    total = sum(
        _ALPHABET.index(character) * pow(_GENERATOR, place, len(_ALPHABET))
        for place, character in enumerate(code[:17])
    )
    return _ALPHABET[-total % len(_ALPHABET)]


def problem_of(code: str) -> str:
    """Return why *code* cannot be a credit code, in the clerk's words; an empty string if it can."""
    if not _SHAPE.fullmatch(code):
        return "统一社会信用代码是 18 位数字或大写字母，请照登记证书填写。"
    if is_invented(code):
        return ""
    strange = sorted(set(code) - set(_ALPHABET))
    if strange:
        return f"统一社会信用代码不使用字母 {'、'.join(strange)}（GB 32100），请核对是否误把 0、1 写成了字母。"
    if check_character(code) != code[-1]:
        return "统一社会信用代码的校验码不对（GB 32100），多半有一位写错，请对照登记证书逐位核对。"
    return ""
