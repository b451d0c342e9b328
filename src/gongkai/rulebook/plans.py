"""The plan of a change: which days of the calendar and which last days it moves, from when to when.

A plan is shown before anything is approved. Its hash stands for what was shown: an approval names it
and is refused when the plan is another one by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.law.calendar import DayChange, compare
from gongkai.law.notice import Notice
from gongkai.law.rules import Rules
from gongkai.rulebook.models import Parameter
from gongkai.rulebook.moves import Move, running, settled
from gongkai.rulebook.queries import in_place_of, rules_on
from gongkai.text.canonical import Plain, canonical_bytes, sha256_hex

SCHEMA = "gongkai.moves/1"


@dataclass(frozen=True)
class Moved:
    """A last day that moves, with what kind of last day it is."""

    kind: str
    move: Move


@dataclass(frozen=True)
class Plan:
    """What a change moves. *days* are days of the calendar, *moves* last days of matters at hand."""

    days: tuple[DayChange, ...]
    moves: tuple[Moved, ...]

    @cached_property
    def canonical(self) -> bytes:
        """The list as it is kept, without addresses, which may change."""
        return canonical_bytes(
            {
                "schema": SCHEMA,
                "days": [_day(change) for change in self.days],
                "moves": [_move(moved) for moved in self.moves],
            }
        )

    @cached_property
    def sha256(self) -> str:
        return sha256_hex(self.canonical)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each kind move."""
        found: dict[str, int] = {}
        for moved in self.moves:
            found[moved.kind] = found.get(moved.kind, 0) + 1
        return found


def notice_plan(notice: Notice, on: date) -> Plan:
    """Return what *notice* moves, seen from the rules of *on*."""
    before = rules_on(on)
    after = before.with_notices([notice])
    days = compare(before.calendar, after.calendar, notice.year)
    return Plan(tuple(days), _moves(before, after))


def parameter_plan(own: Parameter, on: date) -> Plan:
    """Return what the county's *own* value moves, seen from the rules of *on*."""
    before, after = _rules_with(own, on)
    return Plan((), _moves(before, after))


def decided_otherwise(own: Parameter, on: date) -> list[Move]:
    """Return the last days of matters already decided that *own* would make others."""
    if own.since > on:
        return []
    before, after = _rules_with(own, on)
    return [move for _, move in settled(before, after)]


def _rules_with(own: Parameter, on: date) -> tuple[Rules, Rules]:
    before = rules_on(on)
    stands_for = Rules.national(own.since).parameter(own.key)
    return before, before.with_parameters([in_place_of(stands_for, own)])


def _moves(before: Rules, after: Rules) -> tuple[Moved, ...]:
    return tuple(Moved(limits.title, move) for limits, move in running(before, after))


def _day(change: DayChange) -> dict[str, Plain]:
    return {
        "on": change.on.isoformat(),
        "before": change.before.working,
        "after": change.after.working,
    }


def _move(moved: Moved) -> dict[str, Plain]:
    move = moved.move
    return {
        "kind": moved.kind,
        "subject": move.subject,
        "ref": move.ref,
        "before": move.before.isoformat() if move.before else None,
        "after": move.after.isoformat() if move.after else None,
    }
