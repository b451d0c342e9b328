"""What an officer types about letters and the files that go with them."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.handling.forms import Choices, DayForm, long_text
from gongkai.foi.receiving.files import ACCEPTED


class WordsForm(DayForm):
    words = long_text(
        "申请内容",
        4000,
        rows=6,
        help_text="照登记表或者来信的原文录入，文书逐字引用它。加密保存，录入后不能改。",
    )

    def arrange(self) -> None:
        self.relabel_day("录入日期")


class NotifyForm(DayForm):
    code = forms.ChoiceField(label="哪一份告知书")
    until = Day(
        "截止日期",
        "补正、说明理由的最后一天，要留足送达的时间；登记回执、延期告知书不用填。",
        required=False,
    )
    reasons = long_text(
        "理由",
        1000,
        need=False,
        help_text="空着时用登记的理由；延期、延迟答复的理由要写本案的情况。",
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.ChoiceField(label="哪一份告知书", choices=choices)
        self.order_fields(["code", "until", "reasons", "on"])
        self.relabel_day("成文日期")


class EncloseForm(DayForm):
    title = forms.CharField(
        label="附件名称",
        max_length=100,
        help_text="文书的附件清单按它印，例如“竣工验收报告（36页）”。不写个人的姓名、证件号码。",
    )
    file = forms.FileField(
        label="文件",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="上传后先做出门检查，可能要几十秒；有问题的改好再放，或者由另一人放行。",
    )

    def arrange(self) -> None:
        self.relabel_day("放入日期")


class TakeOutForm(DayForm):
    which = forms.ChoiceField(label="哪一个文件")

    def arrange(self) -> None:
        self.relabel_day("取出日期")
        self.fields["which"] = forms.ChoiceField(
            label="哪一个文件",
            choices=[(str(one.uid), one.title) for one in self.facts.enclosures],
        )
        self.order_fields(["which", "on"])
