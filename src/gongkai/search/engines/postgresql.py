"""PostgreSQL: an array of numbers per entry under a GIN index, and the text itself to decide.

An array rather than a ``tsvector``: it has no limit of a megabyte, so a text of four hundred pages is one
row, and nothing is parsed. Words of two and three characters are in the index as they are; of a longer
one the triples narrow down, and the folded text is asked whether it has them in a row. To be counted it is asked
only where the triples may hang together otherwise: most texts with all triples of a word have the word, and the
index knows which of them prove it (``bigrams.forks``).

What stands in few entries is fetched and sorted. What stands in many is walked month by month, the newest first:
the month is in the index too, so a page costs the entries of a month and not all that have the word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Any

from django.db import transaction

from gongkai.search.array import forking, in_title, label_number, month_of
from gongkai.search.engines.sql import (
    Counted,
    Search,
    Sql,
    contains,
    filtered,
    page_of,
    tier,
)
from gongkai.search.labels import Label, wanted_by
from gongkai.search.places import Ask
from gongkai.text import bigrams

_FUNCTION = "strpos"
_CERTAIN = 3
"""Characters up to which the index needs no text to decide."""
_FEW = 500
"""Results up to which all are fetched to be sorted."""
_MONTHS = 6
"""How many are walked before the rest is fetched at once: what fills no page in them stands in few."""
_ROW = "1"
"""What a row costs, where a page read costs 4; PostgreSQL supposes 0.01."""
_PLAN = (
    "SELECT current_setting('cpu_tuple_cost'), current_setting('jit'), "
    "set_config('cpu_tuple_cost', %s, true), set_config('jit', %s, true)"
)
"""Sets both, and says what they were: a row is made from left to right."""
_READ = 5_000
"""How many texts are sooner read than asked for by what they have."""
_WAYS = 16
"""In how many ways the words may be chosen from what counts as the same: each is asked for by itself."""
_DAY = timedelta(days=1)
_ORDERED = "e.id, e.published_on, e.uid"
_GROUPS = ("e.agency_id", "e.kind", "e.year", "e.columns")


@contextmanager
def planned(ask: Ask, search: Search) -> Iterator[None]:
    """Tell the planner what it does not know: an array is unpacked for each row that is looked at.

    Else it reads all rows as soon as some entries wait to be sorted into the index, which it takes for dear.
    """
    if search.query.titles_only:
        yield
        return
    with transaction.atomic():
        *before, _, _ = ask(_PLAN, [_ROW, "off"])[0]
        yield
        ask(_PLAN, before)


def page(ask: Ask, search: Search, skip: int, size: int, count: int) -> list[Any]:
    """Return the primary keys of *size* results of *count* after the first *skip*."""
    size = min(size, count - skip)
    if search.query.short or count <= _FEW:
        return _sorted_at_once(ask, search, skip, size)
    found: list[Any] = []
    for one in _tiers(search):
        found += _newest(ask, one, skip, size - len(found))
        if len(found) == size:
            break
        if skip:
            skip = max(0, skip - _count(ask, one.rows("count(*)")))
    return found


def total(ask: Ask, search: Search) -> int:
    """Return how many results there are."""
    return sum(sign * _count(ask, some.rows("count(*)")) for sign, some in _reckoned(ask, search))


def counted(ask: Ask, search: Search) -> Counted:
    """Return the results counted for facets: each by itself, for together they are almost as many as the results."""
    every = ", ".join(f"({name})" for name in _GROUPS)
    found = Counted()
    for sign, some in _reckoned(ask, search):
        rows = some.rows(f"{', '.join(_GROUPS)}, count(*)")
        for *values, count in ask(f"{rows.text} GROUP BY GROUPING SETS ({every})", rows.values):
            for value, counter in zip(values, found.each, strict=True):
                if value is not None:
                    counter[value] += sign * count
    return found.without_none


@dataclass(frozen=True)
class _Rows:
    """Some entries: from where, and under which conditions; *search* says what else is wanted.

    *indexed*: the alternatives of each word, as the numbers the array must have.
    """

    search: Search
    indexed: tuple[tuple[frozenset[int], ...], ...]
    conditions: tuple[Sql, ...]
    with_body: bool = False

    def rows(self, select: str, *more: Sql, labels: Iterable[Label] = ()) -> Sql:
        """Return a query of *select* over those that meet *more* and have *labels* besides."""
        tables = self.search.tables
        narrowed = {label_number(one) for one in (*wanted_by(self.search.filters), *labels)}
        held = [_held(word, narrowed) for word in self.indexed]
        where = Sql.joined(" AND ", [*held, *self.conditions, *filtered(self.search), *more])
        source = f"{tables.entry} e"
        if self.with_body:
            source += f" JOIN {tables.body} b ON b.entry_id = e.uid"
        return Sql(f"SELECT {select} FROM {source} WHERE {where.text}", where.values)  # noqa: S608  # our own names


def _matching(search: Search) -> _Rows:
    """All results, in whichever tier."""
    query = search.query
    if query.titles_only:
        titled = [contains(_FUNCTION, "e.folded_title", [one]) for one in query.short]
        return _Rows(search, (), tuple(titled))
    uncertain = [*filter(_uncertain, query.long), *((one,) for one in query.short)]
    decided = tuple(_contained(("e.folded_title", "b.folded"), word) for word in uncertain)
    return _Rows(search, _sought(query.long), decided, with_body=bool(uncertain))


def _reckoned(ask: Ask, search: Search) -> list[tuple[int, _Rows]]:
    """Return entries to count and to take off: all that have the numbers, less those that only seem to match.

    Few are read one by one: to ask for each fork inside a long word costs more.
    """
    every, words = _matching(search), search.query.long
    if not every.with_body or search.query.short or prod(map(len, words)) > _WAYS:
        return [(1, every)]
    having = _Rows(search, every.indexed, ())
    if not _are(ask, having, _READ):
        return [(1, every)]
    wrong = _not(Sql.joined(" AND ", every.conditions))
    seeming = _Rows(search, (_doubtful(words),), (wrong,), with_body=True)
    return [(1, having), (-1, seeming)]


def _doubtful(words: Sequence[tuple[str, ...]]) -> tuple[frozenset[int], ...]:
    """Return the numbers an entry has, one set or another, that has those of *words* and may not have the words.

    Each set is whole: beside a condition on the same numbers PostgreSQL would unpack the array of every row.
    """
    return tuple(
        frozenset({forking(pair)}.union(*map(bigrams.sought, chosen)))
        for chosen in product(*words)
        for pair in sorted(set().union(*map(bigrams.joints, chosen)))
    )


def _tiers(search: Search) -> Iterator[_Rows]:
    """Yield where to look, tier by tier; none finds what an earlier one did."""
    words, whole = search.query.long, (search.query.whole,)
    yield _titled(search, (whole,))
    said = _contained(("e.folded_title",), whole)
    if words != (whole,):
        yield _titled(search, words, _not(said))
        said = _every_titled(words)
    rest = _matching(search)
    yield _Rows(search, rest.indexed, (*rest.conditions, _not(said)), rest.with_body)


def _titled(search: Search, words: tuple[tuple[str, ...], ...], *more: Sql) -> _Rows:
    """Return the entries whose title contains every one of *words*."""
    indexed = tuple(
        tuple(frozenset(in_title(numbers)) for numbers in alternatives)
        for alternatives in _sought(words)
    )
    decided = [_contained(("e.folded_title",), word) for word in filter(_uncertain, words)]
    return _Rows(search, indexed, (*decided, *more))


def _newest(ask: Ask, tier_rows: _Rows, skip: int, size: int) -> list[Any]:
    """Return the keys of the newest of a tier, those of one day in the order of their uid."""
    wanted, last = skip + size, _last_day(ask, tier_rows.search)
    found = _of_month(ask, tier_rows, last)
    if len(found) < wanted:
        every = tier_rows.rows(_ORDERED)
        found = ask(f"{every.text} LIMIT %s", [*every.values, _FEW + 1])
        if len(found) > _FEW:
            found = _walked(ask, tier_rows, last, wanted)
    newest = sorted(found, key=lambda row: (-row[1].toordinal(), row[2]))
    return [key for key, _, _ in newest[skip:wanted]]


def _walked(ask: Ask, tier_rows: _Rows, last: date, wanted: int) -> list[Any]:
    """Return at least the newest *wanted* of a tier: whole months, and the rest if a few months have too few."""
    found: list[Any] = []
    for _ in range(_MONTHS):
        found += _of_month(ask, tier_rows, last)
        if len(found) >= wanted:
            return found
        last = last.replace(day=1) - _DAY
    rest = tier_rows.rows(_ORDERED, Sql("e.published_on <= %s", (last.isoformat(),)))
    return found + ask(
        f"{rest.text} ORDER BY e.published_on DESC, e.uid LIMIT %s",
        [*rest.values, wanted - len(found)],
    )


def _of_month(ask: Ask, tier_rows: _Rows, day: date) -> list[Any]:
    month = tier_rows.rows(_ORDERED, labels=[month_of(day)])
    return ask(month.text, month.values)


def _last_day(ask: Ask, search: Search) -> date:
    newest: date = ask(f"SELECT max(published_on) FROM {search.tables.entry}", [])[0][0]  # noqa: S608  # 〃
    until = search.filters.until
    return newest if until is None else min(newest, until)


def _sorted_at_once(ask: Ask, search: Search, skip: int, size: int) -> list[Any]:
    """Few are sorted at once; and where a word has one character, which no index knows, all that have the others."""
    ranked = tier(_FUNCTION, search.query)
    hit = _matching(search).rows(f"e.id AS key, e.uid, e.published_on, {ranked.text} AS tier")
    return page_of(ask, Sql(hit.text, ranked.values + hit.values), skip, size)


def _sought(words: Iterable[tuple[str, ...]]) -> tuple[tuple[frozenset[int], ...], ...]:
    return tuple(tuple(frozenset(bigrams.sought(one)) for one in word) for word in words)


def _held(alternatives: Iterable[frozenset[int]], narrowed: set[int]) -> Sql:
    arrays = [sorted(numbers | narrowed) for numbers in alternatives]
    return Sql.joined(" OR ", [Sql("e.tokens @> %s::bigint[]", (one,)) for one in arrays])


def _uncertain(word: tuple[str, ...]) -> bool:
    return any(len(one) > _CERTAIN for one in word)


def _contained(places: Iterable[str], alternatives: tuple[str, ...]) -> Sql:
    return Sql.joined(" OR ", [contains(_FUNCTION, place, alternatives) for place in places])


def _every_titled(words: Iterable[tuple[str, ...]]) -> Sql:
    return Sql.joined(" AND ", [_contained(("e.folded_title",), word) for word in words])


def _not(condition: Sql) -> Sql:
    return Sql(f"NOT ({condition.text})", condition.values)


def _are(ask: Ask, rows: _Rows, many: int) -> bool:
    """Whether there are as *many*: no more are looked at, and none is handed over."""
    one = rows.rows("1")
    some = Sql(f"SELECT count(*) FROM ({one.text} LIMIT %s) AS seen", (*one.values, many))  # noqa: S608  # our own names
    return _count(ask, some) >= many


def _count(ask: Ask, rows: Sql) -> int:
    return int(ask(rows.text, rows.values)[0][0])
