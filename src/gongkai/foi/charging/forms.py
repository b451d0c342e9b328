"""What an officer types about fees. No amount to be paid is typed: it follows from the records."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.charging.models import Basis
from gongkai.foi.charging.queries import basis_on, counted_for
from gongkai.foi.handling.forms import DayForm
from gongkai.foi.receiving.forms.fields import Words, choice
from gongkai.law.fees import item_fee, yuan

_MOST_PAGES = 100_000


def _money(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=9, decimal_places=2, min_value=0)


class AskFeeForm(DayForm):
    pay_how = Words("缴纳方式", "写进收费通知书：缴款码、账户或者窗口地址。")
    file = forms.FileField(
        label="要提供的 PDF",
        required=False,
        help_text="由程序数页数，不保存文件。没有电子件的，填下面两栏。",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )
    pages = forms.IntegerField(
        label="纸质件页数",
        required=False,
        min_value=1,
        max_value=_MOST_PAGES,
        help_text="A4 及以下幅面的单面为一页。",
    )
    of = Words("纸质件名称", "数的是哪一份。不写姓名。", required=False)

    def arrange(self) -> None:
        chosen = basis_on(self.facts.case.agency, self.facts.on)
        self.relabel_day("通知日期", "通知之日起答复期限停止计算，缴清后重新计算。")
        if chosen is None or chosen.basis != Basis.PAGE:
            for name in ("file", "pages", "of"):
                del self.fields[name]
            counted = counted_for(self.facts.case)
            self.fields["pay_how"].help_text += (
                f" 这是该申请人 {counted.month.year} 年 {counted.month.month} 月的第 {counted.nth} 件，"
                f"按标准为 {yuan(item_fee(counted.nth))}。"
            )
        self.order_fields(["file", "pages", "of", "pay_how", "on"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("pages")) is not bool(found.get("of")) and "of" in self.fields:
            self.add_error("of", "纸质件的名称和页数要一起填。")
        return found


class PaymentForm(DayForm):
    yuan = _money("缴了多少元")
    receipt = Words("财政票据号码", max_length=40)

    def arrange(self) -> None:
        self.relabel_day("缴费日期", "照票据填。缴清的，答复期限自这一天起重新计算。")
        if self.facts.charge is not None:
            self.fields[
                "yuan"
            ].help_text = f"还应缴 {yuan(self.facts.charge.missing)}，可以分几次登记。"
        self.order_fields(["yuan", "receipt", "on"])


class CancelForm(DayForm):
    reason = Words("通知错在哪里", "撤销后，答复期限按没有通知过缴费计算。", max_length=500)

    def arrange(self) -> None:
        self.relabel_day("撤销日期")
        self.order_fields(["reason", "on"])


class RefundForm(DayForm):
    which = choice("哪一份收费通知", [])
    yuan = _money("退了多少元")
    receipt = Words("退费凭证号码", max_length=40)
    reason = Words("退费理由", max_length=500)

    def arrange(self) -> None:
        self.relabel_day("退费日期", "答复期限不因退费改变。")
        held = [one for one in self.facts.charges if one.held]
        self.fields["which"] = choice(
            "哪一份收费通知",
            [(str(one.uid), f"{one.asked_on} 通知，已收未退 {yuan(one.held)}") for one in held],
        )
        self.order_fields(["which", "yuan", "receipt", "reason", "on"])


class BasisForm(forms.Form):
    """On what an agency charges from a day on."""

    agency = choice("机关", [])
    basis = choice("收费方式", Basis.choices, widget=forms.RadioSelect)
    since = Day("起始日期", "第一次选定可以是任何一天，以后只能从某年 1 月 1 日起改。")
    source = Words("依据", "本县或者本机关决定收费的文件名称、文号。")

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"] = choice("机关", agencies)
        self.order_fields(["agency", "basis", "since", "source"])
