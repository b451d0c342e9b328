"""Where the index of an audience is, and in which order SQLite keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.search.entry import Audience

Ask = Callable[[str, Sequence[Any]], list[Any]]
"""Runs one reading statement with ``%s`` for its parameters, on Django's connection or a file of SQLite."""

_DAY_BITS = 24


@dataclass(frozen=True)
class Tables:
    """The names of one audience's tables; *index* and *titles* are on SQLite, the indexes *tokens* and *days* on PostgreSQL."""

    entry: str
    body: str
    index: str
    titles: str
    tokens: str
    days: str


TABLES = {
    audience: Tables(
        f"search_{audience}entry",
        f"search_{audience}body",
        f"search_{audience}_index",
        f"search_{audience}_titles",
        f"search_{audience}_tokens",
        f"search_{audience}_days",
    )
    for audience in Audience
}


def first_of(day: date) -> int:
    """Return the least primary key of *day* on SQLite.

    FTS5 walks its rows in the order of their numbers at no cost and in no other: numbers that begin
    with the day make the newest twenty of a hundred thousand matches a matter of twenty rows.
    """
    return day.toordinal() << _DAY_BITS


def day_begins(key: int) -> int:
    """Return the least primary key of the day on which *key* is."""
    return key >> _DAY_BITS << _DAY_BITS


def newest_first(key: int) -> int:
    """Return what sorts the day of *key* before earlier ones."""
    return -(key >> _DAY_BITS)
