"""What a clerk fills in when something is sent in, handled, passed on or answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.channels.models import Channel


class NoteForm(forms.Form):
    """A word to the office."""

    note = forms.CharField(
        label="附言",
        required=False,
        max_length=300,
        help_text="例如 建议放在头条，附件照片可另发。",
    )


class PartForm(forms.Form):
    """The part that is used."""

    part = forms.CharField(
        label="摘用的部分",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="从上面的原文里复制，一字不改；改写到起草时做。",
    )


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label="理由", max_length=300, help_text="对方会看到。")


class PushForm(forms.Form):
    """To whom, with what request."""

    agencies = forms.MultipleChoiceField(label="推送给", widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label="要求",
        required=False,
        max_length=300,
        help_text="例如 请在公众号和村务公开栏同步发布。",
    )

    def __init__(self, agencies: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agencies"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared above
        field.choices = list(agencies)


class ShowForm(forms.Form):
    """On which channel of the unit it was shown."""

    channel = forms.ChoiceField(
        label="渠道", choices=[one for one in Channel.choices if one[0] != Channel.EVENT]
    )
    place = forms.CharField(label="账号、公告栏或者媒体", max_length=120)
