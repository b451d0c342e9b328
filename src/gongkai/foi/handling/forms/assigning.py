"""What is typed when a matter is given to a unit or a person, asked for again, and given back."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.handling.forms.day import Choices, DayForm, long_text
from gongkai.foi.receiving.files import ACCEPTED

MOST_RETURNED = 3
"""How many files a unit gives back at once; more go into one archive or one PDF."""
_NO_NAMES = "例如“竣工验收报告（36页）”，不写个人的姓名、证件号码。可以空着，由受理机关放入时写。"
_UNNAMED = "交回的文件（{n}）"
"""Not the name of the file itself: that is sealed, for it may name people, and a title is not."""


class AssignForm(DayForm):
    to = forms.ChoiceField(label="交办给谁")
    task = long_text(
        "交办事项",
        500,
        help_text="要查什么、交回什么。交办单位只看到这里写的内容，不写申请人姓名。",
    )
    due_on = Day("内部期限")

    def __init__(self, *args: Any, receivers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ChoiceField(label="交办给谁", choices=receivers)
        self.order_fields(["to", "task", "due_on", "on"])
        self.relabel_day("交办日期")


class _OfAssignment(DayForm):
    which = forms.ChoiceField(label="哪一件交办")

    def arrange(self) -> None:
        given = [one for one in self.facts.assignments if one.returned_on is None]
        self.fields["which"] = forms.ChoiceField(
            label="哪一件交办",
            choices=[(str(one.uid), f"{one.task[:40]}（内部期限 {one.due_on}）") for one in given],
        )
        self.order_fields(["which", *[name for name in self.fields if name != "which"]])


class ChaseForm(_OfAssignment):
    def arrange(self) -> None:
        super().arrange()
        self.relabel_day("催办日期")


class AnswerForm(forms.Form):
    """What a unit gives back."""

    nil = forms.ChoiceField(
        label="有没有相关信息",
        choices=[("no", "有，写明名称、文号和在哪里"), ("yes", "没有，写明查了哪里")],
        widget=forms.RadioSelect,
    )
    answer = long_text("办理情况", 1000, rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_RETURNED + 1):
            self.fields[f"file_{n}"] = forms.FileField(
                label=f"找到的文件（{n}）",
                required=False,
                widget=forms.FileInput(attrs={"accept": ACCEPTED}),
                help_text="可以不附。加密保存，只给受理机关的承办人员看。" if n == 1 else "",
            )
            self.fields[f"title_{n}"] = forms.CharField(
                label=f"文件名称（{n}）", max_length=100, required=False, help_text=_NO_NAMES
            )

    def clean(self) -> dict[str, Any]:
        """Call a file without a title by its place: a refusal would lose the file that was chosen."""
        found = super().clean() or {}
        for n in range(1, MOST_RETURNED + 1):
            if found.get(f"file_{n}") and not found.get(f"title_{n}"):
                found[f"title_{n}"] = _UNNAMED.format(n=n)
        return found


class ReturnForm(_OfAssignment, AnswerForm):
    def arrange(self) -> None:
        super().arrange()
        self.relabel_day("交回日期")
