"""What an officer types for each step. A day is today unless something happened earlier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.handling.drafts import TITLES, explanation_of, instead_of, typed_for
from gongkai.foi.handling.facts import Facts
from gongkai.foi.issuing.typed import PRIOR_DAY, WAY, WAYS, fields_for
from gongkai.foi.receiving.files import ACCEPTED
from gongkai.law.intervals import LABELS, Kind
from gongkai.law.outcomes import OUTCOMES, PARTIAL, Route

Choices = Sequence[tuple[str, str]]
_YES_NO = (("yes", "是"), ("no", "否"))


def long_text(
    label: str, most: int, *, rows: int = 3, help_text: str = "", need: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=need,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class DayForm(forms.Form):
    """The day something happened."""

    on = Day("日期", "事情发生的那一天，不能晚于今天。")

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        if "on" in self.fields:
            self.fields["on"].initial = facts.on
        self.arrange()

    def arrange(self) -> None:
        """Fit labels, choices and limits to the case."""

    def relabel_day(self, label: str, help_text: str = "") -> None:
        day = self.fields["on"]
        day.label, day.help_text = label, help_text or day.help_text


class CorrectionForm(DayForm):
    items = long_text(
        "补正事项",
        2000,
        rows=5,
        help_text="一行写一项，一次写全：补正只能告知一次（条例第三十条）。",
    )
    days = forms.IntegerField(label="补正期限（工作日）", min_value=1)

    def arrange(self) -> None:
        self.relabel_day("告知日期")
        most = self.facts.rules.number("correction.period")
        self.fields["days"].initial = most
        self.fields[
            "days"
        ].help_text = f"自送达之日起算，至多 {most} 个工作日（参数 correction.period）。"


class ProofForm(DayForm):
    proof = forms.CharField(
        label="凭证",
        max_length=200,
        help_text="回执、挂号信或者快递的签收单号。不要写签收人的姓名。",
    )

    def arrange(self) -> None:
        self.relabel_day("送达日期")


class CorrectedForm(DayForm):
    def arrange(self) -> None:
        self.relabel_day("收到补正日期", "答复期限自这一天起重新计算（条例第三十条）。")


class ConsultForm(DayForm):
    whom = forms.ChoiceField(
        label="征求谁的意见",
        choices=[
            (Kind.THIRD_PARTY.value, "第三方（第三十二条：逾期不答复，由本机关决定）"),
            (Kind.CO_MAKER.value, "共同制作机关（第三十四条：逾期不答复，视为同意）"),
            (Kind.OTHER_ORGAN.value, "其他机关（第三十三条：法律没有规定答复期限）"),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label="对方姓名或者名称", max_length=100, help_text="第三方的姓名、名称加密保存。"
    )
    contact = forms.CharField(
        label="第三方联系方式",
        max_length=200,
        required=False,
        help_text="加密保存，寄征求意见书用；征求第三方意见的必填。",
    )
    matter = long_text(
        "涉及的信息",
        500,
        help_text="写进征求意见书，也告知申请人：写明是哪些信息、在哪份材料里，不写任何人的姓名、名称。",
    )

    def arrange(self) -> None:
        self.relabel_day("发出日期")
        self.order_fields(["whom", "name", "contact", "matter", "on"])


class _OfConsultation(DayForm):
    which = forms.ChoiceField(label="哪一份征求意见书")

    def arrange(self) -> None:
        waiting = [one for one in self.facts.consultations if not one.settled]
        self.fields["which"] = forms.ChoiceField(
            label="哪一份征求意见书",
            choices=[
                (str(one.uid), f"{LABELS[Kind(one.whom)]}，{one.asked_on} 发出 {one.organ}".strip())
                for one in waiting
            ],
        )
        self.order_fields(["which", *[name for name in self.fields if name != "which"]])


class ArrivalForm(_OfConsultation):
    proof = forms.CharField(
        label="凭证", max_length=200, help_text="回执、签收单号。不要写签收人的姓名。"
    )

    def arrange(self) -> None:
        super().arrange()
        self.relabel_day(
            "对方收到日期", "扣除的时间和对方的答复期限都从这一天算起（条例第三十三条）。"
        )


class OpinionForm(_OfConsultation):
    consents = forms.ChoiceField(label="是否同意公开", choices=_YES_NO, widget=forms.RadioSelect)
    text = long_text(
        "意见内容", 2000, need=False, help_text="加密保存。不同意的，须写明对方的理由。"
    )

    def arrange(self) -> None:
        super().arrange()
        self.relabel_day("收到意见日期")


class SilenceForm(_OfConsultation):
    def arrange(self) -> None:
        super().arrange()
        self.relabel_day("登记日期", "答复期限期满的次日起才能登记。")


class ProposalForm(DayForm):
    days = forms.IntegerField(label="延长几个工作日", min_value=1)
    reason = long_text("延长理由", 500, help_text="写进延期答复告知书。")

    def arrange(self) -> None:
        self.relabel_day("提请日期")
        most = self.facts.rules.number("reply.extension_max")
        self.fields["days"].help_text = f"至多 {most} 个工作日，一次（条例第三十三条）。"


class ApprovalForm(DayForm):
    def arrange(self) -> None:
        self.relabel_day(
            "告知申请人日期", "须在原期限之内：延期要在期满以前告知申请人（条例第三十三条）。"
        )


class ReasonForm(DayForm):
    reason = long_text("理由", 500)


class DemandForm(DayForm):
    found = long_text(
        "数量、频次情况",
        500,
        help_text="写明多长时间里几件、怎样明显超过合理范围（条例第三十五条）。",
    )

    def arrange(self) -> None:
        self.relabel_day("告知日期")


class FindingForm(DayForm):
    accepted = forms.ChoiceField(label="理由是否合理", choices=_YES_NO, widget=forms.RadioSelect)
    finding = long_text(
        "审查意见", 500, help_text="合理或者不合理在哪里；没有说明理由的，写明告知和等待的情况。"
    )

    def arrange(self) -> None:
        self.relabel_day("审查日期")


class DelayForm(DayForm):
    until = Day("延迟答复到哪一天", "合理期限的最后一天，须在原期限之后（条例第三十五条）。")

    def arrange(self) -> None:
        self.relabel_day("告知申请人日期")


class SearchForm(DayForm):
    system = forms.CharField(
        label="检索系统或者场所", max_length=100, help_text="例如：公文系统、档案室。"
    )
    scope = forms.CharField(label="检索范围", max_length=200, help_text="例如：2010 年以来的发文。")
    terms = forms.CharField(
        label="检索词", max_length=200, help_text="名称、文号、关键词，不写申请人姓名。"
    )
    custodians = forms.CharField(label="保管部门或者人员", max_length=200)
    result = long_text("检索结果", 200)

    def arrange(self) -> None:
        self.relabel_day("检索日期")


class AssignForm(DayForm):
    to = forms.ChoiceField(label="交办给谁")
    task = long_text(
        "交办事项",
        500,
        help_text="要查什么、交回什么。交办单位只看到这里写的内容，不写申请人姓名。",
    )
    due_on = Day("内部期限")

    def __init__(self, *args: Any, receivers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ChoiceField(label="交办给谁", choices=receivers)
        self.order_fields(["to", "task", "due_on", "on"])
        self.relabel_day("交办日期")


class _OfAssignment(DayForm):
    which = forms.ChoiceField(label="哪一件交办")

    def arrange(self) -> None:
        given = [one for one in self.facts.assignments if one.returned_on is None]
        self.fields["which"] = forms.ChoiceField(
            label="哪一件交办",
            choices=[(str(one.uid), f"{one.task[:40]}（内部期限 {one.due_on}）") for one in given],
        )
        self.order_fields(["which", *[name for name in self.fields if name != "which"]])


class ChaseForm(_OfAssignment):
    def arrange(self) -> None:
        super().arrange()
        self.relabel_day("催办日期")


MOST_RETURNED = 3
"""How many files a unit gives back at once; more go into one archive or one PDF."""
_NO_NAMES = "例如“竣工验收报告（36页）”，不写个人的姓名、证件号码。"


class AnswerForm(forms.Form):
    """What a unit gives back."""

    nil = forms.ChoiceField(
        label="有没有相关信息",
        choices=[("no", "有，写明名称、文号和在哪里"), ("yes", "没有，写明查了哪里")],
        widget=forms.RadioSelect,
    )
    answer = long_text("办理情况", 1000, rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_RETURNED + 1):
            self.fields[f"file_{n}"] = forms.FileField(
                label=f"找到的文件（{n}）",
                required=False,
                widget=forms.FileInput(attrs={"accept": ACCEPTED}),
                help_text="可以不附。加密保存，只给受理机关的承办人员看。" if n == 1 else "",
            )
            self.fields[f"title_{n}"] = forms.CharField(
                label=f"文件名称（{n}）", max_length=100, required=False, help_text=_NO_NAMES
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for n in range(1, MOST_RETURNED + 1):
            if found.get(f"file_{n}") and not found.get(f"title_{n}"):
                self.add_error(f"title_{n}", "请写明这个文件的名称，答复的附件清单按它印。")
        return found


class ReturnForm(_OfAssignment, AnswerForm):
    def arrange(self) -> None:
        super().arrange()
        self.relabel_day("交回日期")


class OutcomeForm(forms.Form):
    """Which way the request ends, and what the parts held back of a severed reply are refused as."""

    outcome = forms.ChoiceField(
        label="处理结果", choices=[(one.code, one.title) for one in OUTCOMES.values()]
    )
    refused_as = forms.MultipleChoiceField(
        label="部分公开时，不公开的部分属于",
        choices=[
            (one.code, one.title) for one in OUTCOMES.values() if one.remedies is Route.REFUSAL
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="只在“部分公开”时选（条例第三十七条）。",
    )

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
        outcome: str,
        refused_as: Sequence[str],
        way: str = "",
        objected: bool = False,
        **kwargs: Any,
    ) -> None:
        """*initial*: facts that stand in the fields to begin with, as :meth:`facts` returns them."""
        super().__init__(*args, **kwargs)
        for fact in typed_for(outcome, tuple(refused_as)):
            self.fields[fact] = long_text(
                TITLES[fact],
                4000,
                rows=5,
                help_text=_explained(fact, outcome, tuple(refused_as)),
                need=False,
            )
        if not OUTCOMES[outcome].letter:
            return
        for name, typed in fields_for(outcome, refused_as, objected=objected):
            label = typed.title if typed.need else f"{typed.title}（可以不写）"
            self.fields[name] = (
                Day(typed.title, typed.help, required=False)
                if name == PRIOR_DAY
                else long_text(label, 2000, help_text=typed.help, need=False)
            )
        self.fields[WAY] = forms.ChoiceField(
            label="送达方式", choices=list(WAYS.items()), initial=way, required=False
        )

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
