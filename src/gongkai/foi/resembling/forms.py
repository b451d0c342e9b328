"""What an officer says of two requests that look the same."""

from __future__ import annotations

from django import forms

from gongkai.foi.handling.forms import long_text
from gongkai.foi.resembling.models import Verdict

_TOLD = {
    Verdict.REPEATED: "重复申请（同一申请人，已经答复过：告知不予重复处理，第三十六条第六项）",
    Verdict.CLOSE: "相近（照常办理，可以参照前一件）",
    Verdict.DIFFERENT: "不同",
}


class VerdictForm(forms.Form):
    """The decision and its reason."""

    verdict = forms.ChoiceField(
        label="判断",
        choices=[(verdict.value, told) for verdict, told in _TOLD.items()],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "没有这个选项，请从列出的选项中选择一项。"},
    )
    reason = long_text(
        "理由",
        500,
        help_text="两件问的是不是同一信息，哪里相同、哪里不同。不写申请人姓名。",
    )
