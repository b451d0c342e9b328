"""What is typed for a draft and its signatures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.art41 import own_words, results_of
from gongkai.foi.handling.drafts import TITLES, explanation_of, instead_of, typed_for
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.forms.day import long_text
from gongkai.foi.issuing.others import Objection
from gongkai.foi.issuing.typed import (
    FOLLOWED,
    PRIOR_DAY,
    READER,
    READERS,
    WAY,
    WAYS,
    Typed,
    fields_for,
)
from gongkai.foi.models import CaseKind
from gongkai.law.outcomes import OUTCOMES, PARTIAL, Route

_AGENT = "申请由代理人提出，卷里还没有授权委托书。"


class OutcomeForm(forms.Form):
    """Which way the request ends, and what the parts held back of a severed reply are refused as."""

    outcome = forms.ChoiceField(label="处理结果")
    refused_as = forms.MultipleChoiceField(
        label="部分公开时，不公开的部分属于",
        choices=[
            (one.code, one.title) for one in OUTCOMES.values() if one.remedies is Route.REFUSAL
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="只在“部分公开”时选（条例第三十七条）。",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """*kind*: of the case; only a request for information can be answered in part."""
        super().__init__(*args, **kwargs)
        results = list(results_of(kind).items())
        self.fields["outcome"] = forms.ChoiceField(label="处理结果", choices=results)
        if kind == CaseKind.CORRECTION:
            del self.fields["refused_as"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("outcome") == PARTIAL and not found.get("refused_as"):
            self.add_error("refused_as", "部分公开须选明不公开的部分属于哪一种（条例第三十七条）。")
        if found.get("outcome") != PARTIAL:
            found["refused_as"] = []
        return found


class DraftForm(forms.Form):
    """What is written for an outcome: each fact that may be typed, then what its letter says beside it."""

    def __init__(
        self,
        *args: Any,
        kind: str,
        outcome: str,
        refused_as: Sequence[str],
        way: str = "",
        objected: bool = False,
        contested: Sequence[Objection] = (),
        shown: Collection[str] = (),
        agent_unproved: bool = False,
        **kwargs: Any,
    ) -> None:
        """*kind*: of the case. *initial*: facts that stand in the fields to begin with, as :meth:`facts` returns them.

        *contested*: the objections it is decided about one by one; *shown*: what the case has on file, and
        nobody types; *agent_unproved*: the letter may go to the applicant himself only.
        """
        super().__init__(*args, **kwargs)
        for fact in typed_for(outcome, tuple(refused_as), shown):
            self.fields[fact] = long_text(
                TITLES[fact],
                4000,
                rows=5,
                help_text=_explained(fact, outcome, tuple(refused_as)),
                need=False,
            )
        if not OUTCOMES[outcome].letter:
            return
        for one in contested:
            self.fields[one.key] = forms.ChoiceField(
                label=one.label, choices=list(FOLLOWED.items()), widget=forms.RadioSelect
            )
        for name, typed in fields_for(outcome, refused_as, objected=objected):
            label = typed.title if typed.need else f"{typed.title}（可以不写）"
            self.fields[name] = (
                Day(typed.title, typed.help, required=False)
                if name == PRIOR_DAY
                else long_text(label, 2000, help_text=typed.help, need=False)
            )
        if words := own_words(kind, outcome):
            self._reword(words)
        self.fields[WAY] = forms.ChoiceField(
            label="送达方式", choices=list(WAYS.items()), initial=way, required=False
        )
        if agent_unproved:
            self.fields[READER] = forms.ChoiceField(
                label="收件人", choices=list(READERS.items()), required=False, help_text=_AGENT
            )

    def _reword(self, words: Mapping[str, Typed]) -> None:
        """Keep the fields of *words*, in their order, under their own names."""
        self.fields = {name: self.fields[name] for name in words}
        for name, typed in words.items():
            self.fields[name].label, self.fields[name].help_text = typed.title, typed.help

    def facts(self) -> dict[str, str]:
        """Return what was written, fact by fact; a day as 2024-07-01. Ask ``is_valid`` first."""
        typed = ((name, str(value or "").strip()) for name, value in self.cleaned_data.items())
        return {name: text for name, text in typed if text}


def _explained(fact: str, outcome: str, refused_as: tuple[str, ...]) -> str:
    others = "、".join(f"“{title}”" for title in instead_of(fact, outcome, refused_as))
    return explanation_of(fact) + (f"。写了{others}的，这里可以不写。" if others else "")


class SignForm(forms.Form):
    """A signature over the draft one has read."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    opinion = forms.CharField(label="意见", max_length=500, required=False, help_text="可以不写。")

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sha256"].initial = facts.draft.sha256 if facts.draft else ""


class NothingForm(forms.Form):
    """A step for which nothing is typed."""

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class SendBackForm(NothingForm):
    reason = long_text("退回理由", 500, help_text="拟稿人按它修改。")
