"""SQLite: FTS5 over the pairs of characters, where consecutive pairs as a phrase are the text itself.

Nothing has to be verified, and the index walks from the newest entry back (``places.first_of``): a page
costs what it shows. Only words of one character are not in the index, and are looked for in the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from gongkai.search.engines.sql import (
    GROUPS,
    Counted,
    Search,
    Sql,
    contains,
    filtered,
    page_of,
    tier,
)
from gongkai.search.places import Ask, day_begins, newest_first
from gongkai.search.query import Query
from gongkai.text import bigrams

_FUNCTION = "instr"
_TITLE = "title"
_RANK = "{tier}"
"""Stands for the tier in what is selected: not every statement wants it."""


def planned(ask: Ask, search: Search) -> AbstractContextManager[None]:
    """Nothing to arrange: the index is walked as the statements say."""
    return nullcontext()


def page(ask: Ask, search: Search, skip: int, size: int) -> list[Any]:
    """Return the primary keys of *size* results after the first *skip*."""
    if search.query.short:
        hit = _rows(search, f"e.id AS key, e.uid, e.published_on, {_RANK} AS tier")
        return page_of(ask, hit, skip, size)
    found: list[Any] = []
    for expression in _tiers(search.query):
        found += _newest(ask, search, expression, skip, size - len(found))
        if len(found) == size:
            break
        if skip:
            skip = max(0, skip - _count(ask, _matched(search, expression)))
    return found


def total(ask: Ask, search: Search) -> int:
    """Return how many results there are."""
    if search.query.short:
        return int(_scalar(ask, _rows(search, "count(*)")))
    return _count(ask, _matched(search, _all(search.query)))


def counted(ask: Ask, search: Search) -> Counted:
    """Return the results counted for facets."""
    rows = _rows(search, f"{GROUPS}, count(*)")
    return ask(f"{rows.text} GROUP BY {GROUPS}", rows.values)


def phrase(text: str) -> str:
    """Return the FTS5 expression for *text*, which has two characters or more."""
    return f'"{" ".join(bigrams.words(text))}"'


def _rows(search: Search, select: str) -> Sql:
    """Return a query of *select* over the entries that match, each looked at by itself."""
    query, tables = search.query, search.tables
    ranked = tier(_FUNCTION, query)
    conditions = filtered(search)
    source = f"{tables.entry} e"
    if query.titles_only:
        conditions += [contains(_FUNCTION, "e.folded_title", [one]) for one in query.short]
    else:
        source = f"{tables.index} CROSS JOIN {tables.entry} e ON e.id = {tables.index}.rowid"
        conditions.insert(0, Sql(f"{tables.index} MATCH %s", (_all(query),)))
        if query.short:
            source += f" JOIN {tables.body} b ON b.entry_id = e.uid"
            both = "e.folded_title || b.folded"
            conditions += [contains(_FUNCTION, both, [one]) for one in query.short]
    where = Sql.joined(" AND ", conditions)
    values = ranked.values if _RANK in select else ()
    select = select.replace(_RANK, ranked.text)
    return Sql(f"SELECT {select} FROM {source} WHERE {where.text}", values + where.values)  # noqa: S608  # our own names


def _matched(search: Search, expression: str, *, joined: bool = False) -> Sql:
    """Return ``FROM … WHERE …`` of what matches *expression*; entries are joined for a filter at least."""
    index = search.tables.index
    conditions = [Sql(f"{index} MATCH %s", (expression,)), *filtered(search)]
    source = index
    if joined or len(conditions) > 1:
        # CROSS: the index leads, and the planner may not turn it round.
        source += f" CROSS JOIN {search.tables.entry} e ON e.id = {index}.rowid"
    where = Sql.joined(" AND ", conditions)
    return Sql(f"FROM {source} WHERE {where.text}", where.values)


def _newest(ask: Ask, search: Search, expression: str, skip: int, size: int) -> list[int]:
    """Return the keys of the newest matches; within a day by uid, so the last day is read to its end."""
    index = search.tables.index
    matched = _matched(search, expression)
    last = ask(
        f"SELECT {index}.rowid {matched.text} ORDER BY {index}.rowid DESC LIMIT 1 OFFSET %s",
        [*matched.values, skip + size - 1],
    )
    since = day_begins(last[0][0]) if last else 0
    matched = _matched(search, expression, joined=True)
    rows = ask(
        f"SELECT {index}.rowid, e.uid {matched.text} AND {index}.rowid >= %s",
        [*matched.values, since],
    )
    return [key for key, _ in sorted(rows, key=_in_order)[skip : skip + size]]


def _in_order(row: tuple[int, str]) -> tuple[int, str]:
    return newest_first(row[0]), row[1]


def _count(ask: Ask, matched: Sql) -> int:
    return int(_scalar(ask, Sql(f"SELECT count(*) {matched.text}", matched.values)))


def _scalar(ask: Ask, statement: Sql) -> Any:
    return ask(statement.text, statement.values)[0][0]


def _tiers(query: Query) -> Iterable[str]:
    """Yield an expression for each tier, none of which finds what an earlier one did."""
    whole = _titled(phrase(query.whole))
    yield whole
    if len(query.words) > 1 or len(query.words[0]) > 1:
        titled = _titled(_all(query))
        yield f"({titled}) NOT ({whole})"
        yield f"({_all(query)}) NOT ({titled}) NOT ({whole})"
    else:
        yield f"({_all(query)}) NOT ({whole})"


def _titled(expression: str) -> str:
    return f"{{{_TITLE}}} : ({expression})"


def _all(query: Query) -> str:
    words = (" OR ".join(map(phrase, alternatives)) for alternatives in query.long)
    return " AND ".join(f"({word})" for word in words)
