"""What an officer types when a letter goes out, and when its slip comes back."""

from __future__ import annotations

from django import forms

from gongkai.foi.handling.forms import DayForm
from gongkai.foi.receiving.forms.fields import Words, choice, paper
from gongkai.foi.serving.models import Result, ServiceAttempt, What
from gongkai.foi.serving.queries import Outgoing, letter_to_serve
from gongkai.law.service import MEANS


class SendForm(DayForm):
    what = choice("送达什么", [])
    means = choice(
        "送达方式",
        [(means.value, f"{way.title}：{way.rule}") for means, way in MEANS.items()],
        widget=forms.RadioSelect,
    )
    tracking = Words(
        "邮件号码",
        "邮寄必填：挂号信、邮政特快专递的号码。只能交邮政企业，不能要收件人付邮费。",
        required=False,
        max_length=40,
    )
    note = Words(
        "说明",
        "电子送达写收件人怎样同意；留置写拒收的事由；公告写在哪里公告、先前怎样送不到。不写姓名、地址。",
        required=False,
    )

    def arrange(self) -> None:
        self.relabel_day("发出日期", "交邮、当面交付、发出邮件、张贴公告的那一天，不能晚于今天。")
        self.fields["what"] = choice(
            "送达什么", [(one.key, one.label) for one in self.facts.to_send]
        )
        if self.facts.agent_unproved:
            self.fields["himself"] = forms.BooleanField(
                label="送申请人本人，不交代理人",
                required=False,
                help_text="申请由代理人提出，卷里没有授权委托书；给被征求意见的各方的不用勾选。",
            )
        self.fields["means"].initial = self._meant()
        self.order_fields(["what", "means", "on", "tracking", "note", "himself"])

    def _meant(self) -> str:
        """Return the way the drafter chose for the letter that is offered first; it may still be sent otherwise."""
        first = self.facts.to_send[0] if self.facts.to_send else None
        letter = letter_to_serve(self.facts.letters, first) if first else None
        return letter.way if letter else ""


def _called(attempt: ServiceAttempt) -> str:
    """What went out, told from what else did: with its number where it went to somebody who was asked."""
    number = attempt.letter.number if attempt.letter else ""
    return Outgoing(What(attempt.what), attempt.asked, number=number).label


class ResultForm(DayForm):
    which = choice("哪一次送达", [])
    result = choice(
        "结果",
        [(result.value, result.label) for result in Result if result is not Result.WAITING],
        widget=forms.RadioSelect,
    )
    proof = Words("凭证", "送达回证、签收回执、退回信封上写的内容。不要写签收人的姓名。")
    names = Words(
        "签收人、见证人",
        "直接、委托送达必填签收人和与收件人的关系，留置送达必填见证人，用顿号隔开。加密保存。",
        required=False,
    )
    scan = paper("凭证扫描件")

    def arrange(self) -> None:
        self.relabel_day(
            "送到或者没有送到的日期",
            "照凭证填。哪一天算送达，由程序按送达方式的规定推算；公告送达按公告天数推算，不看这一栏。",
        )
        self.fields["which"] = choice(
            "哪一次送达",
            [
                (
                    str(one.uid),
                    f"{_called(one)}，{one.sent_on} {one.get_means_display()} {one.tracking}".strip(),
                )
                for one in self.facts.on_their_way
            ],
        )
        self.order_fields(["which", "result", "on", "proof", "names", "scan"])
