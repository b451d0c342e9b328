"""What an officer fills in for a step of a submission."""

from __future__ import annotations

from django import forms

from gongkai.foi.receiving.files import ACCEPTED
from gongkai.foi.receiving.forms.fields import Words, choice
from gongkai.foi.receiving.models import FileRole
from gongkai.foi.receiving.rules import GROUNDS, HOW, OFFICE_CONFIRMS, UNREACHED


class ConfirmForm(forms.Form):
    """How the office confirmed."""

    how = choice(
        "怎样确认的", [(one.value, HOW[one]) for one in OFFICE_CONFIRMS], widget=forms.RadioSelect
    )
    note = Words("说明", "谁打的、几点、说了什么。不写姓名、证件号码和电话。", required=False)


class UnreachableForm(forms.Form):
    """Why nobody was reached."""

    how = choice(
        "联系不上的原因", [(one.value, HOW[one]) for one in UNREACHED], widget=forms.RadioSelect
    )
    note = Words("说明", "什么时间、怎样联系过。不写姓名、证件号码和电话。", required=False)


class RefuseForm(forms.Form):
    """Why it is no request."""

    ground = choice(
        "为什么不是申请",
        list(GROUNDS.items()),
        widget=forms.RadioSelect,
    )
    note = Words("看到了什么", "一句话说明。不写姓名、证件号码和电话。")


class FileForm(forms.Form):
    """A paper that came later."""

    # Most often it is the sheet of the counter that comes back signed.
    role = choice(
        "是什么",
        [(role, label) for role, label in FileRole.choices if role != FileRole.ATTACHMENT],
        initial=FileRole.SIGNED,
    )
    file = forms.FileField(
        label="扫描件或者照片", widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
