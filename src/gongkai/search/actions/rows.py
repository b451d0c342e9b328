"""An entry as rows, and the rows into either database or a file of SQLite."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.search.array import numbers_of
from gongkai.search.entry import Entry
from gongkai.search.fts import facets
from gongkai.search.labels import COLUMN_MARK, Label, labels_of
from gongkai.search.places import Ask, Tables, first_of
from gongkai.text import bigrams
from gongkai.text.folding import BARRIER, fold

Tell = Callable[[str, Sequence[Sequence[Any]]], None]
"""Runs one writing statement once for each row of parameters."""

_FAST = 1
_UNSTORABLE = re.compile("[\x00\x1f]")
_HALVES = re.compile("[\ud800-\udfff]")
_ENTRY = (
    "uid", "folded_title", "agency_id", "kind", "columns", "year", "published_on", "effect",
)  # fmt: skip
_BODY = ("entry_id", "title", "number", "url", "folded", "shown", "analyzer_version")


@dataclass(frozen=True)
class Indexed:
    """What an index is made of: folded texts, and what an entry is filtered by."""

    folded_title: str
    folded: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Row:
    """What is stored of an entry: the narrow row, the texts, and what the index is made of."""

    day: date
    entry: tuple[Any, ...]
    body: tuple[Any, ...]
    indexed: Indexed


def row_of(entry: Entry) -> Row:
    """Return *entry* as it is stored. What no database stores (NUL, half a character) becomes a blank."""
    title, number = _storable(entry.title), _storable(entry.number)
    texts = [_storable(text) for text in (entry.text, *entry.parts)]
    folded_title = BARRIER.join([fold(title), fold(number)])
    folded = BARRIER.join(map(fold, texts))
    shown = zlib.compress(BARRIER.join(texts).encode(), _FAST)
    columns = COLUMN_MARK.join(["", *entry.columns, ""]) if entry.columns else ""
    uid, day = entry.key.hex, entry.published_on
    return Row(
        day,
        (uid, folded_title, entry.agency_id, entry.kind, columns, entry.year, day.isoformat(),
         entry.effect),
        (uid, title, number, _storable(entry.url), folded, shown, bigrams.VERSION),
        Indexed(
            folded_title,
            folded,
            tuple(labels_of(entry.agency_id, entry.kind, columns, entry.year, entry.effect)),
        ),
    )  # fmt: skip


def insert_sqlite(ask: Ask, tell: Tell, tables: Tables, rows: Iterable[Row]) -> None:
    """Write *rows*, each under a primary key that begins with its day."""
    keyed = []
    taken: dict[date, int] = {}
    for row in rows:
        if row.day not in taken:
            taken[row.day] = _last_of(ask, tables, row.day)
        taken[row.day] += 1
        keyed.append((taken[row.day], row))
    tell(
        _insert(tables.entry, ("id", *_ENTRY)),
        [(key, *row.entry) for key, row in keyed],
    )
    tell(_insert(tables.body, _BODY), [row.body for _, row in keyed])
    index_sqlite(tell, tables, [(key, row.indexed) for key, row in keyed])


def index_sqlite(tell: Tell, tables: Tables, keyed: Sequence[tuple[int, Indexed]]) -> None:
    """Put entries, whose rows are there, into the index under their primary keys."""
    spelt = [
        (key, _spelt(one.folded_title), _spelt(one.folded), facets(one.labels))
        for key, one in keyed
    ]
    tell(_insert(tables.index, ("rowid", "title", "text", "facets")), spelt)
    titles = [(key, title, words) for key, title, _, words in spelt]
    tell(_insert(tables.titles, ("rowid", "title", "facets")), titles)


def insert_postgresql(tell: Tell, tables: Tables, rows: Iterable[Row]) -> None:
    """Write *rows* with the numbers they are found by."""
    every = list(rows)
    tell(
        _insert(tables.entry, (*_ENTRY, "tokens"), last="%s::bigint[]"),
        [(*row.entry, _array(row.day, row.indexed)) for row in every],
    )
    tell(_insert(tables.body, _BODY), [row.body for row in every])


def index_postgresql(
    tell: Tell, tables: Tables, keyed: Sequence[tuple[int, date, Indexed]]
) -> None:
    """Give entries, whose rows are there, their numbers anew."""
    tell(
        f"UPDATE {tables.entry} SET tokens = %s::bigint[] WHERE id = %s",  # noqa: S608  # our own names
        [(_array(day, one), key) for key, day, one in keyed],
    )


def delete_sqlite(tell: Tell, tables: Tables, key: int, indexed: Indexed) -> None:
    """Take an entry out of the index. FTS5 finds what to take out by the very words it was given."""
    title, text = _spelt(indexed.folded_title), _spelt(indexed.folded)
    words = facets(indexed.labels)
    tell(
        _insert(tables.index, (tables.index, "rowid", "title", "text", "facets")),
        [("delete", key, title, text, words)],
    )
    tell(
        _insert(tables.titles, (tables.titles, "rowid", "title", "facets")),
        [("delete", key, title, words)],
    )


def _last_of(ask: Ask, tables: Tables, day: date) -> int:
    first = first_of(day)
    found = ask(
        f"SELECT max(id) FROM {tables.entry} WHERE id > %s AND id < %s",  # noqa: S608  # our own names
        [first, first_of(date.fromordinal(day.toordinal() + 1))],
    )
    return found[0][0] or first


def _array(day: date, indexed: Indexed) -> list[int]:
    return numbers_of(indexed.folded_title, indexed.folded, indexed.labels, day)


def _spelt(folded: str) -> str:
    return " ".join(bigrams.words(folded))


def _insert(table: str, columns: tuple[str, ...], last: str = "%s") -> str:
    marks = ", ".join(["%s"] * (len(columns) - 1) + [last])
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  # our own names


def _storable(text: str) -> str:
    """Return *text* without what no database stores, in the way folding does without it."""
    return _UNSTORABLE.sub(" ", _HALVES.sub("", text))
