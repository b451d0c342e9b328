"""What a reviewer, an author and an officer type in this room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.documents.models import Kind
from gongkai.review.models import StageKind, Word

Choices = Sequence[tuple[str, str]]
_PLACES = 5


class VerdictForm(forms.Form):
    """Approve, or reject with a reason and, where there is one, the paragraph."""

    stage = forms.ChoiceField(choices=StageKind.choices, widget=forms.HiddenInput)
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label="意见", choices=Word.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="退回理由",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="退回时必填，作者按它修改。",
    )
    paragraph = forms.IntegerField(
        label="问题在第几段",
        required=False,
        min_value=1,
        help_text="退回时可填正文左侧的段号，例如 3；不针对某一段的留空。",
    )

    def __init__(self, *args: Any, paragraphs: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._paragraphs = paragraphs

    def clean_paragraph(self) -> int | None:
        found = self.cleaned_data["paragraph"]
        if found is not None and found > self._paragraphs:
            raise forms.ValidationError(f"正文只有 {self._paragraphs} 段，没有第 {found} 段。")
        return int(found) if found is not None else None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("verdict") == Word.REJECT and not str(found.get("reason", "")).strip():
            self.add_error("reason", "退回必须写明理由，否则作者不知道要改什么。")
        return found


class ReasonForm(forms.Form):
    """Why something departs from the ordinary way."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class LoanForm(forms.Form):
    """Whom to borrow, from where, and why."""

    reviewer = forms.ChoiceField(
        label="借用的审核人",
        help_text="只列出借机关里今天担任这一环节角色、没有写过也没有签署过这一版的人员。",
    )
    reason = forms.CharField(
        label="理由", max_length=300, help_text="例如：本单位只有两名工作人员。"
    )

    def __init__(self, *args: Any, reviewers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"] = forms.ChoiceField(
            label=self.fields["reviewer"].label,
            help_text=self.fields["reviewer"].help_text,
            choices=reviewers,
        )


class LendingForm(forms.Form):
    """Whether an agency lends its reviewers."""

    lender = forms.ChoiceField(label="机关")
    lends = forms.TypedChoiceField(
        label="今天起",
        choices=[("1", "出借审核人"), ("0", "不再出借")],
        coerce=lambda text: text == "1",
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lender"] = forms.ChoiceField(label="机关", choices=agencies)


class ChainForm(forms.Form):
    """The stages one after another; a place left empty is no stage."""

    kind = forms.ChoiceField(
        label="文档种类", required=False, choices=[("", "各类文档"), *Kind.choices]
    )
    since = forms.DateField(
        label="启用日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="今天或以后。启用之前送审的，仍按送审当天的流程办。",
    )
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="例如：示例县政府网站信息发布审核制度（示政办〔2024〕8号）。",
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "（没有这一级）"), *StageKind.choices]
        for n in range(1, _PLACES + 1):
            self.fields[f"stage{n}"] = forms.ChoiceField(
                label=f"第 {n} 级", required=False, choices=choices
            )
        agency = forms.ChoiceField(label="适用机关", required=False, choices=agencies)
        self.fields = {"agency": agency, **self.fields}

    @property
    def stages(self) -> list[StageKind]:
        """Return the stages typed, in their order."""
        typed = (self.cleaned_data[f"stage{n}"] for n in range(1, _PLACES + 1))
        return [StageKind(one) for one in typed if one]
