"""The forms of the desk's own pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

ACCEPT = "accept-"
"""How the field of a reason begins; the code of the obstacle follows."""
_LONGEST_REASON = 200


class DayForm(forms.Form):
    """Which day's draft one looks at."""

    on = forms.DateField(
        label="看哪一天的草稿", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    @classmethod
    def showing(cls, on: date) -> DayForm:
        """Return the form with *on* filled in, as browsers want it written."""
        return cls(initial={"on": on.isoformat()})


class OpeningForm(forms.Form):
    """Whose report is begun, and for which of *years*."""

    agency = forms.ChoiceField(label="编制机关")
    year = forms.ChoiceField(label="年度")
    contact = forms.CharField(
        label="联系方式",
        max_length=120,
        help_text="印在报告里：地址、邮政编码、电话、电子邮箱。",
    )

    def __init__(
        self, agencies: Sequence[tuple[str, str]], years: Sequence[int], data: Any = None
    ) -> None:
        super().__init__(data, auto_id="id_open_%s")
        self.fields["agency"] = forms.ChoiceField(label="编制机关", choices=agencies)
        self.fields["year"] = forms.ChoiceField(
            label="年度", choices=[(str(year), f"{year} 年") for year in years]
        )


class AcceptanceForm(forms.Form):
    """Reasons for freezing although something stands in the way: one field for each of *codes*."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__()
        for code in codes:
            self.fields[f"{ACCEPT}{code}"] = forms.CharField(
                label=f"{code} 确属实际情况的，写明接受的理由",
                help_text="随定稿存档。",
                max_length=_LONGEST_REASON,
                required=False,
            )


class SectionForm(forms.Form):
    """The text of one section of a report. *seen* is the text it was edited from."""

    text = forms.CharField(
        label="正文",
        required=False,
        max_length=50_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=(
            "一行一段。数字不要手写，写成 {n.items} 这样的引用，定稿时由台账算出；"
            "手写的数字与台账不符时，定稿前检查会指出来。"
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_text(self) -> str:
        """Return the text with the line ends of one kind and no trailing blank lines."""
        text = str(self.cleaned_data["text"])
        return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
