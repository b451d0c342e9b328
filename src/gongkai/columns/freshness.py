"""Whether columns are kept up to date (国办秘函〔2019〕19号, 单项否决“栏目不更新”): pure, told the days by others.

What was published where is known by rooms above. They may register where the days come from; until one
does, the desk says nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.platform import Freshness

Latest = Callable[[Collection[int]], Mapping[int, date]]
"""For columns by primary key, the day something last appeared in each; an empty column is left out."""


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


def stale(
    expected: Collection[Expected], on: date, last_published: Mapping[str, date]
) -> tuple[Verdict, ...]:
    """Judge each column on *on*. *last_published* is by slug; what is missing there is an empty column."""
    return tuple(_judge(one, on, last_published.get(one.slug)) for one in expected)


def _judge(expected: Expected, on: date, last: date | None) -> Verdict:
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


def latest(columns: Collection[int]) -> Mapping[int, date] | None:
    """Return the last days of publication, or None where no room tells them."""
    return _sources[0](columns) if _sources else None
