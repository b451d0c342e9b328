"""The forms of the desk's own pages."""

from __future__ import annotations

from django import forms


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
