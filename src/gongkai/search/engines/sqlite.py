"""SQLite: FTS5 over the pairs of characters, where consecutive pairs as a phrase are the text itself.

Nothing has to be verified, and the index walks from the newest entry back (``places.first_of``): a page
costs what it shows. What an entry is filtered by is a word of the index as well (``fts.facet``), and its day the
beginning of its number: a filter makes a walk shorter. Only words of one character are not in the index, and are
looked for in the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

from gongkai.search.engines.sql import (
    Counted,
    Search,
    Sql,
    contains,
    filtered,
    page_of,
    tier,
)
from gongkai.search.fts import facet
from gongkai.search.labels import wanted_by
from gongkai.search.places import Ask, day_begins, first_of, newest_first
from gongkai.search.query import Query
from gongkai.text import bigrams

_FUNCTION = "instr"
_RANK = "{tier}"
"""Stands for the tier in what is selected: not every statement wants it."""
_COUNTED = ("e.agency_id", "e.kind", "e.year", "e.columns")
_NEXT = timedelta(days=1)


def planned(ask: Ask, search: Search) -> AbstractContextManager[None]:
    """Nothing to arrange: the index is walked as the statements say."""
    return nullcontext()


def page(ask: Ask, search: Search, skip: int, size: int, count: int) -> list[Any]:
    """Return the primary keys of *size* results of *count* after the first *skip*."""
    size = min(size, count - skip)
    if search.query.short:
        hit = _rows(search, f"e.id AS key, e.uid, e.published_on, {_RANK} AS tier")
        return page_of(ask, hit, skip, size)
    found: list[Any] = []
    for index, expression in _tiers(search):
        found += _newest(ask, search, index, expression, skip, size - len(found))
        if len(found) == size:
            break
        if skip:
            skip = max(0, skip - _count(ask, _matched(search, index, expression)))
    return found


def total(ask: Ask, search: Search) -> int:
    """Return how many results there are."""
    if search.query.short:
        return int(_scalar(ask, _rows(search, "count(*)")))
    return _count(ask, _matched(search, search.tables.index, _all(search.query)))


def counted(ask: Ask, search: Search) -> Counted:
    """Return the results counted for facets.

    SQLite groups by sorting. To hand out all values in four long texts and count them here takes half as long.
    """
    rows = _rows(search, ", ".join(f"group_concat({name}, char(10))" for name in _COUNTED))
    values = ask(rows.text, rows.values)[0]
    if values[0] is None:
        return Counted()
    agencies, kinds, years, columns = (Counter(text.split("\n")) for text in values)
    return Counted(_numbered(agencies), kinds, _numbered(years), columns)


def phrase(text: str) -> str:
    """Return the FTS5 expression for *text*, which has two characters or more."""
    return f'"{" ".join(bigrams.words(text))}"'


def _rows(search: Search, select: str) -> Sql:
    """Return a query of *select* over the entries that match, each looked at by itself."""
    query, tables = search.query, search.tables
    ranked = tier(_FUNCTION, query)
    if query.titles_only:
        source = f"{tables.entry} e"
        conditions = filtered(search)
        conditions += [contains(_FUNCTION, "e.folded_title", [one]) for one in query.short]
    else:
        source = f"{tables.index} CROSS JOIN {tables.entry} e ON e.id = {tables.index}.rowid"
        conditions = _conditions(search, tables.index, _all(query))
        if query.short:
            source += f" JOIN {tables.body} b ON b.entry_id = e.uid"
            both = "e.folded_title || b.folded"
            conditions += [contains(_FUNCTION, both, [one]) for one in query.short]
    where = Sql.joined(" AND ", conditions)
    values = ranked.values if _RANK in select else ()
    select = select.replace(_RANK, ranked.text)
    return Sql(f"SELECT {select} FROM {source} WHERE {where.text}", values + where.values)  # noqa: S608  # our own names


def _matched(search: Search, index: str, expression: str, *, joined: bool = False) -> Sql:
    """Return ``FROM … WHERE …`` of what matches *expression* in the table *index*."""
    where = Sql.joined(" AND ", _conditions(search, index, expression))
    # CROSS: the index leads, and the planner may not turn it round.
    entries = f" CROSS JOIN {search.tables.entry} e ON e.id = {index}.rowid" if joined else ""
    return Sql(f"FROM {index}{entries} WHERE {where.text}", where.values)


def _conditions(search: Search, index: str, expression: str) -> list[Sql]:
    """Return that an entry matches *expression* and is one of those that are wanted."""
    wanted = search.filters
    words = " AND ".join([f"({expression})", *_filters(search)])
    conditions = [Sql(f"{index} MATCH %s", (words,))]
    if wanted.since is not None:
        conditions.append(Sql(f"{index}.rowid >= %s", (first_of(wanted.since),)))
    if wanted.until is not None:
        conditions.append(Sql(f"{index}.rowid < %s", (first_of(wanted.until + _NEXT),)))
    if search.within is not None and not search.within:
        conditions.append(Sql("0"))
    return conditions


def _filters(search: Search) -> Iterable[str]:
    """Yield the expressions for what is wanted besides words and days."""
    yield from map(facet, wanted_by(search.filters))
    if search.within:
        every = " OR ".join(facet(("agency", one)) for one in sorted(search.within))
        yield f"({every})"


def _newest(
    ask: Ask, search: Search, index: str, expression: str, skip: int, size: int
) -> list[int]:
    """Return the keys of the newest matches; within a day by uid, so the last day is read to its end."""
    entry, wanted = search.tables.entry, skip + size
    matched = _matched(search, index, expression)
    rows = ask(
        f"SELECT key, e.uid FROM (SELECT {index}.rowid AS key {matched.text} "  # noqa: S608  # our own names
        f"ORDER BY key DESC LIMIT %s) CROSS JOIN {entry} e ON e.id = key",
        [*matched.values, wanted],
    )
    if len(rows) == wanted:
        last = min(key for key, _ in rows)
        rest = _matched(search, index, expression, joined=True)
        rows += ask(
            f"SELECT {index}.rowid, e.uid {rest.text} "
            f"AND {index}.rowid >= %s AND {index}.rowid < %s",
            [*rest.values, day_begins(last), last],
        )
    return [key for key, _ in sorted(rows, key=_in_order)[skip:wanted]]


def _numbered(counted: Counter[str]) -> Counter[int]:
    return Counter({int(value): count for value, count in counted.items()})


def _in_order(row: tuple[int, str]) -> tuple[int, str]:
    return newest_first(row[0]), row[1]


def _count(ask: Ask, matched: Sql) -> int:
    return int(_scalar(ask, Sql(f"SELECT count(*) {matched.text}", matched.values)))


def _scalar(ask: Ask, statement: Sql) -> Any:
    return ask(statement.text, statement.values)[0][0]


def _tiers(search: Search) -> Iterable[tuple[str, str]]:
    """Yield where to look and what for, tier by tier; none finds what an earlier one did."""
    query, titles, index = search.query, search.tables.titles, search.tables.index
    whole, every = phrase(query.whole), _all(query)
    yield titles, whole
    titled = whole
    if len(query.words) > 1 or len(query.words[0]) > 1:
        yield titles, f"({every}) NOT ({whole})"
        titled = every
    yield index, f"({every}) NOT ({{title}} : ({titled}))"


def _all(query: Query) -> str:
    words = (" OR ".join(map(phrase, alternatives)) for alternatives in query.long)
    return " AND ".join(f"({word})" for word in words)
