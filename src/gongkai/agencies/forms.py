"""What a clerk fills in about agencies and roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.agencies.models import ADMINISTRATORS, Agency, Kind, Level, Role
from gongkai.agencies.reorganisation import ChangeKind
from gongkai.agencies.rules import FIRST_ROLES
from gongkai.people.models import Person

MOST_HEIRS = 4
_ROLES = [(role.value, role.label) for role in Role if role not in ADMINISTRATORS]
Choices = list[tuple[str, str]]


class Day(forms.DateField):
    """A legal date, typed as 2024-07-01 or picked."""

    def __init__(self, label: str, help_text: str = "", *, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": "日期写成 2024-07-01 这样的形式。"},
        )


class PersonField(forms.CharField):
    """Somebody by their 工号, which is unlike a name unique."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, max_length=40, help_text=help_text)

    def clean(self, value: Any) -> Person:
        number = super().clean(value)
        found = Person.objects.filter(staff_no=number).first()
        if found is None:
            raise forms.ValidationError(
                f"没有工号为“{number}”的人员。请核对工号，或请管理员先登记这位同志。"
            )
        return found


class NameForm(forms.Form):
    """A name with the day it begins."""

    name = forms.CharField(label="名称", max_length=100, help_text="规范全称，与印章一致。")
    short = forms.CharField(label="简称", max_length=30)
    mark = forms.CharField(
        label="机关代字", max_length=12, help_text="发文字号里的代字，例如“示粮”。"
    )
    since = Day("启用日期", "自这一天起使用。以前签发的文件仍用当时的名称。")


class EstablishForm(NameForm):
    """A new agency."""

    code = forms.CharField(
        label="机关代码", max_length=9, help_text="至多 9 位，写进网址和索引号，定后不变。"
    )
    credit_code = forms.CharField(label="统一社会信用代码", max_length=18)
    level = forms.ChoiceField(label="层级", choices=Level.choices, initial=Level.BUREAU)
    kind = forms.ChoiceField(label="性质", choices=Kind.choices)
    parent = forms.ChoiceField(label="上级", required=False)
    rolls_up = forms.BooleanField(
        label="计入县级年报",
        required=False,
        initial=True,
        help_text="垂直管理、由本系统汇总的机关不勾。",
    )

    def __init__(self, agencies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", "（没有）"), *agencies]  # type: ignore[attr-defined]


class ParentForm(forms.Form):
    parent = forms.ChoiceField(label="上级", required=False)
    since = Day("起始日期")

    def __init__(self, agencies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", "（没有）"), *agencies]  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """条例第二十条第二项 and 第十二条: what everybody may know of an agency."""

    since = Day("启用日期", "自这一天起对外公布；以前的内容仍可按日期查看。")
    duties = forms.CharField(label="机关职能", max_length=4000, widget=forms.Textarea)
    head = forms.CharField(label="负责人姓名", max_length=50)
    office = forms.CharField(
        label="信息公开工作机构",
        max_length=100,
        help_text="受理政府信息公开申请的机构名称（条例第十二条）。",
    )
    address = forms.CharField(label="办公地址", max_length=200)
    hours = forms.CharField(label="办公时间", max_length=200)
    telephone = forms.CharField(label="联系电话", max_length=60)
    fax = forms.CharField(label="传真号码", max_length=60, required=False)
    online = forms.URLField(
        label="互联网联系方式", max_length=200, required=False, assume_scheme="https"
    )
    email = forms.EmailField(label="电子邮箱", required=False)


class SeatForm(forms.Form):
    person = PersonField("工号")
    role = forms.ChoiceField(label="角色", choices=_ROLES)
    since = Day("任职日期")


class AdministratorForm(SeatForm):
    """One of the three seats."""

    role = forms.ChoiceField(
        label="管理员",
        choices=[(role.value, role.label) for role in Role if role in ADMINISTRATORS],
    )


class FirstForm(SeatForm):
    """The county's first officer or head."""

    role = forms.ChoiceField(
        label="角色", choices=[(role.value, role.label) for role in FIRST_ROLES]
    )


class DeputyForm(SeatForm):
    """A role held in somebody's place until a day."""

    in_place_of = PersonField("代理谁（工号）", "这个角色现在由谁担任。")
    ended = Day("代理截止", "自这一天起自动失效，代理必须有期限。")


class EndForm(forms.Form):
    on = Day("免职日期", "自这一天起不再担任，前一天仍在任。")


class TransferForm(EndForm):
    to = forms.ChoiceField(label="调往")
    role = forms.ChoiceField(label="新角色", choices=_ROLES)

    def __init__(self, agencies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = agencies  # type: ignore[attr-defined]
        self.order_fields(["to", "role", "on"])


class ChangeForm(forms.Form):
    """A merger, split, transfer or closure: looked at as a plan before anything is done."""

    kind = forms.ChoiceField(
        label="怎样调整", choices=[(kind.value, kind.label) for kind in ChangeKind]
    )
    others = forms.CharField(
        label="一并并入的其他机关",
        required=False,
        max_length=200,
        help_text="写机关代码，用逗号隔开；没有就空着。",
    )
    on = Day("生效日期", "自这一天起撤销或承接，可以是将来的日期。")
    basis = forms.CharField(label="依据", max_length=200, help_text="机构改革方案或批复的文号。")

    def __init__(self, agencies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "（没有）"), *agencies]
        for n in range(1, MOST_HEIRS + 1):
            self.fields[f"heir{n}"] = forms.ChoiceField(
                label=f"承接机关{n}", choices=choices, required=False
            )
            self.fields[f"scope{n}"] = forms.CharField(
                label=f"承接机关{n}承接的职能", max_length=200, required=False
            )

    def clean_others(self) -> list[Agency]:
        text = self.cleaned_data["others"].replace("，", ",").replace("、", ",")
        codes = [code.strip() for code in text.split(",") if code.strip()]
        known = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise forms.ValidationError(f"没有代码为 {'、'.join(unknown)} 的机关，请核对。")
        return [known[code] for code in dict.fromkeys(codes)]

    def heirs(self) -> list[tuple[str, str]]:
        """Return the codes of those that take over with what each takes over."""
        asked = self.cleaned_data
        pairs = [(asked[f"heir{n}"], asked[f"scope{n}"]) for n in range(1, MOST_HEIRS + 1)]
        return [(code, scope) for code, scope in pairs if code]


def as_choices(named: Iterable[tuple[str, str]]) -> Choices:
    """Return (code, name) pairs as choices that show both."""
    return [(code, f"{name}（{code}）") for code, name in named]
