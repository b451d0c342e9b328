"""What a change of the rules moves: each room tells which of its days differ between two sets of rules.

This room lies below the rooms that hold cases and duties. They register here, when they are ready,
how to find the days that move; nothing is written by asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.rules import Rules


@dataclass(frozen=True)
class Move:
    """A last day that changes.

    *subject* names the matter without personal data, *ref* finds it again (``case:<uid>``), *began* is
    the day whose rules it follows, *address* its page or empty. None stands for a clock that stands
    still or cannot be reckoned.
    """

    subject: str
    ref: str
    began: date
    before: date | None
    after: date | None
    address: str = ""


Source = Callable[[Rules, Rules], Iterable[Move]]
"""The moves between the rules as they are and as they would be: few queries, however many rows."""


@dataclass(frozen=True)
class Limits:
    """One kind of last day: *running* ones may move, *settled* ones belong to matters already decided.

    *touched_by* names the parameters the day depends on.
    """

    title: str
    touched_by: frozenset[str]
    running: Source
    settled: Source


_registered: dict[str, Limits] = {}


def register(name: str, limits: Limits) -> None:
    """Make *limits* known under *name*. Raises ``ValueError`` for a name that is taken."""
    if name in _registered:
        raise ValueError(name)
    _registered[name] = limits


def registered() -> dict[str, Limits]:
    return dict(_registered)


def running(before: Rules, after: Rules) -> Iterator[tuple[Limits, Move]]:
    """Yield every day not yet over that moves, with its kind."""
    for limits in _differing(before, after):
        for move in limits.running(before, after):
            yield limits, move


def settled(before: Rules, after: Rules) -> Iterator[tuple[Limits, Move]]:
    """Yield every day of a decided matter that would be another one."""
    for limits in _differing(before, after):
        for move in limits.settled(before, after):
            yield limits, move


def _differing(before: Rules, after: Rules) -> Iterator[Limits]:
    """Kinds of days that may differ at all: other notices, or another value they depend on."""
    notices = before.calendar.notices != after.calendar.notices
    changed = {p.key for p in set(before.ledger) ^ set(after.ledger)}
    for limits in _registered.values():
        if notices or changed & limits.touched_by:
            yield limits
