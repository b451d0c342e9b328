"""Asking others for their opinion; silence means the opposite for a third party and a joint maker.

条例第三十二条: a third party that does not answer leaves the decision with the organ. 第三十四条: a joint
maker that does not answer consents. For other organs the law sets no limit, so that there is no silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from gongkai.agencies.authority import Order
from gongkai.audit.identity import Actor, new_uid
from gongkai.foi.actions import CaseRefused, append_event
from gongkai.foi.handling.actions.taking import permit
from gongkai.foi.handling.models import Consultation
from gongkai.foi.handling.sealed import seal_opinion, seal_party
from gongkai.foi.machine import EventKind
from gongkai.foi.models import Case
from gongkai.law.intervals import Kind
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@dataclass(frozen=True)
class Party:
    """Who is asked: an organ by its name, or a person or company, whose *name* and *contact* are sealed.

    *matter*: about which information; it is told the applicant too, and names nobody.
    """

    name: str
    contact: str = ""
    matter: str = ""


@transaction.atomic
def ask_opinion(
    case: Case, *, whom: Kind, party: Party, on: date, order: Order | None = None, by: Person
) -> Consultation:
    """Send a letter asking *party* for an opinion. Several may be out at once."""
    permit(case, "consult", on=on, by=by, order=order)
    if not party.name.strip():
        raise CaseRefused("请写明征求谁的意见：征求意见书须有对方的姓名或名称（条例第三十二条）。")
    _refuse_named(whom, party)
    uid, matter = new_uid(), party.matter.strip()
    asked = Consultation(
        uid=uid, case=case, event_key=str(uid), whom=whom.value, matter=matter, asked_on=on
    )
    if whom is Kind.THIRD_PARTY:
        seal_party(asked, party.name.strip(), party.contact.strip())
    else:
        asked.organ = party.name.strip()
    asked.full_clean()
    append_event(case, EventKind.CONSULTED, on, _payload(asked), by)
    asked.save(force_insert=True)
    return asked


@transaction.atomic
def record_arrival(
    asked: Consultation, *, proof: str, on: date, order: Order | None = None, by: Person
) -> Consultation:
    """Record the day the other side received a letter that was served elsewhere: what :func:`enquiry_arrived` starts.

    Letters that go out from here are served (``serving``), and their result records it.
    """
    facts = permit(asked.case, "consult-arrived", on=on, by=by, order=order)
    if any(one.asked_id == asked.pk for one in facts.on_their_way):
        raise CaseRefused(
            "这一份征求意见书正在送达途中：请办“登记送达结果”，收到之日由它登记（条例第三十三条）。"
        )
    if not proof.strip():
        raise CaseRefused(
            "对方收到的日期须有凭证（回执、签收单号）：扣除的时间从这一天算起（条例第三十三条）。"
        )
    if not enquiry_arrived(asked, proof=proof, on=on, by=by):
        raise CaseRefused("收到日期不能早于发出日期；已经登记过的不能再改，请刷新后核对。")
    return asked


@transaction.atomic
def enquiry_arrived(asked: Consultation, *, proof: str, on: date, by: Actor) -> bool:
    """Let the limit of the other side, and the time left out, run from *on*; whether they do so only now.

    Asks no role. Not once the case is decided or the opinion is there: then there is nothing to run.
    """
    waiting = _waiting(asked).filter(received_on=None, asked_on__lte=on, case__decided_on=None)
    if not waiting.update(received_on=on, proof=proof.strip()):
        return False
    _told(asked, EventKind.CONSULT_ARRIVED, on, {}, by)
    return True


@transaction.atomic
def record_opinion(
    asked: Consultation,
    *,
    consents: bool,
    text: str,
    on: date,
    order: Order | None = None,
    by: Person,
) -> Consultation:
    """Record an opinion that came in. Its text is sealed, and it may come after its limit as well."""
    permit(asked.case, "record-opinion", on=on, by=by, order=order)
    if not consents and not text.strip():
        raise CaseRefused(
            "不同意公开的，须写明理由：没有合理理由的不同意不能作为依据（条例第三十二条）。"
        )
    sealed = seal_opinion(asked, text.strip())
    if on < (asked.received_on or asked.asked_on) or not _waiting(asked).update(
        answered_on=on, consents=consents, **sealed
    ):
        raise CaseRefused(
            "意见日期不能早于对方收到征求意见书的日期；已登记结果的不能再改，请刷新后核对。"
        )
    return _told(asked, EventKind.OPINION, on, {"consents": consents}, by)


@transaction.atomic
def record_silence(
    asked: Consultation, *, on: date, order: Order | None = None, by: Person
) -> Consultation:
    """Record that the limit ended without an answer: from the day after its last day."""
    facts = permit(asked.case, "record-silence", on=on, by=by, order=order)
    last = facts.last_day_of(asked)
    if last is None or last >= on:
        raise CaseRefused(
            f"这一份征求意见书的答复期限{f'到 {last} 才满' if last else '不能计算（没有签收凭证，或者法律没有规定期限）'}，"
            "不能登记逾期未答复（条例第三十二条、第三十四条）。"
        )
    if not _waiting(asked).update(silent_on=on):
        raise CaseRefused("这一份征求意见书已经有了结果，请刷新后查看。")
    return _told(asked, EventKind.SILENT, on, {}, by)


def _refuse_named(whom: Kind, party: Party) -> None:
    """A third party is reached by post, and not named where the applicant reads."""
    if whom is not Kind.THIRD_PARTY:
        return
    if not party.contact.strip():
        raise CaseRefused(
            "请写明第三方的联系方式：征求意见书要书面送到（条例第三十二条），没有地址送不出去。"
        )
    if party.name.strip() in party.matter:
        raise CaseRefused(NAMED)


NAMED = (
    "“涉及的信息”里写有第三方的姓名或者名称，这句话也要告知申请人；请改写成不写是谁的说法"
    "（条例第十五条、第三十二条）。"
)


def _waiting(asked: Consultation) -> QuerySet[Consultation]:
    return Consultation.objects.filter(pk=asked.pk, answered_on=None, silent_on=None)


def _told(
    asked: Consultation, kind: EventKind, on: date, payload: dict[str, Plain], by: Actor
) -> Consultation:
    append_event(asked.case, kind, on, {**_payload(asked), **payload}, by)
    asked.refresh_from_db()
    return asked


def _payload(asked: Consultation) -> dict[str, Plain]:
    named: dict[str, Plain] = {"consultation": asked.event_key} if asked.event_key else {}
    return {"whom": asked.whom, **named}
