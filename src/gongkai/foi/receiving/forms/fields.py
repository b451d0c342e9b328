"""The fields these forms are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.audit import clock
from gongkai.foi.receiving.files import ACCEPTED

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_SHORT = 200


class Words(forms.CharField):
    """Text a person types; what no keyboard sends and no screen shows is taken out first."""

    def __init__(self, label: str, help_text: str = "", **more: Any) -> None:
        more.setdefault("max_length", _SHORT)
        super().__init__(label=label, help_text=help_text, **more)

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", str(value or "").replace("\r\n", "\n"))
        return str(super().to_python(_CONTROL.sub("", text)) or "")


class PastDay(Day):
    """A day as it stands on a slip of paper."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and day > clock.today():
            raise forms.ValidationError("这一天还没有到，请对照签收单或者邮戳改正。")
        return day


def choice(label: str, choices: Iterable[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    """A choice that says in Chinese what is to be chosen, to what was not offered and to nothing."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        error_messages={
            "invalid_choice": "没有这个选项，请从列出的选项中选择一项。",
            "required": f"没有选“{label}”，请从列出的选项中选择一项。",
        },
        **more,
    )


def paper(label: str) -> forms.FileField:
    """A scan or a photograph that may follow later."""
    return forms.FileField(
        label=label,
        required=False,
        help_text="加密保存，可以登记之后再补。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
