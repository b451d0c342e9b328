"""What an officer types for a correction, a consultation, a longer period, a demand for reasons, a search."""

from __future__ import annotations

from django import forms

from gongkai.agencies.forms import Day
from gongkai.foi.handling.actions.correcting import AUTHORITY_ITEM
from gongkai.foi.handling.forms.day import DayForm, long_text
from gongkai.law.intervals import LABELS, Kind

_YES_NO = (("yes", "是"), ("no", "否"))


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
        if self.facts.agent_unproved:
            self.fields["items"].initial = AUTHORITY_ITEM
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
