"""What is typed where something is published or taken away."""

from __future__ import annotations

from django import forms

from gongkai.publication.models import RedirectKind


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


class AlertForm(forms.Form):
    """Two lines and how long they stand."""

    headline = forms.CharField(
        label="标题", max_length=40, help_text="一句话说是什么事，不超过 40 字。"
    )
    text = forms.CharField(
        label="说明", max_length=120, help_text="要大家做什么，不超过 120 字；只能是文字。"
    )
    begins_at = forms.DateTimeField(
        label="开始时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    ends_at = forms.DateTimeField(
        label="结束时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text="到时自动收起，也可以提前结束。",
    )


class RedirectForm(forms.Form):
    """An old address, where it leads, and why."""

    path = forms.CharField(
        label="旧网址", max_length=180, help_text="不含域名，例如 /zwgk/tzgg/123.html"
    )
    target = forms.CharField(
        label="新网址", max_length=180, help_text="本站现有的网址，不含域名，例如 /n/"
    )
    kind = forms.ChoiceField(label="种类", choices=RedirectKind.choices)
    reason = forms.CharField(label="理由", max_length=300)


class RedirectTableForm(forms.Form):
    """A table of old and new addresses, and why they lead on."""

    file = forms.FileField(
        label="表格文件",
        max_length=200,
        help_text="Excel（.xlsx）或者 .csv；看过对照、确认以后才录入，文件本身不留存。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    kind = forms.ChoiceField(
        label="种类", choices=RedirectKind.choices, initial=RedirectKind.LEGACY
    )
    reason = forms.CharField(label="理由", max_length=300)


class ExpungeForm(forms.Form):
    """Which document's bytes are to be destroyed, and why."""

    index_no = forms.CharField(
        label="索引号", max_length=20, help_text="在信息的网页和工作台上都能看到。"
    )
    reason = forms.CharField(
        label="理由", max_length=300, help_text="会显示在原网址上；不要写个人信息。"
    )
    basis = forms.CharField(
        label="依据", max_length=200, help_text="例如 《中华人民共和国个人信息保护法》第四十七条"
    )
