"""An entry as rows, and the rows into either database or a file of SQLite."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.search.engines.sql import COLUMN_MARK
from gongkai.search.entry import Entry
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
class Row:
    """What is stored of an entry: the narrow row, the texts, and the folded texts the index is made of."""

    day: date
    entry: tuple[Any, ...]
    body: tuple[Any, ...]
    folded_title: str
    folded: str


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
        folded_title,
        folded,
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
    tell(
        _insert(tables.index, ("rowid", "title", "text")),
        [(key, *_spelt(row.folded_title, row.folded)) for key, row in keyed],
    )


def insert_postgresql(tell: Tell, tables: Tables, rows: Iterable[Row]) -> None:
    """Write *rows* with the pairs of all their texts."""
    every = list(rows)
    tell(
        _insert(tables.entry, (*_ENTRY, "tokens"), last="%s::bigint[]"),
        [
            (*row.entry, sorted(bigrams.numbers(row.folded_title) | bigrams.numbers(row.folded)))
            for row in every
        ],
    )
    tell(_insert(tables.body, _BODY), [row.body for row in every])


def delete_sqlite(tell: Tell, tables: Tables, key: int, folded_title: str, folded: str) -> None:
    """Take an entry out of the index. FTS5 finds what to take out by the very words it was given."""
    tell(
        _insert(tables.index, (tables.index, "rowid", "title", "text")),
        [("delete", key, *_spelt(folded_title, folded))],
    )


def _last_of(ask: Ask, tables: Tables, day: date) -> int:
    first = first_of(day)
    found = ask(
        f"SELECT max(id) FROM {tables.entry} WHERE id > %s AND id < %s",  # noqa: S608  # our own names
        [first, first_of(date.fromordinal(day.toordinal() + 1))],
    )
    return found[0][0] or first


def _spelt(*folded: str) -> tuple[str, ...]:
    return tuple(" ".join(bigrams.words(one)) for one in folded)


def _insert(table: str, columns: tuple[str, ...], last: str = "%s") -> str:
    marks = ", ".join(["%s"] * (len(columns) - 1) + [last])
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  # our own names


def _storable(text: str) -> str:
    """Return *text* without what no database stores, in the way folding does without it."""
    return _UNSTORABLE.sub(" ", _HALVES.sub("", text))
