"""One thing a person has to do: what a room tells the desk, and nothing about how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

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


Source = Callable[[Standing, Rules], Iterable[Todo]]
"""What each room offers in its ``todo.py``, given today's rules: a few queries, however many rows."""
