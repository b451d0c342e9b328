"""What a clerk fills in: a file to import, a row to correct, why one is taken down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.registers.layout import LONGEST, Column, Layout, Type
from gongkai.registers.models import Register, Removal
from gongkai.registers.values import CellWrong, Unit, Value, read_cell

_YUAN = Unit("元")


class ImportForm(forms.Form):
    """A workbook of one agency's decisions of one kind."""

    register = forms.ChoiceField(label="种类", choices=Register.choices)
    agency = forms.ChoiceField(label="决定机关", help_text="一次导入一个机关的决定。")
    file = forms.FileField(
        label="表格文件",
        max_length=200,
        help_text="Excel（.xlsx）或者 .csv。上传后先看对照，确认了才写入台账；文件本身不留存。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, agencies: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)  # noqa: S101  # declared above
        agency.choices = list(agencies)


class RowForm(forms.Form):
    """What a row says, each field read as a cell of a workbook is; amounts in 元."""

    def __init__(self, layout: Layout, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout
        self.values: dict[str, Value] = {}
        for column in self.asked:
            self.fields[column.key] = _field_of(column)

    @property
    def asked(self) -> list[Column]:
        """The columns that are typed."""
        return list(self.layout.column)

    def clean(self) -> dict[str, Any]:
        """Read each field as a cell of a workbook is read."""
        found = super().clean() or {}
        for column in self.asked:
            if column.key not in found:
                continue
            try:
                self.values[column.key] = read_cell(str(found[column.key]), column, _YUAN)
            except CellWrong as wrong:
                self.add_error(column.key, str(wrong))
        return found


class AddForm(RowForm):
    """One decision of an agency that is not in the register yet, or is and says something else."""

    agency = forms.ChoiceField(label="决定机关")

    def __init__(
        self, layout: Layout, agencies: Iterable[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(layout, *args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)  # noqa: S101  # declared above
        agency.choices = list(agencies)


class CorrectForm(RowForm):
    """What a row says, but for its 文书号."""

    def __init__(self, layout: Layout, *args: Any, **kwargs: Any) -> None:
        super().__init__(layout, *args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label="更正理由",
            max_length=300,
            help_text="留在记录里，例如“决定书补正”。不要写个人信息。",
        )
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1
        )

    @property
    def asked(self) -> list[Column]:
        return [column for column in self.layout.column if column.key != "number"]


class RemoveForm(forms.Form):
    """Why a row is to be shown no longer."""

    removal = forms.ChoiceField(
        label="为什么撤下",
        choices=[one for one in Removal.choices if one[0] != Removal.EXPIRED],
        widget=forms.RadioSelect,
    )
    on = Day("作出变更、撤销或者修复决定的日期", "误登的不用填。")
    reason = forms.CharField(
        label="理由",
        max_length=300,
        help_text="决定被变更、撤销的，理由会在公示页上说明（行政处罚法第四十八条）；不要写个人信息。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].required = False


def _field_of(column: Column) -> forms.CharField:
    return forms.CharField(
        label=f"{column.label}（元）" if column.type is Type.MONEY else column.label,
        required=column.need,
        max_length=LONGEST[column.type],
        help_text="" if column.type is Type.MONEY else column.help,
        widget=forms.Textarea(attrs={"rows": 3}) if column.type is Type.LONG else forms.TextInput(),
    )
