"""What is asked for, and who asks (条例第二十九条)."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from gongkai.foi.identity import Identity
from gongkai.foi.receiving.content import DOCUMENTS, FORMS, HELP, WAYS, Asked, DocumentKind
from gongkai.foi.receiving.forms.fields import Words, choice
from gongkai.law.applicants import CLASSES
from gongkai.text.credit_code import problem_of
from gongkai.text.personal_data import is_id_number, is_old_id_number

Choices = list[tuple[str, str]]
_PHONE = re.compile(r"[0-9+()（）#转 \-－]{5,30}")
_LONG, _SHORT = 2_000, 200


class AskedForm(forms.Form):
    """What is asked for, of whom, and how it is wanted (条例第二十九条第二款第二、三项)."""

    agency = choice(
        "向哪个机关申请",
        [],
        help_text="信息由谁制作或者保存，就向谁申请。不确定也可以先选一个，它会告诉您该找谁。",
    )
    subject = Words(
        "要什么信息",
        "写信息的名称，或者一句话说明，例如“2024 年农村低保标准”。不用写用途。",
        max_length=_SHORT,
    )
    symbol = Words("文号", "知道才填，例如“示政办〔2024〕3号”。", required=False, max_length=60)
    features = Words(
        "其他线索",
        "便于查找的其他特征：哪一年、哪个项目、在哪里见过。",
        required=False,
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    form = choice("要什么形式", FORMS.items(), initial="any")
    way = choice("怎样给您", WAYS.items(), initial="email")
    help = choice(
        "阅读、视听有困难，需要帮助吗",
        HELP.items(),
        required=False,
        help_text="机关应当提供必要的帮助（条例第四十三条）。",
    )
    suggests = forms.BooleanField(
        label="建议把这项信息主动公开",
        required=False,
        help_text="机关会审核；适合公开的，及时向所有人公开（条例第四十四条）。",
    )

    def __init__(self, agencies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.choices = agencies if len(agencies) == 1 else [("", "请选择"), *agencies]

    def asked(self, *, mail_number: str = "") -> Asked:
        """Return what was filled in."""
        said = self.cleaned_data
        return Asked(
            **{key: said[key] for key in ("subject", "symbol", "features", "form", "way", "help")},
            suggests=said["suggests"],
            mail_number=mail_number,
        )


class WhoForm(forms.Form):
    """Who asks and how to reach them (条例第二十九条第二款第一项)."""

    klass = choice(
        "您是",
        [(one.key, f"{one.label}：{one.advice}") for one in CLASSES.values()],
        initial="nat",
        widget=forms.RadioSelect,
        help_text="用于年度报告的统计（共六类），不影响答复。",
    )
    name = Words(
        "姓名或者名称", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    document_kind = choice(
        "证件",
        [(one.value, label) for one, label in DOCUMENTS.items()],
        initial=DocumentKind.ID_CARD.value,
    )
    document_no = Words(
        "证件号码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = Words(
        "电话",
        "受理机构要打电话与您确认收到申请，请尽量填写。",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "电子邮箱写成 name@example.cn 这样的形式。"},
    )
    address = Words(
        "通信地址",
        "要邮寄的请写到门牌号，带邮政编码。",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    agent = Words(
        "代理人或者经办人姓名",
        "替别人、替单位申请的才填，并附授权委托书。",
        required=False,
        max_length=100,
    )
    agent_document_no = Words("代理人或者经办人证件号码", required=False, max_length=40)

    wanted_way = ""
    """How the information is wanted: what of the contact is needed for it."""

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if phone and not _PHONE.fullmatch(phone):
            raise forms.ValidationError("电话写数字，区号和分机用“-”或者“转”隔开。")
        return phone

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self._check_document(said)
        self._check_contact(said)
        if bool(said.get("agent")) != bool(said.get("agent_document_no")):
            self.add_error(
                "agent_document_no" if said.get("agent") else "agent",
                "有代理人的，姓名和证件号码都要填；没有的都不填。",
            )
        return said

    def _check_document(self, said: dict[str, Any]) -> None:
        number = str(said.get("document_no", "")).replace(" ", "").upper()
        kind = said.get("document_kind")
        if not number or self.errors.get("document_no"):
            return
        said["document_no"] = number
        if kind == DocumentKind.ID_CARD and not (is_id_number(number) or is_old_id_number(number)):
            self.add_error(
                "document_no", "身份证号码是 18 位，这个号码的日期或者校验码不对，请照证件核对。"
            )
        elif kind == DocumentKind.CREDIT and problem_of(number):
            self.add_error("document_no", problem_of(number))
        elif said.get("klass") == "nat" and kind == DocumentKind.CREDIT:
            self.add_error(
                "document_kind", "自然人请用本人的身份证件；单位申请的，上面请选单位的类别。"
            )

    def _check_contact(self, said: dict[str, Any]) -> None:
        ways = ("phone", "email", "address")
        if not any(said.get(part) or part in self.errors for part in ways):
            self.add_error("phone", "电话、电子邮箱、通信地址至少填一项，否则没法联系、确认。")
        if self.wanted_way == "post" and not said.get("address"):
            self.add_error("address", "选了邮寄，请写通信地址；或者换一种方式。")
        if self.wanted_way == "email" and not said.get("email") and "email" not in self.errors:
            self.add_error("email", "选了电子邮件，请写电子邮箱；或者换一种方式。")

    def identity(self) -> Identity:
        """Return who was filled in."""
        said = self.cleaned_data
        kind = DocumentKind(said["document_kind"])
        parts = {"电话": said["phone"], "电子邮箱": said["email"], "地址": said["address"]}
        return Identity(
            name=said["name"],
            document_no=said["document_no"],
            contact="；".join(f"{what} {value}" for what, value in parts.items() if value),
            document_kind=kind.value,
            phone=said["phone"],
            email=said["email"],
            address=said["address"],
            agent=said["agent"],
            agent_document_no=said["agent_document_no"].replace(" ", "").upper(),
        )
