"""Every step of a case as one table: what happens, from which state, whose task, which article, which guards.

The fold (:mod:`gongkai.foi.machine`) reads the states from it, the actions and the case page read who may
and what must be there first, and ``python -m tools.case_machine`` prints it into the manual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.agencies.models import Role
from gongkai.foi.models import State


class EventKind(StrEnum):
    """What can happen to a case."""

    RECEIVED = "received"
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    CONSULTED = "consulted"
    CONSULT_ARRIVED = "consult_arrived"
    OPINION = "opinion"
    SILENT = "silent"
    EXTENDED = "extended"
    FEE_ASKED = "fee_asked"
    FEE_PAID = "fee_paid"
    FEE_CANCELLED = "fee_cancelled"
    REASON_ASKED = "reason_asked"
    REASON_GIVEN = "reason_given"
    DELAYED = "delayed"
    DRAFTED = "drafted"
    TAKEN_BACK = "taken_back"
    SENT_BACK = "sent_back"
    SECRECY_SIGNED = "secrecy_signed"
    LEGALITY_SIGNED = "legality_signed"
    DECIDED = "decided"
    SERVED = "served"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: Mapping[EventKind, str] = {
    EventKind.RECEIVED: "收到申请",
    EventKind.CORRECTION_ASKED: "告知补正",
    EventKind.CORRECTED: "收到补正",
    EventKind.CONSULTED: "征求意见",
    EventKind.CONSULT_ARRIVED: "对方收到征求意见书",
    EventKind.OPINION: "收到意见",
    EventKind.SILENT: "逾期未答复意见",
    EventKind.EXTENDED: "延长答复期限",
    EventKind.FEE_ASKED: "通知缴费",
    EventKind.FEE_PAID: "缴费完成",
    EventKind.FEE_CANCELLED: "撤销收费通知",
    EventKind.REASON_ASKED: "要求说明理由",
    EventKind.REASON_GIVEN: "审查申请人的理由",
    EventKind.DELAYED: "确定延迟答复期限",
    EventKind.DRAFTED: "拟稿送签",
    EventKind.TAKEN_BACK: "撤回拟稿",
    EventKind.SENT_BACK: "退回拟稿",
    EventKind.SECRECY_SIGNED: "保密审查通过",
    EventKind.LEGALITY_SIGNED: "合法性审核通过",
    EventKind.DECIDED: "作出处理决定",
    EventKind.SERVED: "送达",
}


@dataclass(frozen=True)
class Step:
    """One row. A step without an *event* only adds a record; the state stays.

    *to_state* None: the case stays where it is; a draft that comes back returns to where it was made
    (*returns*). *guards* are names of :data:`gongkai.foi.handling.guards.GUARDS`, asked in their order.
    *desk*: officers take it on the case page; the others are told by a register or by other pages.
    *quiet*: the case page is silent about it while it cannot be taken.
    """

    name: str
    label: str
    event: EventKind | None
    from_states: frozenset[State]
    to_state: State | None
    roles: tuple[Role, ...]
    article: str
    guards: tuple[str, ...] = ()
    returns: bool = False
    desk: bool = True
    quiet: bool = False

    @property
    def whose(self) -> str:
        """The roles, as a sentence names them."""
        return "、".join(str(role.label) for role in self.roles) or "补录"


_H, _C, _P, _S = State.HANDLING, State.CORRECTING, State.PAYING, State.SIGNING
_OFFICERS = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
_HEAD = (Role.LEADER,)
_SECRECY = (Role.SECRECY_REVIEWER,)
_LEGALITY = (Role.LEGALITY_REVIEWER,)
_D, _V = State.DECIDED, State.SERVED
_OPEN = frozenset({_H, _C, _P})
_UNDECIDED = frozenset({_H, _C, _P, _S})
_ANY = frozenset({*_UNDECIDED, _D, _V})
_AT_WORK = frozenset({_H})
_E = EventKind
_ORDER = "条例第四十五条"
_FEES = "国办函〔2020〕109号"
_SERVICE = "国办公开办函〔2016〕235号"

STEPS: tuple[Step, ...] = (
    Step("register", "登记收到", _E.RECEIVED, frozenset(), _H, _OFFICERS, "条例第三十一条", desk=False),
    Step("ask-correction", "告知补正", _E.CORRECTION_ASKED, _AT_WORK, _C, _OFFICERS, "条例第三十条", ("correction_once",)),
    Step("notice-arrived", "登记补正告知书送达", None, frozenset({_C}), None, _OFFICERS, "条例第三十条", ("notice_unproved",)),
    Step("record-correction", "登记收到补正", _E.CORRECTED, frozenset({_C}), _H, _OFFICERS, "条例第三十条"),
    Step("consult", "征求意见", _E.CONSULTED, _AT_WORK, None, _OFFICERS, "条例第三十二条、第三十三条、第三十四条"),
    Step("consult-arrived", "登记对方收到征求意见书", _E.CONSULT_ARRIVED, _UNDECIDED, None, _OFFICERS, "条例第三十三条", ("consultation_unproved",), quiet=True),
    Step("record-opinion", "登记收到意见", _E.OPINION, _AT_WORK, None, _OFFICERS, "条例第三十二条、第三十四条", ("consultation_unanswered",)),
    Step("record-silence", "登记逾期未答复", _E.SILENT, _AT_WORK, None, _OFFICERS, "条例第三十二条、第三十四条", ("consultation_over",)),
    Step("propose-extension", "提请延长答复期限", None, _AT_WORK, None, _OFFICERS, "条例第三十三条", ("extension_once", "extension_not_proposed")),
    Step("approve-extension", "批准延长答复期限", _E.EXTENDED, _AT_WORK, None, _HEAD, "条例第三十三条", ("extension_proposed", "extension_of_another")),
    Step("decline-extension", "不批准延长", None, _AT_WORK, None, _HEAD, "条例第三十三条", ("extension_proposed", "extension_of_another")),
    Step("ask-reason", "要求说明理由", _E.REASON_ASKED, _AT_WORK, None, _OFFICERS, "条例第三十五条", ("reason_once",)),
    Step("judge-reason", "审查申请人的理由", _E.REASON_GIVEN, _AT_WORK, None, _OFFICERS, "条例第三十五条", ("reason_unanswered",)),
    Step("delay", "确定延迟答复期限", _E.DELAYED, _AT_WORK, None, _OFFICERS, "条例第三十五条", ("reason_accepted", "delay_once")),
    Step("ask-fee", "通知缴费", _E.FEE_ASKED, _AT_WORK, _P, _OFFICERS, "条例第四十二条", ("fee_chosen", "fee_once"), quiet=True),
    Step("record-payment", "登记缴费", _E.FEE_PAID, frozenset({_P}), _H, _OFFICERS, _FEES, ("fee_open",)),
    Step("cancel-fee", "撤销收费通知", _E.FEE_CANCELLED, frozenset({_P}), _H, _HEAD, _FEES, ("fee_open",)),
    Step("refund-fee", "登记退费", None, _ANY, None, _OFFICERS, _FEES, ("fee_held",), quiet=True),
    Step("search", "登记检索", None, _OPEN, None, _OFFICERS, "条例第三十六条第四项"),
    Step("enter-words", "录入申请内容", None, _OPEN, None, _OFFICERS, "条例第二十九条", ("words_unknown",)),
    Step("notify", "印发文书", None, _OPEN, None, _OFFICERS, "条例第三十条、第三十二条至第三十五条、第四十二条", ("notice_due",), quiet=True),
    Step("enclose", "附上要给申请人的文件", None, _OPEN, None, _OFFICERS, "条例第四十条"),
    Step("take-out", "取出给申请人的文件", None, _OPEN, None, _OFFICERS, "条例第四十条", ("enclosure_waiting",)),
    Step("assign", "交办", None, _OPEN, None, _OFFICERS, _ORDER),
    Step("chase", "催办", None, _OPEN, None, _OFFICERS, _ORDER, ("assignment_open",)),
    Step("return", "交回办理情况", None, _OPEN, None, (*_OFFICERS, Role.INFORMATION_OFFICER), _ORDER, ("assignment_open",)),
    Step("draft", "拟稿送签", _E.DRAFTED, _OPEN, _S, _OFFICERS, "条例第三十六条", ("extension_settled",)),
    Step("take-back", "撤回拟稿", _E.TAKEN_BACK, frozenset({_S}), None, _OFFICERS, _ORDER, ("draft_of_mine",), returns=True),
    Step("send-back", "退回拟稿", _E.SENT_BACK, frozenset({_S}), None, (*_SECRECY, *_LEGALITY, *_HEAD), _ORDER, ("draft_of_another",), returns=True),
    Step("sign-secrecy", "保密审查", _E.SECRECY_SIGNED, frozenset({_S}), None, _SECRECY, "条例第十七条", ("draft_of_another", "secrecy_unsigned", "nothing_signed_by_me")),
    Step("sign-legality", "合法性审核", _E.LEGALITY_SIGNED, frozenset({_S}), None, _LEGALITY, "条例第四十五条", ("draft_of_another", "legality_unsigned", "nothing_signed_by_me")),
    Step("sign", "签发", _E.DECIDED, frozenset({_S}), State.DECIDED, _HEAD, "条例第三十六条", ("draft_of_another", "nothing_signed_by_me", "signatures_complete")),
    Step("enter-decision", "补录处理决定", _E.DECIDED, _OPEN, State.DECIDED, (), _ORDER, desk=False),
    Step("send", "送达", None, _ANY, None, _OFFICERS, _SERVICE, ("letter_to_send",), quiet=True),
    Step("record-service", "登记送达结果", None, _ANY, None, _OFFICERS, _SERVICE, ("letter_on_its_way",), quiet=True),
    Step("serve", "答复已送达", _E.SERVED, frozenset({_D}), _V, _OFFICERS, _SERVICE, desk=False),
)  # fmt: skip
BY_NAME: Mapping[str, Step] = {step.name: step for step in STEPS}
