"""What is typed about a holiday notice, a county's own value and a voided number."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from gongkai.law.announcement import Announcement
from gongkai.law.notice import SCHEMA, Notice
from gongkai.law.parameters import CERTAINTY_LABELS, NUMBERS, Unit
from gongkai.law.parameters import Parameter as LawParameter

MOST_FESTIVALS, MOST_MAKEUP = 12, 24
BLANK_ROWS = 2
TEXT_MOST = 20_000
BODY_MOST = 100_000
_NOT_A_NUMBER = "填不带符号的整数"
_FLAGS = [("true", "是"), ("false", "否")]


def day(label: str, *, required: bool = True) -> forms.DateField:
    """A day typed by the browser's own control, or as 2027-01-01."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "写成 2027-01-01 的样子", "required": "请填写日期"},
    )


class NoticeForm(forms.Form):
    """The head of a notice."""

    year = forms.IntegerField(
        label="哪一年的安排",
        min_value=date.min.year + 1,
        max_value=date.max.year - 1,
        error_messages={"required": "请填写年份", "invalid": "填四位年份数字"},
    )
    title = forms.CharField(
        label="通知标题", max_length=120, error_messages={"required": "请填写标题"}
    )
    number = forms.CharField(label="文号（没有核对到的可以不填）", max_length=60, required=False)
    published_on = day("发布日期", required=False)
    source = forms.CharField(
        label="从哪里看到的原文",
        max_length=200,
        error_messages={"required": "请写明出处，例如中国政府网的网址"},
    )


class DaysOffForm(forms.Form):
    """A festival's days off. *days* is the number the notice states (共几天)."""

    name = forms.CharField(
        label="节日", max_length=20, error_messages={"required": "请填写节日名称"}
    )
    first = day("放假第一天")
    last = day("放假最后一天")
    days = forms.IntegerField(
        label="文中写的共几天",
        required=False,
        min_value=1,
        error_messages={"invalid": _NOT_A_NUMBER},
    )


class MakeupForm(forms.Form):
    """A weekend day that is worked."""

    on = day("调休上班日")


DaysOffRows = forms.formset_factory(
    DaysOffForm, extra=BLANK_ROWS, max_num=MOST_FESTIVALS, absolute_max=MOST_FESTIVALS
)
MakeupRows = forms.formset_factory(
    MakeupForm, extra=BLANK_ROWS, max_num=MOST_MAKEUP, absolute_max=MOST_MAKEUP
)


class Sheet:
    """The whole sheet on which a notice is entered by hand: head, days off, make-up days."""

    def __init__(self, data: Any = None, *, notice: Notice | None = None) -> None:
        given = _initial(notice) if notice else {}
        self.head = NoticeForm(data, initial=given.get("head"))
        self.off = DaysOffRows(data, prefix="off", initial=given.get("off"))
        self.makeup = MakeupRows(data, prefix="makeup", initial=given.get("makeup"))
        for n, row in enumerate(self.makeup, 1):
            row.fields["on"].label = f"第 {n} 个上班日"

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.off.is_valid(), self.makeup.is_valid()])

    @property
    def wrong(self) -> list[forms.BaseForm]:
        """The parts that were sent and have faults."""
        return [one for one in (self.head, *self.off, *self.makeup) if one.errors]

    def body(self) -> bytes:
        """Return the sheet as the bytes of a notice. Ask :meth:`is_valid` first."""
        head = self.head.cleaned_data
        row = {
            "schema": SCHEMA,
            "year": head["year"],
            "title": head["title"],
            "number": head["number"] or None,
            "published_on": head["published_on"].isoformat() if head["published_on"] else None,
            "source": head["source"],
            "festivals": [_festival(form) for form in self.off.cleaned_data if form],
            "makeup": [form["on"].isoformat() for form in self.makeup.cleaned_data if form],
        }
        return json.dumps(row, ensure_ascii=False, indent=2).encode()


class PasteForm(forms.Form):
    """The text of a notice, pasted, or its data as a file: read into rows, nothing is written."""

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        # The sheet on the same page has a year as well; two things of one id cannot be told apart.
        super().__init__(data, initial=initial, auto_id="paste_%s")

    year = forms.IntegerField(
        label="哪一年的安排",
        min_value=date.min.year + 1,
        max_value=date.max.year - 1,
        error_messages={"required": "请填写年份", "invalid": "填四位年份数字"},
    )
    text = forms.CharField(
        label="通知正文",
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "请把通知正文粘贴在这里"},
    )


class FileForm(forms.Form):
    """A notice as a file of this program's format."""

    file = forms.FileField(
        label="放假通知数据文件（JSON）", error_messages={"required": "请选择文件"}
    )

    def clean_file(self) -> bytes:
        chosen = self.cleaned_data["file"]
        if chosen.size > BODY_MOST:
            raise forms.ValidationError("文件太大，不是一份放假通知数据，请核对文件。")
        return bytes(chosen.read())


class ReasonForm(forms.Form):
    """Why something is not approved, taken back or voided."""

    reason = forms.CharField(
        label="理由", max_length=200, error_messages={"required": "请写明理由"}
    )


def parameter_form(law: LawParameter, data: Any = None) -> forms.Form:
    """Return the form for a county's own value of *law*, its field of the kind the unit asks for."""
    form = _ParameterForm(data)
    form.fields["value"] = _value_field(law)
    form.order_fields(["value", "since", "source", "note", "certainty"])
    return form


class _ParameterForm(forms.Form):
    since = day("从哪一天起用")
    source = forms.CharField(
        label="依据（文件名称和条款）",
        max_length=200,
        error_messages={"required": "请写明依据的文件名称和条款"},
        help_text="文书照印，只写文件名称和条款。",
    )
    note = forms.CharField(
        label="说明（可以不写）",
        max_length=200,
        required=False,
        help_text="给办理的人看的，例如为什么这样定；公开在规则页，文书不印。",
    )
    certainty = forms.ChoiceField(
        label="可靠程度", choices=[(c.value, label) for c, label in CERTAINTY_LABELS.items()]
    )


def _value_field(law: LawParameter) -> forms.Field:
    label = f"县里的取值（{law.unit.label}）" if law.unit.label else "县里的取值"
    required = {"required": "请填写取值"}
    if law.unit is Unit.FLAG:
        return forms.ChoiceField(label=label, choices=_FLAGS)
    if law.choices:
        return forms.ChoiceField(label=label, choices=[(c, c) for c in law.choices])
    if law.unit in NUMBERS:
        errors = {**required, "invalid": _NOT_A_NUMBER, "min_value": _NOT_A_NUMBER}
        return forms.IntegerField(
            label=label, min_value=0, max_value=100_000, error_messages=errors
        )
    if law.unit is Unit.MONTH_DAY:
        shape = RegexValidator(r"^\d\d-\d\d$", "写成 01-31 的样子（月-日）")
        return forms.CharField(
            label=f"{label}（月-日，如 01-31）",
            max_length=5,
            validators=[shape],
            error_messages=required,
        )
    return forms.CharField(label=label, max_length=200, error_messages=required)


def filled(year: int, found: Announcement) -> Sheet:
    """Return a sheet with the rows read from a text, for somebody to look over."""
    title = f"国务院办公厅关于{year}年部分节假日安排的通知"
    return Sheet(notice=Notice(year, title, None, None, "", found.festivals, found.makeup))


def _festival(form: dict[str, Any]) -> dict[str, object]:
    row: dict[str, object] = {
        "name": form["name"],
        "off": [form["first"].isoformat(), form["last"].isoformat()],
    }
    return row | ({"days": form["days"]} if form["days"] else {})


def _initial(notice: Notice) -> dict[str, Any]:
    head = {
        "year": notice.year,
        "title": notice.title,
        "number": notice.number,
        "published_on": notice.published_on,
        "source": notice.source,
    }
    return {
        "head": head,
        "off": [
            {"name": e.name, "first": e.first, "last": e.last, "days": e.count}
            for e in notice.festivals
        ],
        "makeup": [{"on": on} for on in notice.makeup],
    }
