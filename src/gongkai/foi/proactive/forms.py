"""What an officer types about a topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms


class TagForm(forms.Form):
    """A topic there is, or a new one."""

    known = forms.ChoiceField(label="已有的主题", required=False)
    title = forms.CharField(
        label="新的主题",
        required=False,
        max_length=60,
        help_text="写信息的名称，例如“某某地块征收补偿方案”。不要写申请人的姓名，也不要照抄申请。",
    )

    def __init__(self, *args: Any, known: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "（写新的）"), *((title, title) for title in known)]
        self.fields["known"].choices = offered  # type: ignore[attr-defined]

    def chosen(self) -> str:
        """Return the title that was typed, or else picked."""
        return str(self.cleaned_data["title"] or self.cleaned_data["known"])


class JudgeForm(forms.Form):
    """Published, with the item; or not, with the reason."""

    verdict = forms.ChoiceField(
        label="结果",
        choices=[("published", "已转主动公开"), ("kept", "不转主动公开")],
    )
    index_no = forms.CharField(
        label="公开信息的索引号",
        required=False,
        max_length=20,
        help_text="已转的填：先发布，再登记。",
    )
    reason = forms.CharField(
        label="不转的理由",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不转的填，例如“内容只涉及申请人自己的事项”。",
    )
