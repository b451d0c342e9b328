"""Whether columns are kept up to date (国办秘函〔2019〕19号, 单项否决“栏目不更新”): told the days by others.

What was published where is known by rooms above. They may register where the days come from; until one
does, the desk says nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import F
from django.db.models.expressions import Combinable

from gongkai.law.platform import Freshness

Latest = Callable[[F], Combinable]
"""For the address of a column in a query, the instant something last appeared in it, nothing for an empty one."""


class State(StrEnum):
    """How fresh a column is. A page without a day counts as not updated."""

    FRESH = "fresh"
    STALE = "stale"
    EMPTY = "empty"
    UNTIMED = "untimed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.FRESH: "更新及时",
    State.STALE: "未及时更新",
    State.EMPTY: "空白栏目",
    State.UNTIMED: "不要求定期更新",
}


@dataclass(frozen=True)
class Expected:
    """What is asked of a column. *allowed* in natural days, None where nothing is."""

    slug: str
    freshness: Freshness
    allowed: int | None


@dataclass(frozen=True)
class Verdict:
    """A column's state on a day; *late_by* in days past what is allowed, 0 where it is not late."""

    expected: Expected
    state: State
    last: date | None
    late_by: int

    @property
    def overdue(self) -> bool:
        """Whether an inspection would count it: 空白栏目 or 未及时更新."""
        return self.state in (State.EMPTY, State.STALE)

    @property
    def due(self) -> date | None:
        """The last day on which something new was in time, None where nothing tells it."""
        if self.last is None or self.expected.allowed is None:
            return None
        return self.last + timedelta(days=self.expected.allowed)


def judge(expected: Expected, on: date, last: date | None) -> Verdict:
    """Judge a column on *on*. *last* is the day something last appeared; without one it is empty."""
    if last is None:
        return Verdict(expected, State.EMPTY, None, 0)
    if expected.allowed is None:
        return Verdict(expected, State.UNTIMED, last, 0)
    late_by = max((on - last).days - expected.allowed, 0)
    return Verdict(expected, State.STALE if late_by else State.FRESH, last, late_by)


_sources: list[Latest] = []


def register_latest(source: Latest) -> None:
    """Enter where the days of publication come from. Raises ``ValueError`` for a second source."""
    if _sources and _sources[0] is not source:
        raise ValueError("a source of publication days is already registered")
    _sources[:] = [source]


def latest(slug: F) -> Combinable | None:
    """Return the instant something last appeared in the column at *slug*, or None where no room tells it."""
    return _sources[0](slug) if _sources else None
