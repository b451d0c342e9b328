"""What a new holiday notice moves: the due days of cases that are still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.foi.clock import case_deadline
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.law.notice import Notice
from gongkai.law.rules import Rules


@dataclass(frozen=True)
class Move:
    """An open case whose due day changes."""

    case: Case
    before: date | None
    after: date | None


def moved_by(notice: Notice, rules: Rules) -> Iterator[Move]:
    """Yield the open cases that *notice* moves, in order of receipt. Nothing is written."""
    renewed = rules.with_notices([notice])
    open_cases = Case.objects.filter(decided_on=None).order_by("received_on", "pk")
    for case in open_cases.iterator(chunk_size=500):
        events = happenings(case)
        before = case_deadline(events, rules.as_of(case.received_on)).due
        after = case_deadline(events, renewed.as_of(case.received_on)).due
        if before != after:
            yield Move(case, before, after)
