"""What a clerk fills in when something is sent in, handled, passed on or answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gongkai.agencies.models import Level
from gongkai.channels.models import Channel

Choices = Sequence[tuple[str, str]]
_EVERY = "every"
"""The box of a level that counts as all of its units; no code of an agency is like it."""


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
    """To whom, with what request: everybody, all of a level, or one by one."""

    everybody = forms.BooleanField(label="全部单位", required=False)
    note = forms.CharField(
        label="要求",
        required=False,
        max_length=300,
        help_text="例如 请在公众号和村务公开栏同步发布。",
    )

    def __init__(self, units: Mapping[Level, Choices], *args: Any, **kwargs: Any) -> None:
        """Offer *units*, by level: code and name of each."""
        super().__init__(*args, **kwargs)
        self.units = units
        count = sum(map(len, units.values()))
        self.fields["everybody"].help_text = f"勾了就推送给下面全部 {count} 个单位，不必再逐个勾。"
        for level, choices in units.items():
            every = (_EVERY, f"本类全部 {len(choices)} 个")
            self.fields[level.value] = forms.MultipleChoiceField(
                label=level.label,
                choices=[every, *choices],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.order_fields(["everybody", *units, "note"])

    def clean(self) -> dict[str, Any]:
        """Ask for one unit at least."""
        found = super().clean() or {}
        if not self.errors and not self.codes:
            raise forms.ValidationError(
                "还没有选单位：请勾“全部单位”、某一类的“本类全部”，或者逐个勾。"
            )
        return found

    @property
    def codes(self) -> list[str]:
        """The codes of the units that are asked, in the order they are offered."""
        return [code for level in self.units for code in self._chosen(level)]

    def _chosen(self, level: Level) -> list[str]:
        said = self.cleaned_data.get(level.value, [])
        everyone = self.cleaned_data.get("everybody") or _EVERY in said
        return [code for code, _ in self.units[level] if everyone or code in said]


class ShowForm(forms.Form):
    """On which channel of the unit it was shown."""

    channel = forms.ChoiceField(
        label="渠道", choices=[one for one in Channel.choices if one[0] != Channel.EVENT]
    )
    place = forms.CharField(label="账号、公告栏或者媒体", max_length=120)
