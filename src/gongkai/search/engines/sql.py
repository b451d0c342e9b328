"""The SQL both databases share: conditions as text with parameters, and the row of a result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gongkai.search.labels import COLUMN_MARK, split_columns
from gongkai.search.places import Ask, Tables
from gongkai.search.query import Query
from gongkai.search.results import Facets, Filters


@dataclass(frozen=True)
class Sql:
    """A piece of a statement and the parameters for its ``%s``."""

    text: str
    values: tuple[Any, ...] = ()

    @classmethod
    def joined(cls, by: str, pieces: Iterable[Sql]) -> Sql:
        """Return *pieces* with *by* between them, each in brackets."""
        every = list(pieces)
        text = by.join(f"({piece.text})" for piece in every)
        return cls(text, tuple(value for piece in every for value in piece.values))


@dataclass(frozen=True)
class Search:
    """One question put to the tables of one audience.

    *within*: the agencies whose entries the reader may see, or None where all may be seen.
    """

    tables: Tables
    query: Query
    filters: Filters
    within: frozenset[int] | None = field(default=None)


@dataclass(frozen=True)
class Counted:
    """How many results there are by each of what entries have; columns as an entry holds all of its own."""

    agencies: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)

    @property
    def each(self) -> tuple[Counter[Any], ...]:
        """The counters in the order in which rows have the values."""
        return self.agencies, self.kinds, self.years, self.columns

    @property
    def total(self) -> int:
        return self.agencies.total()

    @property
    def without_none(self) -> Counted:
        """The same without what was counted and taken off again."""
        return Counted(*(+counter for counter in self.each))

    @property
    def facets(self) -> Facets:
        """The same with every column by itself."""
        each: Counter[str] = Counter()
        for columns, count in self.columns.items():
            for column in split_columns(columns):
                each[column] += count
        return Facets(dict(self.agencies), dict(self.kinds), dict(self.years), dict(each))


def filtered(search: Search) -> list[Sql]:
    """Return the conditions on an entry ``e`` besides its text."""
    wanted = search.filters
    found = [
        Sql(f"{name} %s", (value,))
        for name, value in (
            ("e.agency_id =", wanted.agency_id),
            ("e.kind =", wanted.kind),
            ("e.year =", wanted.year),
            ("e.effect =", wanted.effect),
            ("e.published_on >=", wanted.since and wanted.since.isoformat()),
            ("e.published_on <=", wanted.until and wanted.until.isoformat()),
        )
        if value is not None
    ]
    if wanted.column is not None:
        sought = f"{COLUMN_MARK}{wanted.column}{COLUMN_MARK}"
        found.append(Sql("replace(e.columns, %s, '') <> e.columns", (sought,)))
    if search.within is not None:
        ids = ", ".join(str(int(one)) for one in sorted(search.within)) or "NULL"
        found.append(Sql(f"e.agency_id IN ({ids})"))
    return found


def contains(function: str, column: str, alternatives: Iterable[str]) -> Sql:
    """Whether *column* contains one of *alternatives*: ``instr`` or ``strpos``, letter by letter."""
    return Sql.joined(
        " OR ", [Sql(f"{function}({column}, %s) > 0", (one,)) for one in alternatives]
    )


def tier(function: str, query: Query) -> Sql:
    """0: the title contains all that was typed; 1: it contains every word; 2: the text does."""
    whole = contains(function, "e.folded_title", [query.whole])
    if len(query.words) == 1 and len(query.words[0]) == 1:
        return Sql(f"CASE WHEN {whole.text} THEN 0 ELSE 2 END", whole.values)
    words = Sql.joined(" AND ", [contains(function, "e.folded_title", w) for w in query.words])
    return Sql(
        f"CASE WHEN {whole.text} THEN 0 WHEN {words.text} THEN 1 ELSE 2 END",
        whole.values + words.values,
    )


def page_of(ask: Ask, hit: Sql, skip: int, size: int) -> list[Any]:
    """Return the keys of a page of *hit*, a query for key, uid, published_on and tier, in order."""
    rows = ask(
        f"WITH hit AS MATERIALIZED ({hit.text}) SELECT key FROM hit "  # noqa: S608  # our own names
        "ORDER BY tier, published_on DESC, uid LIMIT %s OFFSET %s",
        [*hit.values, size, skip],
    )
    return [row[0] for row in rows]


ROW = (
    "e.uid, e.agency_id, e.kind, e.columns, e.year, CAST(e.published_on AS text), e.effect, "
    "e.folded_title, b.title, b.number, b.url, b.folded, b.shown"
)


def rows_of(ask: Ask, tables: Tables, keys: list[Any]) -> list[Any]:
    """Return :data:`ROW` of the entries with primary *keys*, in that order."""
    if not keys:
        return []
    marks = ", ".join(["%s"] * len(keys))
    rows = ask(
        f"SELECT e.id, {ROW} FROM {tables.entry} e JOIN {tables.body} b ON b.entry_id = e.uid "  # noqa: S608  # 〃
        f"WHERE e.id IN ({marks})",
        keys,
    )
    found = {row[0]: row[1:] for row in rows}
    return [found[key] for key in keys if key in found]
