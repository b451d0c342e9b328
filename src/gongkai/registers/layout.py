"""What the two registers hold, column by column (``columns.toml``): titles, other names, what a cell is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from gongkai.text.folding import fold


class Type(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    MONEY = "money"
    KIND = "kind"
    CODE = "code"


LONGEST = {
    Type.TEXT: 200,
    Type.LONG: 4_000,
    Type.DAY: 20,
    Type.MONEY: 24,
    Type.KIND: 20,
    Type.CODE: 18,
}
"""Characters of a cell."""


@dataclass(frozen=True)
class Column:
    """A column as ``columns.toml`` describes it. *key* is the field of the entry."""

    key: str
    names: tuple[str, ...]
    type: Type
    need: bool = False
    help: str = ""
    example: str = ""

    @property
    def title(self) -> str:
        """The official heading."""
        return self.names[0]

    @property
    def label(self) -> str:
        """What people call it: an amount is shown with its own unit, so without it here."""
        return self.title.removesuffix("（万元）")


@dataclass(frozen=True)
class Layout:
    """One register. *organ* and *state*: headings whose cells are checked and not kept."""

    code: str
    title: str
    matter: str
    organ: tuple[str, ...]
    state: tuple[str, ...]
    column: tuple[Column, ...]

    def known_as(self) -> Mapping[str, Column]:
        """Return the columns by each of their folded names."""
        return {plain(name): column for column in self.column for name in column.names}

    def named(self, key: str) -> Column:
        """Return the column of the field *key*. Raises ``KeyError``."""
        return next(one for one in self.column if one.key == key)


def plain(heading: str) -> str:
    """Return a heading as headings are compared: folded, without the star of a needed column."""
    return fold(heading).replace("*", "").removesuffix("(必填)").removesuffix("(选填)")


@cache
def _read() -> Mapping[str, Any]:
    text = (Path(__file__).parent / "columns.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def layout_of(register: str) -> Layout:
    """Return the layout of the register with this code. Raises ``KeyError`` for one that is none."""
    found = [row for row in _read()["register"] if row["code"] == register]
    if not found:
        raise KeyError(register)
    return msgspec.convert(found[0], Layout)


def is_personal(heading: str) -> bool:
    """Whether a column may say who a person is: it is never read."""
    return any(fold(word) in plain(heading) for word in _read()["personal"])


def is_ignored(heading: str) -> bool:
    """Whether the standard has the column and the register does without."""
    return any(plain(heading).startswith(fold(word)) for word in _read()["ignored"])
