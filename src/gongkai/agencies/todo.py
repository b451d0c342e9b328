"""One thing a person has to do: what a room tells the desk, and nothing about how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.standing import Standing
from gongkai.law.rules import Rules


@dataclass(frozen=True)
class Todo:
    """*what* waits (a sentence), *act* is the next step on it, *address* where it is done.

    *due* is the legal or internal last day, None where there is none; *provisional* when it reaches into
    a year whose holiday notice is not known yet. *agency_id* is whose matter it is.
    """

    what: str
    act: str
    address: str
    agency_id: int
    due: date | None = None
    provisional: bool = False
    basis: str = ""


Source = Callable[[Standing, Rules], Iterable[Todo]]
"""What each room offers in its ``todo.py``, given today's rules: a few queries, however many rows."""
