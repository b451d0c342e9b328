"""A letter goes out: one attempt at a time for each letter, and what its way needs is asked first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.models import Consultation
from gongkai.foi.issuing.actions.slips import write_slip
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.models import Case
from gongkai.foi.serving.models import FAILURES, ServiceAttempt, What
from gongkai.foi.serving.queries import Outgoing, letter_to_serve
from gongkai.law.service import MEANS, Means
from gongkai.people.models import Person
from gongkai.text.canonical import Plain
from gongkai.text.personal_data import with_masks

_NUMBER = re.compile(r"[0-9A-Z]{8,30}")


@dataclass(frozen=True)
class Sending:
    """What goes out and how. *note*: how its reader agreed, why it was left, where the notice is.

    *asked*: whose opinion is asked, where it goes to them. *himself*: it goes to the applicant and not to who
    acts for him.
    """

    what: What
    means: Means
    tracking: str = ""
    note: str = ""
    asked: Consultation | None = None
    himself: bool = False

    @property
    def out(self) -> Outgoing:
        """Which of the things there are to serve this is."""
        return Outgoing(self.what, self.asked)


@transaction.atomic
def send(
    case: Case, sending: Sending, *, on: date, order: Order | None = None, by: Person
) -> ServiceAttempt:
    """Record that a letter went out on *on*, tied to the bytes that are kept; to the applicant, with the slip that names it.

    It is served only when the result is proved.
    """
    facts = permit(case, "send", on=on, by=by, order=order)
    _refuse_not_written(facts, sending.out)
    _refuse_agent(facts, sending)
    letter = _carried(facts, sending.out)
    attempt = ServiceAttempt(
        case=case,
        what=sending.what.value,
        asked=sending.asked,
        letter=letter,
        letter_sha256=letter.pdf_sha256 if letter else "",
        means=sending.means.value,
        sent_on=on,
        sent_by=by,
        tracking=_number(sending),
        note=with_masks(_note(facts, sending)),
    )
    attempt.full_clean(validate_constraints=False)
    insert_once(
        attempt, f"{sending.what.label}刚刚由另一位经办人登记送达，没有重复登记；请刷新后查看。"
    )
    if letter is not None and sending.asked is None:
        write_slip(facts, attempt, letter, by=by)
    told: dict[str, Plain] = {
        "what": attempt.what,
        "means": attempt.means,
        "on": on.isoformat(),
        "pdf": attempt.letter_sha256,
        **({"consultation": str(sending.asked.uid)} if sending.asked else {}),
        **({"himself": True} if sending.himself else {}),
    }
    log(case, "case.letter_sent", told, by)
    return attempt


def _refuse_not_written(facts: Facts, out: Outgoing) -> None:
    if out not in facts.to_send:
        raise CaseRefused(
            f"现在没有要送达的{out.label}：还没有作出，已经送达，或者正在送达途中。"
            "途中的先登记送达结果（国办公开办函〔2016〕235号）。"
        )
    written = facts.written_on(out)
    if written is not None and facts.on < written:
        raise CaseRefused(f"发出日期 {facts.on} 早于{out.label}作出的日期 {written}，请核对日期。")


def _refuse_agent(facts: Facts, sending: Sending) -> None:
    """Who acts without authority is served nothing; nor does the query code they may hold prove a service."""
    if not facts.agent_unproved or sending.asked is not None:
        return
    paper = f"请在收件 {facts.case.submission.number} 的页面补入授权委托书"
    if not sending.himself:
        raise CaseRefused(
            f"申请由代理人提出，卷里没有授权委托书，文书不能交给代理人（民法典第一百六十五条）：{paper}；"
            "或者勾选“送申请人本人”，直接送给他。"
        )
    if sending.means is Means.ELECTRONIC:
        raise CaseRefused(
            f"查询码可能在代理人手里，网上收到不能证明申请人本人收到（民法典第一百六十五条）：{paper}，"
            "或者改用邮寄、直接送达。"
        )


def _carried(facts: Facts, out: Outgoing) -> IssuedLetter | None:
    letter = letter_to_serve(facts.letters, out)
    if letter is not None and facts.on < letter.signed_on:
        raise CaseRefused(
            f"发出日期 {facts.on} 早于{letter}的成文日期 {letter.signed_on}，请核对日期。"
        )
    return letter


def _number(sending: Sending) -> str:
    number = "".join(sending.tracking.split()).upper()
    if sending.means is not Means.POST:
        return ""
    if not _NUMBER.fullmatch(number):
        raise CaseRefused(
            "邮寄送达须写邮政企业的邮件号码（8 至 30 位数字、字母），签收回执按它查询"
            "（国办公开办函〔2016〕235号：通过邮政企业邮寄，不用其他快递）。"
        )
    return number


def _note(facts: Facts, sending: Sending) -> str:
    note, way = sending.note.strip(), MEANS[sending.means]
    asked = _ASKED.get(sending.means)
    if asked and not note:
        raise CaseRefused(f"{way.title}须在说明里写明{asked}（{way.basis}）。")
    same = (one for one in facts.attempts if one.what == sending.what)
    mine = (one for one in same if one.asked_id == (sending.asked and sending.asked.pk))
    failed = any(one.result in FAILURES for one in mine)
    if sending.means is Means.NOTICE and not failed:
        raise CaseRefused(
            f"公告送达只用于其他方式都送不到的（{way.basis}）：先用其他方式送达，没有送到的登记结果，再公告。"
        )
    return note


_ASKED = {
    Means.ELECTRONIC: "收件人怎样同意电子送达，例如“申请表选择电子邮件”",
    Means.LEFT: "拒收的事由和留在哪里",
    Means.NOTICE: "在哪里公告、先前怎样送不到",
}
