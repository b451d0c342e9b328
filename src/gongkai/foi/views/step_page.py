"""What the page of a step is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from gongkai.foi.handling.facts import Facts
from gongkai.people.models import Person

Typed = Mapping[str, Any]
Take = Callable[[Facts, Typed, Person], object]


@dataclass(frozen=True)
class StepPage:
    """The form of a step, what it does with what was typed, and what is said when it is done.

    *slow*: it works for seconds before it writes, holds nothing meanwhile, and is kept single by what it writes.
    *done_otherwise*: what is said instead of *done*, where what was typed asks for other words. *held*: what is
    said as a warning instead, where what came of the step cannot go on as it is.
    """

    form: type[forms.Form]
    take: Take
    done: str
    button: str = "登记"
    slow: bool = False
    done_otherwise: Callable[[Typed], str] = lambda typed: ""
    held: Callable[[Any], str] = lambda made: ""

    def said(self, typed: Typed) -> str:
        """Return what is said of a step that was taken with *typed*."""
        return self.done_otherwise(typed) or self.done
