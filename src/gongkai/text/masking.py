"""Personal data made unrecognisable for showing: what a mask hides is gone from the result.

How much is kept follows what published penalty and licence decisions do (个人信息保护法第二十五条;
practice, no article says how many characters). A value too short to hide enough of it is hidden whole.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MASK = "*"
_LEAST_HIDDEN = 4
_UNTOLD = MASK * 4
"""Stands where even the length would tell something."""


class Kind(StrEnum):
    """What a value is, as far as masks differ."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    ADDRESS = "address"
    EMAIL = "email"
    PLATE = "plate"
    PASSPORT = "passport"
    LANDLINE = "landline"


@dataclass(frozen=True)
class Kept:
    """How many characters stay at the beginning and at the end."""

    first: int
    last: int


KEPT = {
    Kind.ID_NUMBER: Kept(2, 3),
    Kind.PHONE: Kept(3, 4),
    Kind.BANK_CARD: Kept(0, 4),
    Kind.PLATE: Kept(2, 0),
    Kind.PASSPORT: Kept(1, 2),
    Kind.LANDLINE: Kept(3, 2),
}


def masked(value: str, kind: Kind) -> str:
    """Return *value* with what identifies a person hidden."""
    if kind is Kind.NAME:
        return _name(value)
    if kind is Kind.ADDRESS:
        return _address(value)
    if kind is Kind.EMAIL:
        return _email(value)
    return _number(_domestic(value) if kind is Kind.PHONE else value, KEPT[kind])


def _name(value: str) -> str:
    """张三 → 张*, 张小三 → 张*三, 阿依·买买提 → 阿*·**提: the dot between names stays."""
    letters = _letters("".join(value.split()))
    if len(letters) < 2:
        return MASK * len(letters)
    last = letters[-1] if len(letters) > 2 else MASK
    middle = (one if one in _DOTS else MASK for one in letters[1:-1])
    return "".join((letters[0], *middle, last))


def _letters(text: str) -> list[str]:
    """Split into what a reader takes for one character: a rare form is a base and its selector."""
    found: list[str] = []
    for char in text:
        if found and (unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Cf")):
            found[-1] += char
        else:
            found.append(char)
    return found


def _number(value: str, kept: Kept) -> str:
    plain = re.sub(r"[\s\-－—–]", "", unicodedata.normalize("NFKC", value))
    hidden = len(plain) - kept.first - kept.last
    if hidden < _LEAST_HIDDEN:
        return MASK * len(plain)
    return plain[: kept.first] + MASK * hidden + plain[len(plain) - kept.last :]


def _domestic(value: str) -> str:
    return re.sub(r"^\s*(?:\+|00)?86[\s-]*(?=1)", "", unicodedata.normalize("NFKC", value))


def _address(value: str) -> str:
    """Keep what is public anyway, down to township or street office; 示例县东河镇**** ."""
    text = "".join(value.split())
    if not text:
        return ""
    found = _ADMINISTRATIVE.match(text)
    kept = found[0] if found else ""
    return kept if kept == text else kept + _UNTOLD


def _email(value: str) -> str:
    local, at, domain = value.strip().rpartition("@")
    if not at or not local or not domain:
        return _UNTOLD if value.strip() else ""
    return f"{local[0] if len(local) > _LEAST_HIDDEN else ''}{_UNTOLD}@{domain}"


_DOTS = frozenset("·•・．‧")
_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
# What makes a word a road, a house or an estate can be in no administrative name that is kept.
_PLACE = rf"(?:(?![路号栋幢楼室弄])[{_HAN}])"
_SEAT = rf"(?:(?![路号栋幢楼室弄巷组队屯院街])[{_HAN}])"
_ADMINISTRATIVE = re.compile(
    rf"(?:{_PLACE}{{2,8}}?(?:省|自治区|特别行政区))?"
    rf"(?:{_PLACE}{{1,8}}?(?:(?<![超城夜菜集商])市|自治州|地区|盟))?"
    rf"(?:{_PLACE}{{1,10}}?(?:自治县|县|(?<![小社园校厂院宅属活库景])区|旗|(?<![超城夜菜集商])市))?"
    rf"(?:{_SEAT}{{1,8}}?(?:街道办事处|街道|镇|乡|苏木))?"
)
