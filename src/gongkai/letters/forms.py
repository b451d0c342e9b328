"""What is typed about the wording of a letter: rows of blocks, from which day, why; a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.law.outcomes import OUTCOMES
from gongkai.letters.slots import ALL
from gongkai.letters.wording.checking import MOST_BLOCKS, MOST_TEXT, outcomes_of
from gongkai.letters.wording.words import OUTCOME, Block, Part
from gongkai.rulebook.forms import day

BLANK_ROWS, _STEP = 2, 10
_WITH, _WITHOUT = "+", "-"
_PLACES = 9999


class HeadForm(forms.Form):
    """From which day the wording is used, and why it is changed."""

    since = day("从哪一天起用")
    note = forms.CharField(
        label="改了什么、为什么",
        max_length=200,
        error_messages={"required": "请写明改了什么、为什么，批准的人要看"},
    )


class BlockForm(forms.Form):
    """One block. *place* orders the rows; a row without a kind is no block."""

    place = forms.IntegerField(
        label="顺序",
        required=False,
        min_value=0,
        max_value=_PLACES,
        error_messages={"invalid": "填整数，小的在前"},
    )
    part = forms.ChoiceField(
        label="种类",
        required=False,
        choices=[("", "（没有这一块）"), *((part.value, part.label) for part in Part)],
    )
    text = forms.CharField(
        label="文字",
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    condition = forms.ChoiceField(label="何时印", required=False)

    def __init__(self, *args: Any, conditions: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["condition"].label
        self.fields["condition"] = forms.ChoiceField(
            label=label, required=False, choices=conditions
        )

    def block(self) -> Block | None:
        """Return what the row says, None for an empty one. Ask ``is_valid`` first."""
        given = self.cleaned_data
        if not given.get("part"):
            return None
        part = Part(given["part"])
        text = given["text"].replace("\r\n", "\n").strip() if part.has_text else ""
        condition = given["condition"]
        when = condition.removeprefix(_WITH) if not condition.startswith(_WITHOUT) else ""
        return Block(part, text, when, condition[1:] if condition.startswith(_WITHOUT) else "")


BlockRows = forms.formset_factory(
    BlockForm, extra=BLANK_ROWS, max_num=MOST_BLOCKS, absolute_max=MOST_BLOCKS
)


class Sheet:
    """The whole sheet on which a letter is worded: head and rows."""

    def __init__(self, code: str, data: Any = None, *, blocks: Sequence[Block] = ()) -> None:
        choices = {"conditions": conditions(code)}
        rows = [_row(n, block) for n, block in enumerate(blocks, 1)]
        self.head = HeadForm(data)
        self.rows = BlockRows(data, prefix="block", initial=rows, form_kwargs=choices)

    def is_valid(self, *, whole: bool) -> bool:
        """Whether the rows, and for the *whole* sheet the head too, can be read."""
        if not whole:  # what is only looked at needs no day yet: the head keeps what was typed
            typed = {name: self.head.data.get(name, "") for name in self.head.fields}
            self.head = HeadForm(initial=typed)
        return all([self.rows.is_valid(), not whole or self.head.is_valid()])

    @property
    def wrong(self) -> list[forms.BaseForm]:
        """The parts that were sent and have faults."""
        return [one for one in (self.head, *self.rows) if one.is_bound and one.errors]

    def blocks(self) -> tuple[list[Block], list[int]]:
        """Return the blocks in their order, and for each the number of its row."""
        last = _PLACES + 1
        found = [
            (form.cleaned_data.get("place"), n, block)
            for n, form in enumerate(self.rows, 1)
            if form.cleaned_data and (block := form.block()) is not None
        ]
        found.sort(key=lambda row: (last if row[0] is None else row[0], row[1]))
        return [block for _, _, block in found], [n for _, n, _ in found]


class ReasonForm(forms.Form):
    """Why a wording is not approved or taken back."""

    reason = forms.CharField(
        label="理由", max_length=200, error_messages={"required": "请写明理由"}
    )


class ForumForm(forms.Form):
    """Where one complains: against which agency, to whom, from when."""

    agency = forms.ChoiceField(label="适用机关", required=False)
    review_organ = forms.CharField(
        label="复议机关", max_length=100, error_messages={"required": "请填写复议机关的全称"}
    )
    court = forms.CharField(
        label="管辖法院", max_length=100, error_messages={"required": "请填写法院的全称"}
    )
    online = forms.URLField(
        label="在线申请行政复议的网址",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="网上送达的文书必须告知（行政复议法第二十二条）；没有的不填。",
    )
    since = day("从哪一天起用")

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = forms.ChoiceField(label="适用机关", required=False, choices=agencies)
        self.fields = {**self.fields, "agency": agency}


def conditions(code: str) -> list[Any]:
    """The choices of when a block is printed: always, with or without a fact, for one outcome."""
    optional = [slot.name for slot in ALL if slot.optional]
    outcomes = [(f"{OUTCOME}{one}", f"结果是“{OUTCOMES[one].title}”") for one in outcomes_of(code)]
    return [
        ("", "总是"),
        *([("按办理结果", outcomes)] if len(outcomes) > 1 else []),
        ("有这一项时", [(f"{_WITH}{name}", f"有“{name}”") for name in optional]),
        ("没有这一项时", [(f"{_WITHOUT}{name}", f"没有“{name}”") for name in optional]),
    ]


def _row(n: int, block: Block) -> dict[str, object]:
    condition = block.when if block.when.startswith(OUTCOME) else block.when and _WITH + block.when
    return {
        "place": n * _STEP,
        "part": block.part.value,
        "text": block.text,
        "condition": condition or (block.unless and _WITHOUT + block.unless),
    }
