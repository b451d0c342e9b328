"""Finding, and what was looked for in vain."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from gongkai.search.engines import postgresql, sqlite
from gongkai.search.engines.sql import Search, rows_of
from gongkai.search.entry import Audience
from gongkai.search.excerpts import excerpt, marked
from gongkai.search.labels import split_columns
from gongkai.search.models import BestBet, MissedQuery
from gongkai.search.places import TABLES, Ask
from gongkai.search.query import Query, QueryRefused, parse
from gongkai.search.results import MOST_PAGES, PAGE_SIZE, Filters, Hit, Results
from gongkai.text.folding import BARRIER, fold

_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}
_WEEK = timedelta(weeks=1)


def find(
    typed: str,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    page: int = 1,
    *,
    audience: Audience = Audience.PUBLIC,
    within: frozenset[int] | None = None,
    facets: bool = True,
) -> Results:
    """Return a page of the entries whose title, number, text or attachments contain every word typed.

    First those whose title contains all that was typed, then those whose title contains every word,
    then the rest; newest first, then by key. A search for staff is told the agencies the reader may
    see (*within*); it raises ``ValueError`` without. Raises :class:`QueryRefused`.
    """
    if audience is Audience.STAFF and within is None:
        raise ValueError("a search for staff is within what the reader may see")
    query = parse(typed)
    return ask_for(
        _ask,
        Search(TABLES[audience], query, filters, within),
        page,
        facets=facets,
        vendor=connection.vendor,
    )


def ask_for(ask: Ask, search: Search, page: int, *, facets: bool, vendor: str) -> Results:
    """Put *search* to the database behind *ask*. Raises :class:`QueryRefused` for a page too far on."""
    if not 1 <= page <= MOST_PAGES:
        raise QueryRefused(
            f"没有第 {page} 页，因为检索结果只能翻看前 {MOST_PAGES} 页。请加一个词，或者按机关、年份缩小范围。"
        )
    engine = _ENGINES[vendor]
    search = replace(search, query=_with_synonyms(ask, search.query))
    with engine.planned(ask, search):
        counted = engine.counted(ask, search) if facets else None
        total = engine.total(ask, search) if counted is None else counted.total
        skip = (page - 1) * PAGE_SIZE
        keys = engine.page(ask, search, skip, PAGE_SIZE, total) if total > skip else []
    rows = rows_of(ask, search.tables, keys)
    hits = tuple(_hit(row, search.query.every) for row in rows)
    return Results(total, page, hits, None if counted is None else counted.facets)


def bets_for(typed: str, on: date) -> list[BestBet]:
    """Return what the county recommends on *on* for exactly what was typed."""
    folded = fold(typed)
    rows = BestBet.objects.filter(folded=folded, expires_on__gte=on)
    return list(rows.order_by("title", "pk"))


def missed_in_week(last: date, most: int = 50) -> list[tuple[str, int]]:
    """Return what was looked for in vain in the seven days up to *last*, the most frequent first."""
    rows = MissedQuery.objects.filter(day__gt=last - _WEEK, day__lte=last).values_list("folded")
    return list(rows.annotate(times=Sum("count")).order_by("-times", "folded")[:most])


def _ask(statement: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _with_synonyms(ask: Ask, query: Query) -> Query:
    """Let each word also be found by its equals."""
    words = [word[0] for word in query.words]
    marks = ", ".join(["%s"] * len(words))
    rows = ask(
        "SELECT folded_term, folded_equal FROM search_synonym "  # noqa: S608  # marks only
        f"WHERE folded_term IN ({marks}) OR folded_equal IN ({marks}) ORDER BY 1, 2",
        [*words, *words],
    )
    equals: dict[str, list[str]] = {}
    for term, equal in rows:
        equals.setdefault(term, []).append(equal)
        equals.setdefault(equal, []).append(term)
    return replace(query, words=tuple((word, *equals.get(word, ())) for word in words))


def _hit(row: Sequence[Any], words: tuple[str, ...]) -> Hit:
    uid, agency_id, kind, columns, year, published_on, effect = row[:7]
    folded_title, title, number, url, folded, shown = row[7:]
    text = zlib.decompress(bytes(shown)).decode()
    return Hit(
        key=UUID(str(uid)),
        title=title,
        marked_title=marked(title, folded_title.split(BARRIER)[0], words),
        excerpt=excerpt(text, folded, words),
        agency_id=agency_id,
        kind=kind,
        columns=tuple(split_columns(columns)),
        year=year,
        published_on=date.fromisoformat(published_on),
        number=number,
        effect=effect,
        url=url,
    )
