"""The wording that travels with the program: one file a letter, read and checked once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from gongkai.law.letters import LETTERS
from gongkai.letters.wording.words import Block, Words

_HERE = Path(__file__).parent


class WordingError(Exception):
    """A packaged file of wording cannot be used; the message names the file and what is wrong in it."""


@dataclass(frozen=True)
class Duty:
    """What a letter must have whoever words it.

    *to* is the slot of whom it addresses, empty for a form; *must* are the slots that some block has to
    name, *never* those that none may: who asked is not told to whom is asked. *served*: it goes out to
    somebody, by some way, to an address.
    """

    code: str
    to: str
    must: tuple[str, ...]
    served: bool
    never: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return LETTERS[self.code].title

    @property
    def decides(self) -> bool:
        """Whether it has to tell how to complain (不变量七)."""
        return LETTERS[self.code].remedy_clause


@dataclass(frozen=True)
class Series:
    """A series of 文号: *word* stands after the organ's 代字."""

    code: str
    title: str
    word: str
    letters: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What the series is called among those of the rulebook."""
        return f"letter.{self.code}"


@cache
def packaged(code: str) -> Words:
    """The packaged wording of letter *code*. Raises :class:`WordingError` for a file that cannot be read."""
    return Words(code, _blocks(_file(code)["block"], f"{code}.toml"))


@cache
def duty(code: str) -> Duty:
    """What letter *code* must have."""
    head = {key: value for key, value in _file(code).items() if key != "block"}
    try:
        return msgspec.convert(head | {"code": code}, Duty, strict=True)
    except msgspec.ValidationError as wrong:
        raise WordingError(f"{code}.toml：{wrong}") from wrong


@cache
def all_series() -> tuple[Series, ...]:
    """Every series of 文号."""
    rows = tomllib.loads((_HERE / "series.toml").read_text(encoding="utf-8"))["series"]
    return tuple(msgspec.convert(row, Series) for row in rows)


def series_of(code: str) -> Series | None:
    """The series letter *code* is numbered in, None for one without a number."""
    return next((series for series in all_series() if code in series.letters), None)


def _file(code: str) -> Mapping[str, Any]:
    path = _HERE / f"{code}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise WordingError(f"{path.name}：读不出来（{wrong}）。") from wrong


def _blocks(rows: Any, where: str) -> tuple[Block, ...]:
    try:
        return msgspec.convert(rows, tuple[Block, ...])
    except msgspec.ValidationError as wrong:
        raise WordingError(f"{where}：{wrong}") from wrong
