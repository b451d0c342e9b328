"""Entering past cases, many at once: their events are appended and folded like any others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import new_uid
from gongkai.foi.actions import CaseRefused
from gongkai.foi.identity import Identity, conceal
from gongkai.foi.machine import EventKind, Happening, StepRefused, fold
from gongkai.foi.models import Applicant, Case, CaseEvent, CaseKind, Reply
from gongkai.law.outcomes import VOCABULARY_VERSION
from gongkai.people.models import Person
from gongkai.text.canonical import Plain, canonical_bytes
from gongkai.text.urlkey import url_key

UNRECORDED_CHANNEL = "unrecorded"
"""The channel of a past case whose register does not say how it came in."""
_BATCH = 500
_IDENTITY = "补录案件，申请人身份见原登记簿"


@dataclass(frozen=True)
class PastCase:
    """A case as an old register tells it: its number there, and what happened to it in order.

    *source* says where it was read (file, hash, row); it is kept with the case's first event and with
    the reply, in place of the grounds, which are in the paper file.
    """

    number: str
    kind: CaseKind
    channel: str
    happenings: Sequence[Happening]
    source: dict[str, Plain]


@transaction.atomic
def enter_past_cases(pasts: Sequence[PastCase], *, agency: Agency, by: Person) -> list[Case]:
    """Enter cases of one agency that were handled before this ledger began.

    A request without its applicant's identity gets an applicant of its own, so that nobody is taken
    for somebody else. What closing needs (条例第三十六条 and others) was due when the reply was
    written: it is not asked again, and the reply says that it was entered from a register.

    Raises :class:`CaseRefused` for a number that is taken and for events that do not follow.
    """
    _refuse_taken(pasts, agency)
    cases = [_case(past, agency) for past in pasts]
    Applicant.objects.bulk_create([case.applicant for case in cases], batch_size=_BATCH)
    for case in cases:
        case.applicant = case.applicant  # takes over the primary key it has now
        case.clean_fields(exclude=["agency", "applicant"])  # the database holds both relations
    Case.objects.bulk_create(cases, batch_size=_BATCH)
    _write_events(cases, pasts, by)
    _write_replies(cases, pasts)
    payload: dict[str, Plain] = {"count": len(cases)}
    subject = f"agency:{agency.uid}"
    record("cases.imported", stream=agency.code, subject=subject, payload=payload, by=by)
    return cases


def _refuse_taken(pasts: Sequence[PastCase], agency: Agency) -> None:
    numbers = [past.number for past in pasts]
    taken: set[str] = set()
    for at in range(0, len(numbers), _BATCH):
        known = Case.objects.filter(agency=agency, number__in=numbers[at : at + _BATCH])
        taken.update(known.values_list("number", flat=True))
    if taken or len(set(numbers)) < len(numbers):
        listed = "、".join(sorted(taken)) or "同一批里有重复的编号"
        raise CaseRefused(f"编号已经登记（{listed}），一件申请只能登记一次，请核对编号。")


def _case(past: PastCase, agency: Agency) -> Case:
    try:
        after = fold(past.happenings)
    except StepRefused as refused:
        raise CaseRefused(f"编号 {past.number}：{refused}") from refused
    uid = new_uid()
    # The digest tells applicants apart; one nobody knows is nobody else.
    nobody = Identity(_IDENTITY, f"{agency.code} {past.number} {uid}", "")
    return Case(
        uid=uid,
        agency=agency,
        applicant=conceal(nobody, after.klass),
        number=past.number,
        url_key=url_key(uid),
        kind=past.kind,
        channel=past.channel or UNRECORDED_CHANNEL,
        submitted_at=clock.start_of(after.received_on),
        **after.columns(),
    )


def _write_events(cases: Sequence[Case], pasts: Sequence[PastCase], by: Person) -> None:
    at = clock.now()
    events = [
        CaseEvent(
            case=case,
            seq=seq,
            kind=happening.kind.value,
            on=happening.on,
            at=at,
            by_uid=by.uid,
            by_name=by.name,
            payload_text=canonical_bytes(_payload(happening, past)).decode(),
        )
        for case, past in zip(cases, pasts, strict=True)
        for seq, happening in enumerate(past.happenings, start=1)
    ]
    CaseEvent.objects.bulk_create(events, batch_size=_BATCH)


def _payload(happening: Happening, past: PastCase) -> dict[str, Plain]:
    first = happening.kind is EventKind.RECEIVED
    return {**happening.payload, "imported": past.source if first else True}


def _write_replies(cases: Sequence[Case], pasts: Sequence[PastCase]) -> None:
    replies = [
        Reply(
            case=case,
            outcome=case.outcome,
            vocabulary_version=VOCABULARY_VERSION,
            decided_on=case.decided_on,
            grounds_text=canonical_bytes({"imported": past.source}).decode(),
        )
        for case, past in zip(cases, pasts, strict=True)
        if case.decided_on
    ]
    Reply.objects.bulk_create(replies, batch_size=_BATCH)
