"""What a clerk fills in: beginning a document, its text and fields, files, 公开属性, reassessment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from gongkai.documents.intake import ACCEPTED, MOST_CHARACTERS
from gongkai.documents.kinds import Schema
from gongkai.documents.kinds.fields import Field
from gongkai.documents.models import AttachmentRole, Disclosure, Kind, Reassessment
from gongkai.documents.placing import MOST
from gongkai.law.duties import ARTICLE_20
from gongkai.law.grounds import GROUNDS

_MOST_TITLE = 300
_GROUNDS = [
    ("", "不适用"),
    *(
        (code, f"{one.title}（条例{one.article}，{one.force.label}）")
        for code, one in GROUNDS.items()
    ),
]
_SECRET = "国家秘密不得录入本系统，只登记不涉密的名称。"  # noqa: S105  # a warning

_WORD = "只收 .docx。标题、列表、表格和图片一并带进来，字体、颜色去掉。"


def _docx_only() -> forms.ClearableFileInput:
    return forms.ClearableFileInput(attrs={"accept": ".docx"})


class DisclosureForm(forms.Form):
    """公开属性, and why it is not 主动公开."""

    disclosure = forms.ChoiceField(
        label="公开属性",
        choices=Disclosure.choices,
        help_text="拟稿时就要写明（国办发〔2016〕80号）。除条例第十四条至第十六条规定的以外，都应当公开。",
    )
    ground = forms.ChoiceField(
        label="不予公开的理由",
        choices=_GROUNDS,
        required=False,
        help_text=f"只在“不予公开”时选。{_SECRET}",
    )
    reason = forms.CharField(
        label="不主动公开的说明",
        max_length=300,
        required=False,
        help_text="依申请公开、不予公开都要写：结合这件信息说明为什么。",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where the law does; the action asks again."""
        found = super().clean() or {}
        disclosure = found.get("disclosure")
        if disclosure and disclosure != Disclosure.PUBLIC and not found.get("reason"):
            self.add_error("reason", "不主动公开的，须依法说明理由（国办发〔2016〕80号）。")
        if disclosure == Disclosure.WITHHELD and not found.get("ground"):
            self.add_error("ground", "请选一项理由；都不符合的，应当公开（条例第十三条）。")
        if disclosure and disclosure != Disclosure.WITHHELD and found.get("ground"):
            self.add_error("ground", "只有“不予公开”才选理由，请改为“不适用”。")
        return found


class NewForm(DisclosureForm):
    """What a document is before it says anything: whose, which kind, its title and 公开属性."""

    field_order: tuple[str, ...] = (
        *("agency", "kind", "title", "art20", "disclosure", "ground", "reason"),
    )
    agency = forms.ChoiceField(label="公开机关")
    kind = forms.ChoiceField(
        label="种类",
        choices=Kind.choices,
        help_text="决定下一页要填哪些内容；封存过一版以后不能再改。",
    )
    title = forms.CharField(
        label="标题", max_length=_MOST_TITLE, help_text="写全，读者只看标题也知道是什么事。"
    )
    art20 = forms.TypedChoiceField(
        label="条例第二十条第几项",
        choices=[
            ("", "不属于或者不清楚"),
            *((n, f"{n}. {d.title}") for n, d in enumerate(ARTICLE_20, 1)),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="属于法定主动公开内容的，选对应的一项。",
    )

    def __init__(
        self, agencies: Iterable[tuple[str, str]], *args: Any, first: str = "", **kwargs: Any
    ) -> None:
        """Offer *agencies*, the one with the code *first* to begin with; several without one ask to be chosen from."""
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)  # noqa: S101  # declared above
        offered = list(agencies)
        asks = len(offered) > 1 and not first
        agency.choices = [("", "请选择"), *offered] if asks else offered
        agency.initial = first


class NewFromWordForm(NewForm):
    """What a document is whose text a Word file brings; its title too, unless one is typed."""

    field_order = ("agency", "kind", "file", "title", *NewForm.field_order[3:])
    title = forms.CharField(
        label="标题",
        max_length=_MOST_TITLE,
        required=False,
        help_text="不填就用文件开头的标题；导入以后可以改。",
    )
    file = forms.FileField(label="Word 文件", help_text=_WORD, max_length=200, widget=_docx_only())


class EditForm(forms.Form):
    """The title, the fields of the kind and the text. Half a draft may be saved."""

    title = forms.CharField(label="标题", max_length=_MOST_TITLE)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(
        self, schema: Schema, columns: Sequence[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.schema = schema
        if columns:
            self.fields["column"] = forms.ChoiceField(
                label="主栏目",
                required=False,
                choices=[("", "请选择"), *columns],
                help_text="读者从这个栏目找到它。送审前必选，随文本一并送审；发布后要改，请另立新版本。",
            )
        if len(columns) > 1:
            self.fields["also"] = forms.MultipleChoiceField(
                label="同时列入",
                required=False,
                choices=columns,
                widget=forms.CheckboxSelectMultiple,
                help_text=f"确有必要时才选，连主栏目至多 {MOST} 个。",
            )
        for field in schema.field:
            self.fields[field.name] = _field_of(field)
        self.fields["text"] = forms.CharField(
            label="正文",
            required=False,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea(attrs={"rows": 18}),
            help_text=(
                "从 Word、WPS 或网页粘贴的，只保留标题、段落、列表、表格、引用、链接和本条的图片，"
                "保存时告知去掉了什么。没有编辑器时，空一行就是另起一段，也可以直接写 HTML。"
            ),
        )

    @property
    def typed(self) -> dict[str, str]:
        """What was typed into the fields of the kind, by name."""
        return {field.name: self.cleaned_data.get(field.name, "") for field in self.schema.field}

    @property
    def columns(self) -> list[str] | None:
        """The chosen columns, the main one first; None where there is nothing to choose from."""
        if "column" not in self.fields:
            return None
        main = self.cleaned_data.get("column", "")
        also = [one for one in self.cleaned_data.get("also", []) if one != main]
        return [main, *also] if main else []

    def clean(self) -> dict[str, Any]:
        """Let the schema of the kind say what is wrong."""
        found = super().clean() or {}
        if found.get("also") and not found.get("column"):
            self.add_error("column", "先选主栏目，再选同时列入的。")
        _, wrong = self.schema.read({name: str(value) for name, value in found.items()})
        for name, sentence in wrong.items():
            self.add_error(name, sentence)
        return found


class AttachForm(forms.Form):
    """A file, and what is said of it."""

    file = forms.FileField(
        label="文件", help_text=f"可以上传 {'、'.join(ACCEPTED)}。", max_length=200
    )
    role = forms.ChoiceField(
        label="用途",
        choices=AttachmentRole.choices,
        help_text="附件列在正文之后供下载；图片显示在正文里。",
    )
    label = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        help_text="读屏软件念给看不见的人听。图片必填，写清图里是什么；附件不填时用文件名。",
    )


class WordForm(forms.Form):
    """A Word file that becomes the text; *replaces*: there is a text already."""

    file = forms.FileField(label="Word 文件", help_text=_WORD, max_length=200, widget=_docx_only())
    replace = forms.BooleanField(
        label="替换现有正文",
        required=False,
        help_text="这一稿已经有正文，转换后原来的文字不再保留。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if replaces:
            self.fields["replace"].required = True
            self.fields["replace"].error_messages["required"] = (
                "这一稿已有正文。确定要用 Word 文件替换的，请在这里打勾。"
            )
        else:
            del self.fields["replace"]


class PictureForm(forms.Form):
    """A picture for the text, and what a person who cannot see it is told; either that, or that it only decorates."""

    file = forms.FileField(
        max_length=200, error_messages={"required": "请选一个图片文件。"}, allow_empty_file=True
    )
    alt = forms.CharField(
        max_length=200,
        required=False,
        error_messages={"max_length": "图片说明最多 200 个字，请写短一些。"},
    )
    decorative = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        found = super().clean() or {}
        if not found.get("alt") and not found.get("decorative"):
            raise forms.ValidationError(
                "请写一句图片说明；只起装饰作用的，请勾选“装饰图片”（GB/T 37668）。"
            )
        return found


class PasteForm(forms.Form):
    """What was pasted, as a file: pasted tables are larger than a form's field may be."""

    html = forms.FileField(max_length=200)


class ReasonForm(forms.Form):
    """Why something out of the ordinary is done."""

    reason = forms.CharField(label="理由", max_length=300, help_text="会记入日志。")


class ReassessForm(forms.Form):
    """The result of looking again at something withheld."""

    result = forms.ChoiceField(
        label="结论",
        choices=Reassessment.Result.choices,
        widget=forms.RadioSelect,
        help_text="情况有变化、不再符合原来理由的，应当公开。",
    )
    reason = forms.CharField(
        label="理由", max_length=300, help_text="写明情况有没有变化，为什么继续或者不再不予公开。"
    )


def _field_of(field: Field) -> forms.Field:
    help_text = field.help + ("送审前必填。" if field.needed else "")
    if field.type == "choice":
        choices = [("", "请选择"), *((one, one) for one in field.choices)]
        return forms.ChoiceField(
            label=field.label, choices=choices, required=False, help_text=help_text
        )
    return forms.CharField(
        label=field.label,
        required=False,
        max_length=field.longest,
        widget=_widget_of(field),
        help_text=help_text,
    )


def _widget_of(field: Field) -> forms.Widget:
    if field.type in ("long", "lines"):
        return forms.Textarea(attrs={"rows": 4})
    if field.type == "day":
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if field.type == "instant":
        return _Instant()
    return forms.TextInput(attrs={"inputmode": _INPUT_MODES.get(field.type, "text")})


class _Instant(forms.TextInput):
    """A day and a minute. A browser takes only the form with the letter between them; what is typed elsewhere is left alone."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str | None:
        return str(value).replace(" ", "T", 1) if value else None


_INPUT_MODES = {"year": "numeric", "address": "url"}
