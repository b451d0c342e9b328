"""Whose row is it: names and short names of agencies, folded, and the one each stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from gongkai.agencies.models import Level
from gongkai.exchange.layout import fold
from gongkai.exchange.problem import Problem
from gongkai.exchange.rows import AgencyRow, Contents, Row

R = TypeVar("R", bound=Row)

_LEVELS: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"(乡|镇)人民政府$|街道办事处$"), Level.TOWNSHIP),
    (re.compile(r"人民政府$"), Level.COUNTY),
    (re.compile(r"(人民政府|政府)办公室$"), Level.OFFICE),
)


@dataclass(frozen=True)
class Directory:
    """Folded name → the key of an agency: its code, or its first name where it has none."""

    keys: Mapping[str, str]

    def key(self, name: str) -> str:
        """Return which agency *name* stands for; an unknown name stands for itself."""
        return self.keys.get(fold(name), name)


def level_of(row: AgencyRow) -> Level:
    """Return the level of an agency: as given, else by what its name ends in."""
    if row.level:
        return Level(row.level)
    return next((level for ending, level in _LEVELS if ending.search(row.name)), Level.BUREAU)


def directory(agencies: Iterable[AgencyRow]) -> Directory:
    """Return the names of *agencies*, all names of one code under that code."""
    keys: dict[str, str] = {}
    for row in agencies:
        key = row.code or row.name
        for name in (row.name, row.short):
            if name:
                keys.setdefault(fold(name), key)
    return Directory(keys)


def with_owner(contents: Contents, sole: str) -> tuple[Contents, list[Problem]]:
    """Return *contents* with every record's agency named, and a problem for each that has none.

    *sole* is the agency a row without one belongs to, empty when the workbook speaks of several.
    """
    problems = [] if sole else list(_unowned(contents))
    if not sole:
        return contents, problems
    return (
        replace(
            contents,
            requests=tuple(_owned(row, sole) for row in contents.requests),
            disputes=tuple(_owned(row, sole) for row in contents.disputes),
            policies=tuple(_owned(row, sole) for row in contents.policies),
            returns=tuple(_owned(row, sole) for row in contents.returns),
        ),
        problems,
    )


def sole_agency(contents: Contents, asked: str) -> str:
    """Return the one agency the whole workbook is about, or an empty string when there are several."""
    names, listed = names_used(contents), {row.code or row.name for row in contents.agencies}
    if not names and asked:
        return asked
    if len(names) == 1:
        return names[0]
    return contents.agencies[-1].name if not names and len(listed) == 1 else ""


def names_used(contents: Contents) -> tuple[str, ...]:
    """Return the names of agencies the records are under, in order of appearance."""
    return tuple(dict.fromkeys(row.agency for row in contents.owned() if row.agency))


def _owned(row: R, sole: str) -> R:
    return row if row.agency else replace(row, agency=sole)


def _unowned(contents: Contents) -> Iterator[Problem]:
    for row in contents.owned():
        if not row.agency:
            yield Problem(
                row.place.sheet,
                row.place.cell("agency"),
                "没有写是哪个机关；年报按机关汇总（条例第五十条），请补上机关名称。"
                "整个工作簿只有一个机关的，用 --agency 写明。",
            )
