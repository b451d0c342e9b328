"""What a unit fills in: a figure with its source, or why there is none."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.annualreport.money import fen
from gongkai.returns.models import Item

_MOST = 10**12


class ReturnForm(forms.Form):
    """One figure. The fee is typed in 万元 and kept in 分; an empty figure needs a reason."""

    amount = forms.CharField(label="数值", required=False, max_length=20)
    absent_reason = forms.CharField(
        label="没有数据的理由",
        required=False,
        max_length=200,
        help_text="只在确实没有数据时填写。确实为零的，数值填 0：缺报不等于零。",
    )
    source = forms.CharField(
        label="数据来源",
        max_length=200,
        help_text="数字从哪里来，例如“行政许可管理系统 12 月 31 日导出”。核对时要按它找到原始记录。",
    )

    def __init__(self, item: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        amount = self.fields["amount"]
        if item is Item.FEE:
            amount.label = "金额（万元）"
            amount.help_text = "以万元为单位，可写小数，例如 1158.4432。"
        else:
            amount.label = "数量（件）"
            amount.help_text = "本年度 1 月 1 日至 12 月 31 日作出的处理决定数量，写整数。"
        amount.widget.attrs["inputmode"] = "decimal" if item is Item.FEE else "numeric"

    def clean_amount(self) -> int | None:
        """Return the figure in the unit it is kept in, or None where none was typed."""
        text = self.cleaned_data["amount"].strip().replace(",", "").replace("，", "")
        if not text:
            return None
        value = self._read(text)
        if not 0 <= value <= _MOST * (10_000 if self.item is Item.FEE else 1):
            raise forms.ValidationError("数字超出合理范围，请核对单位和小数点。")
        return value

    def _read(self, text: str) -> int:
        if self.item is Item.FEE:
            try:
                return fen(text)
            except ValueError as wrong:
                raise forms.ValidationError(str(wrong)) from wrong
        if not (text.isascii() and text.isdigit()):
            raise forms.ValidationError(f"“{text}”不是整数，请只写数字，例如 120。")
        return int(text)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        reason = str(found.get("absent_reason", "")).strip()
        if "amount" in found and found["amount"] is None and not reason:
            self.add_error("amount", "数值和没有数据的理由至少填一项；确实为零的请填 0。")
        if found.get("amount") is not None and reason:
            self.add_error(
                "absent_reason", "已经填了数值，就不要再填没有数据的理由；二者只能留一项。"
            )
        return found
