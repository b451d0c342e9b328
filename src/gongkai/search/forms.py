"""What the county's office types about words."""

from __future__ import annotations

from django import forms


class SynonymForm(forms.Form):
    """Two words that find each other."""

    term = forms.CharField(label="词", max_length=50, help_text="例如：低保")
    equal = forms.CharField(label="同义词", max_length=50, help_text="例如：最低生活保障")


class BetForm(forms.Form):
    """What is shown above the results of a word, until a day."""

    word = forms.CharField(
        label="检索词", max_length=50, help_text="公众输入的词与它完全相同时显示"
    )
    title = forms.CharField(label="显示的标题", max_length=100)
    url = forms.CharField(
        label="网址",
        max_length=300,
        help_text="本站以 / 开头的网址，或者以 https:// 开头的完整网址",
    )
    expires_on = forms.DateField(
        label="最后一天", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
