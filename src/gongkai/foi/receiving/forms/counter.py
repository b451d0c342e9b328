"""The one page of the counter: the channel decides which proofs are asked for (条例第三十一条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gongkai.foi.models import CaseKind
from gongkai.foi.receiving.actions.counter import Brought
from gongkai.foi.receiving.forms.applicant import AskedForm, Choices, WhoForm
from gongkai.foi.receiving.forms.fields import PastDay, Words, choice, paper
from gongkai.law.receipt import Channel

_COUNTER_CHANNELS = (
    Channel.IN_PERSON,
    Channel.SIGNED_POST,
    Channel.ORDINARY_POST,
    Channel.FAX,
    Channel.EMAIL,
)
COUNTER_CHANNELS = {channel.value: channel.label for channel in _COUNTER_CHANNELS}
"""How a request reaches the counter."""


_COUNTER_WORDS = {
    "agency": ("受理机关", ""),
    "klass": ("申请人类别", ""),
    "phone": ("电话", "确认、补正、送达都要用，请当场核对。"),
    "way": ("怎样给申请人", ""),
    "subject": ("要什么信息", "照申请人写的、说的登记。不问用途。"),
}
"""What is said otherwise to an officer than to an applicant."""


_BROUGHT = [one for one in CaseKind.choices if one[0] != CaseKind.REDO]
"""What somebody can bring: an answer given again is opened by the decision that orders it."""


_PARTS: Mapping[str, tuple[str, ...]] = {
    "怎样来的": ("agency", "signed_on", "arrived_on", "mail_number", "elsewhere", "proof"),
    "申请人": ("klass", "name", "document_kind", "document_no", "phone", "address"),
    "要什么": ("oral", "subject", "features", "form", "way", "read_back"),
}
"""What nearly every request needs, in the order an officer asks."""
_SELDOM = (
    *("handed_on", "kind", "symbol", "email", "agent", "agent_document_no", "authority"),
    *("help", "suggests"),
)
"""What few need: folded away below, until something in it is filled in wrong."""


class CounterForm(WhoForm, AskedForm):
    """Everything on one page, in the order an officer asks; the proofs are those the channel needs."""

    field_order = (*(name for names in _PARTS.values() for name in names), *_SELDOM)
    channel = forms.CharField(widget=forms.HiddenInput, max_length=20)
    begun = forms.CharField(widget=forms.HiddenInput, max_length=400)
    kind = choice("种类", _BROUGHT, initial=CaseKind.REQUEST.value)
    authority = paper("授权委托书（拍照、扫描）")

    def __init__(self, channel: Channel, agencies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(agencies, *args, **kwargs)
        for name, (label, help_text) in _COUNTER_WORDS.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        self.initial.setdefault("way", "pick_up" if channel is Channel.IN_PERSON else "post")
        self.initial.setdefault("form", "paper")
        for name, field in _PROOFS[channel]().items():
            self.fields[name] = field
        if len(agencies) == 1:
            self.fields["agency"].widget = forms.HiddenInput()
        self.order_fields(self.field_order)

    @property
    def parts(self) -> Sequence[tuple[str, Sequence[forms.BoundField]]]:
        """The fields on show, part by part; a part of which nothing is asked is left out."""
        found = [(title, self._shown(names)) for title, names in _PARTS.items()]
        return [(title, fields) for title, fields in found if fields]

    @property
    def seldom(self) -> Sequence[forms.BoundField]:
        return self._shown(_SELDOM)

    @property
    def seldom_wrong(self) -> bool:
        """Whether something folded away has to be mended, and so must be seen."""
        return any(name in self.errors for name in _SELDOM)

    def _shown(self, names: Sequence[str]) -> Sequence[forms.BoundField]:
        there = [self[name] for name in names if name in self.fields]
        return [field for field in there if not field.is_hidden]

    def clean(self) -> dict[str, Any]:
        self.wanted_way = str(self.cleaned_data.get("way", ""))
        said = super().clean()
        if said.get("oral") and not said.get("read_back"):
            self.add_error(
                "read_back",
                "口头申请代写之后，要向申请人宣读或者交其阅读，确认无误再登记（条例第二十九条）。",
            )
        return said

    def brought(self, channel: Channel) -> Brought:
        """Return how it came, as the proofs say."""
        said = self.cleaned_data
        return Brought(
            channel,
            CaseKind(said["kind"]),
            handed_on=said.get("handed_on"),
            signed_on=said.get("signed_on"),
            arrived_on=said.get("arrived_on"),
            to_office=not said.get("elsewhere", False),
            oral=said.get("oral", False),
            read_back=said.get("read_back", False),
        )


def _in_person() -> dict[str, forms.Field]:
    return {
        "oral": forms.BooleanField(
            label="口头申请，由工作人员代写",
            required=False,
            help_text="书面确有困难的可以口头提出（条例第二十九条第一款）。照申请人的话写在“要什么信息”和“其他线索”里。",
        ),
        "read_back": forms.BooleanField(
            label="已向申请人宣读，确认无误",
            required=False,
            help_text="口头申请才勾。申请人自己看的也算；勾选的时间一并记录。",
        ),
        "handed_on": PastDay(
            "提交日期", "不是今天提交的才填，以登记表上的日期为准。", required=False
        ),
    }


def _signed_post() -> dict[str, forms.Field]:
    return {
        "signed_on": PastDay("签收日期", "签收单上工作机构签收的那一天。"),
        "mail_number": Words("邮件号码", "EMS 或者挂号信的号码，照面单填写。", max_length=40),
        "elsewhere": _elsewhere(),
        "proof": paper("签收单或者面单（拍照、扫描）"),
    }


def _ordinary_post() -> dict[str, forms.Field]:
    return {
        "arrived_on": PastDay("实际到达日期", "工作机构拿到信的那一天；当天就要与申请人联系确认。"),
        "elsewhere": _elsewhere(),
        "proof": paper("信封和来信（拍照、扫描）"),
    }


def _fax() -> dict[str, forms.Field]:
    return {
        "arrived_on": PastDay("传真收到日期", "传真机打印的日期。"),
        "proof": paper("传真件（拍照、扫描）"),
    }


def _email() -> dict[str, forms.Field]:
    return {
        "arrived_on": PastDay("邮件收到日期", "邮件系统收到的日期。"),
        "proof": paper("邮件（另存为 PDF 或者截图）"),
    }


_PROOFS = {
    Channel.IN_PERSON: _in_person,
    Channel.SIGNED_POST: _signed_post,
    Channel.ORDINARY_POST: _ordinary_post,
    Channel.FAX: _fax,
    Channel.EMAIL: _email,
}


def _elsewhere() -> forms.BooleanField:
    return forms.BooleanField(
        label="不是寄给工作机构的（寄给了领导个人、别的科室）",
        required=False,
        help_text="以与申请人双方确认之日为收到之日（国办公开办函〔2015〕207号）。",
    )
