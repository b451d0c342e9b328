"""The slots of a wording: what a county writes in braces, and what of the case is printed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gongkai.law.fees import yuan
from gongkai.law.grounds import GROUNDS
from gongkai.law.instruments import REGULATION
from gongkai.law.outcomes import OUTCOMES
from gongkai.letters import tables
from gongkai.letters.facts import CitedGround, Contact, LetterFacts
from gongkai.letters.remedy_clause import remedy_clause
from gongkai.paper.blocks import Table


class Shape(StrEnum):
    """What a slot holds: words within a sentence, items listed one by one, a table of its own."""

    TEXT = "text"
    ITEMS = "items"
    TABLE = "table"

    @property
    def label(self) -> str:
        return SHAPE_LABELS[self]


SHAPE_LABELS: Mapping[Shape, str] = {
    Shape.TEXT: "写在句子里",
    Shape.ITEMS: "单独成块，逐项列出",
    Shape.TABLE: "单独成块，印成表格",
}
Value = str | tuple[str, ...] | Table
REMEDIES = "救济途径"
"""The slot no decision letter goes without (不变量七)."""


@dataclass(frozen=True)
class Slot:
    """A name in braces, what it stands for, and how it is found in the facts; empty when there is nothing.

    *optional*: a case may be without it, so that a block may depend on it.
    """

    name: str
    explanation: str
    value: Callable[[LetterFacts], Value | None]
    shape: Shape = Shape.TEXT

    @property
    def optional(self) -> bool:
        return self.name not in _ALWAYS


_ALWAYS = frozenset(
    {"机关名称", "工作机构", "工作机构地址", "联系电话", "申请人", "您", "受理编号", "收到日期"}
    | {"申请内容", "救济途径", "登记内容", "送达内容", "意见栏"}
)


def day(on: date | None) -> str:
    """A day as official documents write it: no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def basis_of(facts: LetterFacts) -> str:
    """The article an outcome rests on, with its law; empty for one that no article names."""
    known = OUTCOMES.get(facts.outcome)
    if known is None or not known.article:
        return ""
    return known.article if known.article.startswith("《") else f"{REGULATION}{known.article}"


def _grounds(facts: LetterFacts) -> tuple[str, ...]:
    return tuple(map(_ground, facts.grounds))


def _ground(cited: CitedGround) -> str:
    """One sentence for one part withheld; a law of its own that forbids is named."""
    known = GROUNDS.get(cited.code)
    title = known.title if known else cited.code
    forbids = f"和{cited.law}" if cited.law else ""
    return f"{cited.part}：{title}，依据{REGULATION}{cited.article}{forbids}的规定，不予公开。"


def _name(of: str) -> Callable[[LetterFacts], str]:
    return lambda facts: _contact(facts, of).name


def _reached(of: str) -> Callable[[LetterFacts], str]:
    return lambda facts: _contact(facts, of).contact


def _contact(facts: LetterFacts, of: str) -> Contact:
    found: Any = getattr(facts, of)
    return found if isinstance(found, Contact) else Contact("")


def _numbered_prior(facts: LetterFacts) -> str:
    return facts.prior.number if facts.prior else ""


def _prior_day(facts: LetterFacts) -> str:
    return day(facts.prior.on) if facts.prior else ""


def _charge(of: str) -> Callable[[LetterFacts], str]:
    return lambda facts: str(getattr(facts.charge, of)) if facts.charge else ""


def _amount(facts: LetterFacts) -> str:
    return yuan(facts.charge.fen) if facts.charge else ""


ALL: tuple[Slot, ...] = (
    Slot("机关名称", "签发机关", lambda f: f.office.organ),
    Slot("工作机构", "信息公开工作机构", lambda f: f.office.name),
    Slot("工作机构地址", "工作机构的办公地址", lambda f: f.office.address),
    Slot("联系电话", "工作机构的电话", lambda f: f.office.telephone),
    Slot("申请人", "申请人的姓名或者名称", lambda f: f.request.applicant),
    Slot(
        "您", "称呼申请人：您，单位为贵单位", lambda f: "贵单位" if f.request.organisation else "您"
    ),
    Slot("受理编号", "申请的编号", lambda f: f.request.number),
    Slot("收到日期", "收到申请之日（第三十一条）", lambda f: day(f.request.received_on)),
    Slot("申请内容", "申请的内容，照原文引用", lambda f: f.request.content),
    Slot("申请渠道", "当面、邮寄、网上等", lambda f: f.request.channel),
    Slot("获取方式", "申请人要的形式和途径", lambda f: f.request.wanted_as),
    Slot("收件编号", "收件的编号，和查询码一起用", lambda f: f.received_as),
    Slot("查询码", "凭它在网上查办理情况", lambda f: f.query_code),
    Slot("依据条款", "处理结果依据的条、款、项", basis_of),
    Slot("理由", "为什么这样处理，可以分段", lambda f: f.reasons),
    Slot("不予公开依据", "每一部分不公开的理由和条款", lambda f: _grounds(f) or None, Shape.ITEMS),
    Slot("区分处理", "能不能区分处理的说明（第三十七条）", lambda f: f.separation),
    Slot("危害说明", "会危及什么（三安全一稳定）", lambda f: f.risk),
    Slot(
        "检索记录",
        "系统、范围、检索词、人员、日期、结果",
        lambda f: tables.searches(f.search),
        Shape.TABLE,
    ),
    Slot("负责机关", "负责公开的机关", _name("responsible")),
    Slot("负责机关联系方式", "怎样找到它", _reached("responsible")),
    Slot("不能确定的原因", "为什么不能确定负责机关", lambda f: f.undeterminable),
    Slot("特别规定", "对获取有特别规定的法律、行政法规", lambda f: f.special_rule),
    Slot("此前答复文号", "已经答复相同内容的文号", _numbered_prior),
    Slot("此前答复日期", "那次答复的日期", _prior_day),
    Slot("补正事项", "需要补正的，一次性列全", lambda f: f.corrections or None, Shape.ITEMS),
    Slot("截止日期", "对方最迟哪天说明、回复", lambda f: day(f.until)),
    Slot("给对方的期限", "自收到文书次日起，补正、缴费有多少时间", lambda f: f.within),
    Slot("答复期限日", "本机关最迟哪天答复", lambda f: day(f.due_on)),
    Slot("延长时间", "延长多少个工作日", lambda f: f.extended_by),
    Slot("收费金额", "信息处理费", _amount),
    Slot("收费依据", "按件还是按量，依据哪个文件", _charge("basis")),
    Slot("收费标准", "怎样算出来的", _charge("scale")),
    Slot("缴纳方式", "在哪里、怎样缴", _charge("pay_how")),
    Slot("被征求意见方", "第三方、共同制作机关或者协办机关", _name("consulted")),
    Slot("征求意见书文号", "确认函答复的是哪一份征求意见书", lambda f: f.enquiry),
    Slot("涉及的信息", "征求意见或者协办的是哪些信息、哪件事", lambda f: f.matter),
    Slot("答复意见的期限", "法律给对方的时间", lambda f: f.answer_within),
    Slot("征求意见日期", "书面征求意见的日期", lambda f: day(f.opinion.asked_on)),
    Slot("第三方意见", "第三方答复了什么，或者没有答复", lambda f: f.opinion.answer),
    Slot("不征求的原因", "没有征求第三方意见的原因", lambda f: f.opinion.not_asked),
    Slot("提供的信息", "向申请人提供了什么", lambda f: f.material),
    Slot("提供方式", "怎样提供", lambda f: f.given_by),
    Slot("获取途径", "已经公开的信息在哪里、怎样查到", lambda f: f.where_published),
    Slot("此前告知日期", "此前告知书送达的日期", lambda f: day(f.notice_on)),
    Slot("补正日期", "收到补正材料的日期", lambda f: day(f.corrected_on)),
    Slot("数量和频次", "同一申请人提出了多少件、多频繁", lambda f: f.found),
    Slot("办理渠道", "应当到哪里、怎样办理", lambda f: f.channel),
    Slot("更正结果", "更正了什么", lambda f: f.corrected),
    Slot("转送机关", "更正申请转给谁", _name("transferred_to")),
    Slot("转送机关联系方式", "怎样找到它", _reached("transferred_to")),
    Slot("登记内容", "登记表的各项", lambda f: tables.form(f.form), Shape.TABLE),
    Slot("送达内容", "送达回证的各项", tables.service_slip, Shape.TABLE),
    Slot("意见栏", "对方填写意见的表", lambda f: tables.answer_slip(f.matter), Shape.TABLE),
    Slot(REMEDIES, "复议和诉讼，按结果和日期生成", remedy_clause),
)
SLOTS: Mapping[str, Slot] = {slot.name: slot for slot in ALL}
