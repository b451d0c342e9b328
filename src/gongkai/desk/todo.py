"""Everything that waits for a person, from every room, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import gongkai.agencies.waiting
import gongkai.columns.todo
import gongkai.documents.todo
import gongkai.foi.receiving.todo
import gongkai.foi.todo
import gongkai.letters.todo
import gongkai.publication.todo
import gongkai.reporting.todo
import gongkai.returns.todo
import gongkai.review.todo
import gongkai.rulebook.todo
import gongkai.sharing.todo
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Source, Todo, told
from gongkai.law.rules import Rules
from gongkai.rulebook.urgency import Urgency, urgency

SOURCES: tuple[Source, ...] = (
    gongkai.agencies.waiting.todo,
    gongkai.columns.todo.todo,
    gongkai.documents.todo.todo,
    gongkai.foi.receiving.todo.todo,
    gongkai.foi.todo.todo,
    gongkai.review.todo.todo,
    gongkai.publication.todo.todo,
    gongkai.sharing.todo.todo,
    gongkai.returns.todo.todo,
    gongkai.reporting.todo.todo,
    gongkai.rulebook.todo.todo,
    gongkai.letters.todo.todo,
)
GROUPS = (
    ("late", "已逾期"),
    ("today", "今天期满"),
    ("soon", "快到期"),
    ("far", "以后"),
    ("none", "没有期限"),
)


@dataclass(frozen=True)
class Waiting:
    """A thing to do: whose matter it is, and how near its last day."""

    todo: Todo
    agency: str
    urgency: Urgency


@dataclass(frozen=True)
class Group:
    """Things equally near: *shown* of *total*, the nearest first."""

    kind: str
    title: str
    total: int
    shown: Sequence[Waiting]


def collected(standing: Standing, rules: Rules) -> list[Todo]:
    """Return everything that waits for *standing*, the nearest last day first."""
    found = chain.from_iterable(source(standing, rules) for source in SOURCES)
    return sorted(told(found), key=lambda todo: (todo.due or date.max, todo.what))


def groups(
    todos: Sequence[Todo], rules: Rules, short: Mapping[int, str], most: int | None = None
) -> list[Group]:
    """Return *todos* in groups by how near they are; at most *most* of a group are shown.

    *short* is what each agency is called, by primary key.
    """
    by_kind: dict[str, list[Waiting]] = {kind: [] for kind, _ in GROUPS}
    for todo in todos:
        near = urgency(todo.due, rules)
        by_kind[near.kind].append(Waiting(todo, short[todo.agency_id], near))
    return [
        Group(kind, title, len(by_kind[kind]), by_kind[kind][:most])
        for kind, title in GROUPS
        if by_kind[kind]
    ]
