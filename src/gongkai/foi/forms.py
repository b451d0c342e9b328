"""What a clerk fills in about a request."""

from __future__ import annotations

from django import forms

from gongkai.foi.personal.reasons import Reason


class LookForm(forms.Form):
    """Why somebody wants to see who asked; without a reason nothing is shown."""

    reason = forms.ChoiceField(
        label="查看事由",
        choices=[("", "请选择"), *Reason.choices],
        error_messages={
            "required": "请选择查看事由：没有事由不能查看（个人信息保护法第六条）。",
            "invalid_choice": "没有这个事由，请从列表中选择一项。",
        },
    )
