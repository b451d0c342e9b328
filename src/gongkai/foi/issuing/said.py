"""A letter keeps the last day it told; where the rules put it elsewhere since, whoever handles the case sees both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.handling.facts import Facts
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.queries import title_of


@dataclass(frozen=True)
class ToldOtherwise:
    """A letter, the last day of the answer it told, and that day by the rules as they are now."""

    letter: IssuedLetter
    title: str
    said: date
    now: date


def told_otherwise(known: Facts) -> Iterator[ToldOtherwise]:
    """Yield the letters whose last day the rules moved after they were written (条例第三十三条). Asks nothing.

    What happened in the case since moves its clock too and is told by letters of its own: only the events
    the letter knew are reckoned with.
    """
    for letter in known.letters:
        if letter.due_on is None:
            continue
        deadline, _ = deadline_or_reason(known.events[: letter.events_seen], known.rules)
        if deadline is not None and deadline.due not in (None, letter.due_on):
            yield ToldOtherwise(letter, title_of(letter), letter.due_on, deadline.due)
