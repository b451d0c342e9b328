"""The day a request counts as received (Art 31 and the reply 国办公开办函〔2015〕207号).

The day is fixed by proof, not by whoever types it in: a channel that needs a confirmation has no
receipt day until the confirmation is on file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.errors import ReceiptError


class Channel(StrEnum):
    """How a request came in."""

    IN_PERSON = "in_person"
    SIGNED_POST = "signed_post"
    ORDINARY_POST = "ordinary_post"
    WEB = "web"
    FAX = "fax"
    EMAIL = "email"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def basis(self) -> str:
        """The item of Art 31 that fixes the day."""
        return BASES[self]

    @property
    def day(self) -> str:
        """Which day counts as received, in words."""
        return DAYS[self]


LABELS: Mapping[Channel, str] = {
    Channel.IN_PERSON: "当面提交",
    Channel.SIGNED_POST: "邮寄（签收）",
    Channel.ORDINARY_POST: "平常信函（无需签收）",
    Channel.WEB: "互联网渠道",
    Channel.FAX: "传真",
    Channel.EMAIL: "电子邮件",
}
_BOTH_CONFIRM = "与申请人双方确认之日"
DAYS: Mapping[Channel, str] = {
    Channel.IN_PERSON: "提交之日",
    Channel.SIGNED_POST: "工作机构签收之日；没有寄给工作机构的，为双方确认之日",
    Channel.ORDINARY_POST: _BOTH_CONFIRM,
    Channel.WEB: _BOTH_CONFIRM,
    Channel.FAX: _BOTH_CONFIRM,
    Channel.EMAIL: _BOTH_CONFIRM,
}
_ARTICLE = "《政府信息公开条例》第三十一条"
BASES: Mapping[Channel, str] = {
    Channel.IN_PERSON: f"{_ARTICLE}第（一）项",
    Channel.SIGNED_POST: f"{_ARTICLE}第（二）项",
    Channel.ORDINARY_POST: f"{_ARTICLE}第（二）项",
    Channel.WEB: f"{_ARTICLE}第（三）项",
    Channel.FAX: f"{_ARTICLE}第（三）项",
    Channel.EMAIL: f"{_ARTICLE}第（三）项",
}
MISDIRECTED_BASIS = "国办公开办函〔2015〕207号"


@dataclass(frozen=True)
class ReceiptFacts:
    """What is on file about the arrival.

    *arrived_on* is the day the office for information disclosure (工作机构) got hold of it,
    *to_office* whether it was addressed to that office. The two confirmations are the office's and
    the applicant's; a telephone call that reaches the applicant is both.
    """

    submitted_on: date | None = None
    signed_on: date | None = None
    arrived_on: date | None = None
    office_confirmed_on: date | None = None
    applicant_confirmed_on: date | None = None
    to_office: bool = True


def receipt_date(channel: Channel, facts: ReceiptFacts) -> date:
    """The statutory day of receipt.

    Raises :class:`ReceiptError` when the proof the channel needs is missing or runs backwards.
    """
    if channel is Channel.IN_PERSON:
        return _required(facts.submitted_on, channel, "提交日期")
    if channel is Channel.SIGNED_POST and facts.to_office:
        return _required(facts.signed_on, channel, "签收日期")
    return _confirmed(channel, facts)


def _required(day: date | None, channel: Channel, what: str) -> date:
    if day is None:
        raise ReceiptError(
            f"{channel.label}的申请以{what}为收到之日（{channel.basis}），请补录{what}。"
        )
    return day


def _confirmed(channel: Channel, facts: ReceiptFacts) -> date:
    """The later of both confirmations: only then have both sides confirmed."""
    office, applicant = facts.office_confirmed_on, facts.applicant_confirmed_on
    basis = channel.basis if facts.to_office else MISDIRECTED_BASIS
    if office is None or applicant is None:
        missing = "工作机构" if office is None else "申请人"
        raise ReceiptError(
            f"{channel.label}的申请以双方确认之日为收到之日（{basis}），还缺{missing}的确认，"
            f"请与申请人联系确认后登记；联系不上的先登记，恢复联系后再确认。"
        )
    confirmed = max(office, applicant)
    arrived = max(filter(None, (facts.arrived_on, facts.signed_on)), default=confirmed)
    if confirmed < arrived:
        raise ReceiptError(f"确认日期 {confirmed} 早于实际到达日期 {arrived}，请核对后改正。")
    return confirmed
