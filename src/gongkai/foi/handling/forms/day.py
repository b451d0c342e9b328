"""What the forms of most steps begin with: a day, today unless something happened earlier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.handling.facts import Facts

Choices = Sequence[tuple[str, str]]


def long_text(
    label: str, most: int, *, rows: int = 3, help_text: str = "", need: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=need,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class DayForm(forms.Form):
    """The day something happened."""

    on = Day("日期", "事情发生的那一天，不能晚于今天。")

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        if "on" in self.fields:
            self.fields["on"].initial = facts.on
        self.arrange()

    def arrange(self) -> None:
        """Fit labels, choices and limits to the case."""

    def relabel_day(self, label: str, help_text: str = "") -> None:
        day = self.fields["on"]
        day.label, day.help_text = label, help_text or day.help_text
