"""PostgreSQL: an array of pairs and triples per entry under a GIN index, and the text itself to decide.

An array rather than a ``tsvector``: it has no limit of a megabyte, so a text of four hundred pages is one
row, and nothing is parsed. Words of two and three characters are in the index as they are; of a longer
one the triples narrow down, and the folded text is asked whether it has them in a row. What matches is found once (MATERIALIZED) before it is sorted:
the planner would else walk the dates and unpack every array it meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from gongkai.search.engines.sql import (
    Counted,
    Search,
    Sql,
    contains,
    filtered,
    page_of,
    tier,
)
from gongkai.search.places import Ask
from gongkai.text import bigrams

_FUNCTION = "strpos"
_GROUPS = "e.agency_id, e.kind, e.year, e.columns"
_CERTAIN = 3
"""Characters up to which the index needs no text to decide."""


@contextmanager
def planned(ask: Ask, search: Search) -> Iterator[None]:
    """Let the planner choose no scan of all rows: it does not know what unpacking an array costs."""
    if search.query.titles_only:
        yield
        return
    with transaction.atomic():
        ask("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)", [])
        yield
        ask("SELECT set_config('enable_seqscan', 'on', true), set_config('jit', 'on', true)", [])


def page(ask: Ask, search: Search, skip: int, size: int) -> list[Any]:
    """Return the primary keys of *size* results after the first *skip*."""
    ranked = tier(_FUNCTION, search.query)
    hit = _rows(search, f"e.id AS key, e.uid, e.published_on, {ranked.text} AS tier")
    return page_of(ask, Sql(hit.text, ranked.values + hit.values), skip, size)


def total(ask: Ask, search: Search) -> int:
    """Return how many results there are."""
    rows = _rows(search, "count(*)")
    return int(ask(rows.text, rows.values)[0][0])


def counted(ask: Ask, search: Search) -> Counted:
    """Return the results counted for facets."""
    rows = _rows(search, f"{_GROUPS}, count(*)")
    found = Counted()
    for agency_id, kind, year, columns, count in ask(
        f"{rows.text} GROUP BY {_GROUPS}", rows.values
    ):
        found.agencies[agency_id] += count
        found.kinds[kind] += count
        found.years[year] += count
        found.columns[columns] += count
    return found


def _rows(search: Search, select: str) -> Sql:
    query, tables = search.query, search.tables
    if query.titles_only:
        conditions = [contains(_FUNCTION, "e.folded_title", [one]) for one in query.short]
    else:
        conditions = [_candidates(alternatives) for alternatives in query.long]
    conditions += filtered(search)
    source = f"{tables.entry} e"
    verified = [word for word in query.long if any(len(one) > _CERTAIN for one in word)]
    if not query.titles_only and (verified or query.short):
        source += f" JOIN {tables.body} b ON b.entry_id = e.uid"
        conditions += [_contained(word) for word in verified]
        conditions += [_contained((one,)) for one in query.short]
    where = Sql.joined(" AND ", conditions)
    return Sql(f"SELECT {select} FROM {source} WHERE {where.text}", where.values)  # noqa: S608  # our own names


def _candidates(alternatives: tuple[str, ...]) -> Sql:
    pairs = [sorted(bigrams.sought(one)) for one in alternatives]
    return Sql.joined(" OR ", [Sql("e.tokens @> %s::bigint[]", (one,)) for one in pairs])


def _contained(alternatives: tuple[str, ...]) -> Sql:
    places = ("e.folded_title", "b.folded")
    return Sql.joined(" OR ", [contains(_FUNCTION, place, alternatives) for place in places])
