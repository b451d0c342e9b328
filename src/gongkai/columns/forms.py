"""What a clerk fills in about columns and catalogues."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.forms import Choices, Day
from gongkai.columns import models
from gongkai.columns.catalogue.reading import MOST_BYTES
from gongkai.law.publishing import MOST_DAYS

_NONE = [("", "（没有）")]
_DUTIES = [(code, f"{code} {duty.title}") for code, duty in models.DUTIES.items()]


class NameForm(forms.Form):
    """Another name, from a day on."""

    name = forms.CharField(label="栏目名称", max_length=60)
    since = Day("启用日期", "自这一天起使用。网址不变。")


class MoveForm(forms.Form):
    """Another place in the tree."""

    parent = forms.ChoiceField(label="上级栏目", required=False)
    on = Day("决定日期")

    def __init__(self, columns: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent", [("", "（放在最上层）"), *columns])


class HandOverForm(forms.Form):
    """Another agency answers for the column."""

    owner = forms.ChoiceField(label="责任机关")
    since = Day("起始日期", "自这一天起由它负责更新。以前的由原机关负责。")

    def __init__(self, agencies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "owner", agencies)


class CloseForm(forms.Form):
    """The end of a column."""

    on = Day("停用日期", "自这一天起不再接收新内容。已有内容和网址都保留。")
    reason = forms.CharField(label="理由", max_length=200)
    moved_to = forms.ChoiceField(
        label="改在哪个栏目公开", required=False, help_text="有的话，旧网址会指给来访的人看。"
    )

    def __init__(self, columns: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "moved_to", [("", "（没有）"), *columns])


class OpenForm(forms.Form):
    """A new column."""

    name = forms.CharField(label="栏目名称", max_length=60)
    slug = forms.CharField(
        label="网址名",
        max_length=40,
        help_text="小写字母、数字和连字符，例如 budget。定后永远不变，也不再给别的栏目。",
    )
    section = forms.ChoiceField(label="所在板块", choices=models.SECTIONS)
    parent = forms.ChoiceField(label="上级栏目", required=False)
    owner = forms.ChoiceField(label="责任机关", help_text="负责更新这个栏目的机关（条例第十条）。")
    opened = Day("开设日期")
    basis = forms.CharField(
        label="设立依据",
        max_length=300,
        help_text="文件名称和条款，例如《政府信息公开条例》第二十条第七项。",
    )
    duty = forms.ChoiceField(
        label="条例第二十条、第二十一条事项", required=False, choices=_NONE + _DUTIES
    )
    field = forms.ChoiceField(
        label="试点领域",
        required=False,
        choices=_NONE + models.FIELD_CHOICES,
        help_text="与上一项至多选一样。",
    )
    limit_kind = forms.ChoiceField(label="公开时限", choices=models.LIMITS)
    limit_days = forms.IntegerField(
        label="时限天数",
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text="按工作日、自然日计算的填天数，其他的留空。",
    )
    freshness = forms.ChoiceField(label="更新检查", choices=models.FRESHNESS)
    rhythm_days = forms.IntegerField(
        label="更新周期（天）",
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text="多少天内应当有新内容。没有固定周期的留空。",
    )
    channels = forms.MultipleChoiceField(
        label="公开渠道和载体",
        choices=models.CHANNEL_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        initial=["website"],
    )
    audience = forms.ChoiceField(label="公开对象", choices=models.Audience.choices)
    manner = forms.ChoiceField(label="公开方式", choices=models.Manner.choices)
    level = forms.ChoiceField(label="公开层级", choices=models.Level.choices)
    template = forms.ChoiceField(label="页面样式", choices=models.Template.choices)

    def __init__(self, agencies: Choices, columns: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "owner", agencies)
        _offer(self, "parent", [("", "（放在最上层）"), *columns])


class CatalogueFileForm(forms.Form):
    """The first step of entering a catalogue: a file to check."""

    file = forms.FileField(
        label="目录文件",
        allow_empty_file=True,
        help_text=f"Excel（.xlsx）或 CSV，不超过 {MOST_BYTES // 1_000_000} MB，表头与标准目录一致。",
    )
    field = forms.ChoiceField(
        label="领域",
        required=False,
        choices=[("", "（由表名或标题看出）"), *models.FIELD_CHOICES],
        help_text="CSV 文件要在这里选领域。",
    )


class LinkForm(forms.Form):
    """In which column an item is made public."""

    column = forms.ChoiceField(label="对应栏目", required=False)

    def __init__(self, columns: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "column", [("", "（还没有）"), *columns])


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
