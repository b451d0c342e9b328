"""What is typed where something is published or taken away."""

from __future__ import annotations

from django import forms


class PublishForm(forms.Form):
    """Which edition one saw: another one, closed meanwhile, does not go out by this button."""

    n = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why something leaves the site."""

    reason = forms.CharField(
        label="撤下的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会显示在原网址上，公众看得到；不要写个人信息。",
    )
