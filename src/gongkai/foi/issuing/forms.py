"""What an officer types about letters and the files that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.handling.forms import DayForm, long_text
from gongkai.foi.issuing.notices import Due
from gongkai.foi.receiving.files import ACCEPTED
from gongkai.foi.receiving.forms.fields import Words


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
    """Which of the letters that are due; of one that was *chosen* before, what may be added to it alone."""

    letter = forms.ChoiceField(label="哪一份文书")
    matter = long_text(
        "涉及的信息",
        500,
        need=False,
        help_text="空着时用登记的。征求意见的才用；不写任何人的姓名。",
    )
    until = Day(
        "截止日期",
        "只有说明理由告知书、协办函要填：法律没有定期限，要留足送达的时间。",
        required=False,
    )
    reasons = long_text(
        "理由",
        1000,
        need=False,
        help_text="空着时用登记的理由；延期、延迟答复的理由要写本案的情况。",
    )

    def __init__(self, *args: Any, due: Sequence[Due], chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"] = forms.ChoiceField(
            label="哪一份文书", choices=[(one.key, one.title) for one in due], initial=chosen
        )
        self.order_fields(["letter", "matter", "until", "reasons", "on"])
        self.relabel_day("成文日期", "不早于这一步登记的日期，不晚于今天。")
        one = next((one for one in due if one.key == chosen), None)
        if one is not None:
            self._fit(one)

    def _fit(self, one: Due) -> None:
        self.fields["letter"] = forms.ChoiceField(
            label="文书", choices=[(one.key, one.title)], initial=one.key
        )
        for name in ("matter", "until", "reasons"):
            if name not in one.typed:
                del self.fields[name]
        self.order_fields(["letter", "matter", "until", "reasons", "on"])
        if one.asked is not None and "matter" in self.fields:
            self.fields["matter"].initial = one.asked.matter


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


class TakeOverForm(forms.Form):
    """What a file a unit gave back is called in the letter; what was said when it came, where nothing is typed."""

    title = Words("附件名称", required=False, max_length=100)


class TakeOutForm(DayForm):
    which = forms.ChoiceField(label="哪一个文件")

    def arrange(self) -> None:
        self.relabel_day("取出日期")
        self.fields["which"] = forms.ChoiceField(
            label="哪一个文件",
            choices=[(str(one.uid), one.title) for one in self.facts.enclosures],
        )
        self.order_fields(["which", "on"])
