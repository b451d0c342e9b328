"""One thing a person has to do: what a room tells the desk, and nothing about how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.urls import reverse

from gongkai.agencies.standing import Standing
from gongkai.law.rules import Rules


@dataclass(frozen=True)
class Todo:
    """*what* waits (a sentence), *act* is the next step on it, *page* where it is done: name, arguments,
    and *query* what of that page, from the question mark on.

    *due* is the legal or internal last day, None where there is none; *provisional* when it reaches into
    a year whose holiday notice is not known yet. *agency_id* is whose matter it is.
    """

    what: str
    act: str
    page: tuple[object, ...]
    agency_id: int
    due: date | None = None
    provisional: bool = False
    basis: str = ""
    query: str = ""

    @property
    def address(self) -> str:
        """The address of *page*: made for what is shown, not for the hundreds that are only counted."""
        name, *arguments = self.page
        return reverse(str(name), args=arguments) + self.query


NO_DAY = date.max


class Row(NamedTuple):
    """What a room asked for of one thing that waits; what it did not name is empty, a day :data:`NO_DAY`.

    *kind* is the place of its :class:`Rows` among those asked together.
    """

    kind: int
    uid: UUID
    name: str
    key: str
    whose: int
    since: date
    day: date
    days: int
    text: str
    more: str


@dataclass(frozen=True)
class Rows:
    """Things of one kind that wait, asked of the database together with those of every other kind.

    *columns* says what of *found* stands for which field of :class:`Row`: the path of a field, or an
    expression. *tells* makes the thing to do of a row, None where it does not wait yet.
    """

    found: QuerySet[Any]
    tells: Callable[[Row], Todo | None]
    columns: Mapping[str, str | Combinable]


Source = Callable[[Standing, Rules], Iterable[Todo | Rows]]
"""What each room offers in its ``todo.py``, given today's rules: things to do, or where they are asked for."""


def told(found: Iterable[Todo | Rows]) -> list[Todo]:
    """Return the things to do in *found*: one query for all that is asked for, whatever the rooms and rows."""
    given = list(found)
    asked = [one for one in given if isinstance(one, Rows)]
    answers = (asked[row.kind].tells(row) for row in _answered(asked))
    return [*(one for one in given if isinstance(one, Todo)), *filter(None, answers)]


def _answered(asked: Sequence[Rows]) -> list[Row]:
    parts = [_values(kind, rows) for kind, rows in enumerate(asked)]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return sorted(starmap(Row, rows), key=lambda row: (row.kind, row.day, row.name))


_EMPTY: dict[str, Any] = {
    "uid": Value(UUID(int=0), UUIDField()),
    "name": Value(""),
    "key": Value(""),
    "whose": Value(0),
    "since": Value(NO_DAY, DateField()),
    "day": Value(NO_DAY, DateField()),
    "days": Value(0),
    "text": Value(""),
    "more": Value(""),
}
_TYPES: dict[str, Any] = {
    **dict.fromkeys(("name", "key", "text", "more"), CharField(max_length=500)),
    **dict.fromkeys(("whose", "days"), IntegerField()),
}


def _values(kind: int, rows: Rows) -> Any:  # django-stubs has no word for values of annotations
    """Return the rows of one kind as values, each column of the one type that a union takes."""
    own: dict[str, Any] = {"todo_kind": Value(kind, IntegerField())}
    for name, empty in _EMPTY.items():
        column = rows.columns.get(name, empty)
        value = F(column) if isinstance(column, str) else column
        own[f"todo_{name}"] = Cast(value, _TYPES[name]) if name in _TYPES else value
    return rows.found.order_by().annotate(**own).values_list(*own)
