"""The workbook's sheets and columns as data: `sheets.toml`, typed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

Need = Literal["always", "ledger", "no"]
ALL_YEARS = range(1949, 2100)
EXAMPLE_MARK = "示例：本行不读取"
"""What the first cell of a row says that shows how to fill in the sheet and is no record."""
ABOUT_SHEET, CHOICES_SHEET = "说明", "选项"

_HERE = Path(__file__).parent
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_FILLER = re.compile(r"[\W_]+")


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column: the name the template prints, the others it is met under, what a cell means.

    *need*: "always" a row is not understood without it, "ledger" the report can be counted without
    it and the ledger not filled. *past*: no day after today. *longest*: characters of a text.
    """

    key: str
    title: str
    also: tuple[str, ...]
    kind: str
    need: Need
    about: str
    example: str
    past: bool = False
    longest: int = 0


class Sheet(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """One sheet of records."""

    key: str
    title: str
    also: tuple[str, ...]
    about: str
    column: tuple[Column, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every folded name this sheet is met under."""
        return frozenset(fold(name) for name in (self.title, *self.also))

    @cached_property
    def by_heading(self) -> Mapping[str, Column]:
        """The column each folded heading stands for."""
        return {
            heading(name): column for column in self.column for name in (column.title, *column.also)
        }

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which no row is understood."""
        return tuple(column for column in self.column if column.need == "always")


def fold(text: str) -> str:
    """Return *text* without blanks, punctuation, case or full-width forms: how names are compared."""
    return _FILLER.sub("", unicodedata.normalize("NFKC", text)).casefold()


def heading(text: str) -> str:
    """Return a column's heading folded, without what stands in brackets (a unit, a remark)."""
    plain = unicodedata.normalize("NFKC", text)
    bare = _BRACKETED.sub("", plain)
    return fold(bare) or fold(plain)


def _load() -> tuple[Sheet, ...]:
    tables = tomllib.loads((_HERE / "sheets.toml").read_text(encoding="utf-8"))
    return msgspec.convert(tables["sheet"], tuple[Sheet, ...])


SHEETS: Mapping[str, Sheet] = {sheet.key: sheet for sheet in _load()}
