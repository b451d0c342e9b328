"""What an officer types of a dispute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.disputes.actions.entering import Ending, Entry
from gongkai.foi.models import Dispute

_LONGEST = 2000


class EntryForm(forms.Form):
    """A reconsideration or suit as its papers tell it."""

    kind = forms.ChoiceField(label="种类", choices=Dispute.Kind.choices)
    after = forms.ChoiceField(
        label="接着哪一件复议", required=False, help_text="只有“复议后起诉”才选。"
    )
    organ = forms.CharField(label="复议机关或者法院", max_length=100)
    number = forms.CharField(
        label="案号", max_length=80, help_text="复议机关、法院编的号，例如“示复〔2026〕3号”。"
    )
    procedure = forms.ChoiceField(
        label="程序",
        choices=Dispute.Procedure.choices,
        help_text="看受理通知书。复议用简易程序的，答复期限短一些（复议法第五十四条）。",
    )
    filed_on = Day("受理（立案）日期", "年报表四按这一天算哪一年起。")
    copied_on = Day("收到申请书（起诉状）副本日期", "答复、举证的期限从这一天起算。")
    asked = forms.CharField(
        label="请求事项",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="加密保存，只给办理的人看。",
    )

    def __init__(self, *args: Any, reviews: Sequence[Dispute], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reviews = {str(one.uid): one for one in reviews}
        offered = [("", "（没有）"), *((uid, one.number) for uid, one in self._reviews.items())]
        self.fields["after"].choices = offered  # type: ignore[attr-defined]
        self.fields["copied_on"].initial = on

    def entry(self) -> Entry:
        """Return what was typed."""
        said = self.cleaned_data
        return Entry(
            kind=Dispute.Kind(said["kind"]),
            number=said["number"],
            organ=said["organ"],
            procedure=Dispute.Procedure(said["procedure"]),
            filed_on=said["filed_on"],
            copied_on=said["copied_on"],
            asked=said["asked"],
            after=self._reviews.get(said["after"]),
        )


class DayForm(forms.Form):
    """The day something happened."""

    on = Day("日期", "事情发生的那一天，不能晚于今天。")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = on


class EndingForm(forms.Form):
    """How it ended."""

    how = forms.ChoiceField(
        label="怎样结束",
        choices=[("decided", "作出决定或者裁判"), ("withdrawn", "申请人（原告）撤回")],
    )
    result = forms.ChoiceField(
        label="结果",
        choices=Dispute.Result.choices,
        help_text=(
            "维持、驳回请求是“结果维持”；撤销、变更、确认违法、责令履行是“结果纠正”；"
            "撤回、驳回申请或者起诉、调解是“其他结果”。"
        ),
    )
    on = Day("决定、裁判日期", "年报表四按这一天归年。一审后上诉的，等生效裁判再登记。")
    arrived_on = Day("收到文书日期", "责令重新答复的，期限从这一天起算。")
    paper = forms.CharField(
        label="文书文号", required=False, max_length=80, help_text="不要写当事人的姓名。"
    )
    redo = forms.BooleanField(
        label="责令重新答复",
        required=False,
        help_text="勾选后编一个新的受理编号，期限从收到文书之日起算；原案的结果和年报都不变。",
    )
    until = Day("文书写明的最后一日", "文书写了期限的才填。", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.fields["arrived_on"].initial = on

    def ending(self) -> Ending:
        """Return what was typed."""
        said = self.cleaned_data
        return Ending(
            result=Dispute.Result(said["result"]),
            on=said["on"],
            arrived_on=said["arrived_on"],
            paper=said["paper"],
            withdrawn=said["how"] == "withdrawn",
            redo=said["redo"],
            until=said["until"],
        )
