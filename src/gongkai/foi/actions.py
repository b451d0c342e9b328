"""What happens to a case, written as its events: validate → lock → event and columns → audit, in one transaction.

These verbs say what a register says. Who may take a step today, and what must be on file first, is asked
by the verbs officers use, in ``handling/actions``; :func:`decide` enters a decision signed elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from gongkai.agencies.models import Agency, refuse_after_the_end
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor, new_uid
from gongkai.foi.art41 import result_title
from gongkai.foi.identity import Identity, conceal, digests
from gongkai.foi.issuing.models import RequestWords
from gongkai.foi.issuing.sealed import seal_words
from gongkai.foi.machine import EventKind, Happening, Projection, StepRefused, fold
from gongkai.foi.models import Applicant, Case, CaseEvent, CaseKind, Reply, SearchRecord
from gongkai.foi.queries import happenings
from gongkai.foi.resembling.actions.marking import mark
from gongkai.foi.rules import facts_on_file, unmet_requirements
from gongkai.law.intervals import Kind as OpinionKind
from gongkai.law.outcomes import VOCABULARY_VERSION
from gongkai.law.receipt import Channel, ReceiptFacts, receipt_date
from gongkai.people.models import Person
from gongkai.rulebook.actions import take_number, void_number
from gongkai.rulebook.models import NumberUse
from gongkai.text.canonical import Plain, canonical_bytes
from gongkai.text.urlkey import url_key

NUMBER_SERIES = "case"


class CaseRefused(Exception):
    """Why a step cannot be taken: what happened, which article or role, what to do next."""


@dataclass(frozen=True)
class Arrival:
    """How a request came in: the channel and the facts that prove the receipt date (条例第三十一条)."""

    channel: Channel
    facts: ReceiptFacts
    submitted_at: datetime


@dataclass(frozen=True)
class Opening:
    """The day a case's clock begins, how it came about, the instant, and what was asked where no submission holds it."""

    on: date
    channel: str
    at: datetime
    words: str = ""


@transaction.atomic
def register_case(
    agency: Agency,
    *,
    applicant: Identity,
    klass: str,
    arrival: Arrival,
    kind: CaseKind = CaseKind.REQUEST,
    words: str = "",
    by: Actor,
) -> Case:
    """Register a request under the next number of the agency and year; its receipt day needs proof.

    *words*: what was asked, where no submission here holds it; sealed, and quoted in its letters.
    """
    received = receipt_date(arrival.channel, arrival.facts)
    _refuse_dissolved(agency, received)
    opened = Opening(received, arrival.channel.value, arrival.submitted_at, words.strip())
    return open_case(agency, _applicant(applicant, klass), opened, kind=kind, by=by)


@transaction.atomic
def open_case(
    agency: Agency, applicant: Applicant, opened: Opening, *, kind: CaseKind, by: Actor
) -> Case:
    """Open a case of a known applicant under the next number; its clock begins on *opened*'s day."""
    uid = new_uid()
    number = _next_number(agency, opened.on.year, uid, by)
    told: dict[str, Plain] = {"klass": applicant.klass, "channel": opened.channel}
    first = Happening(EventKind.RECEIVED, opened.on, told)
    case = Case(
        uid=uid,
        agency=agency,
        applicant=applicant,
        number=number,
        url_key=url_key(uid),
        kind=kind,
        channel=opened.channel,
        submitted_at=opened.at,
        **fold([first]).columns(),
    )
    case.full_clean()
    case.save(force_insert=True)
    _write_event(case, 1, first, by)
    if opened.words:
        _keep_words(case, opened.words)
        mark(case)
    _audit(case, first, by)
    return case


@transaction.atomic
def ask_correction(case: Case, *, on: date, items: Sequence[str], by: Person) -> Case:
    """Tell the applicant, once and for everything, what to correct (条例第三十条)."""
    if any(event.kind is EventKind.CORRECTION_ASKED for event in happenings(case)):
        raise CaseRefused("补正只能一次性告知（条例第三十条），本案已经告知过，不能再次要求补正。")
    return append_event(case, EventKind.CORRECTION_ASKED, on, {"items": list(items)}, by)


@transaction.atomic
def record_correction(case: Case, *, on: date, by: Person) -> Case:
    """Record the corrected request; the answer clock starts anew on this day (条例第三十条)."""
    return append_event(case, EventKind.CORRECTED, on, {}, by)


@transaction.atomic
def ask_opinion(case: Case, *, whom: OpinionKind, on: date, received_on: date, by: Person) -> Case:
    """Send a letter asking for an opinion (条例第三十二至三十四条); *received_on* is proved by its slip."""
    payload: dict[str, Plain] = {"whom": whom.value, "received_on": received_on.isoformat()}
    return append_event(case, EventKind.CONSULTED, on, payload, by)


@transaction.atomic
def record_opinion(case: Case, *, on: date, consents: bool | None, by: Person) -> Case:
    """Record an opinion, or silence (*consents* None) when its limit has run out."""
    return append_event(case, EventKind.OPINION, on, {"consents": consents}, by)


@transaction.atomic
def extend(case: Case, *, days: int, on: date, reason: str, by: Person) -> Case:
    """Extend the limit; *by* heads the office in charge, and the applicant is told on *on* (条例第三十三条)."""
    return append_event(case, EventKind.EXTENDED, on, {"days": days, "reason": reason}, by)


@transaction.atomic
def ask_reason(case: Case, *, on: date, found: str, by: Person) -> Case:
    """Ask the applicant why, when number and frequency are plainly beyond reason (条例第三十五条)."""
    return append_event(case, EventKind.REASON_ASKED, on, {"found": found}, by)


@transaction.atomic
def ask_fee(case: Case, *, fen: int, on: date, by: Person) -> Case:
    """Notify a 信息处理费 of *fen* 分; the clock stands until it is paid (国办函〔2020〕109号)."""
    return append_event(case, EventKind.FEE_ASKED, on, {"fen": fen}, by)


@transaction.atomic
def record_payment(case: Case, *, on: date, by: Person) -> Case:
    """Record that the fee was paid in full; a new full limit runs from this day."""
    return append_event(case, EventKind.FEE_PAID, on, {}, by)


@transaction.atomic
def record_search(
    case: Case,
    *,
    system: str,
    scope: str,
    terms: str,
    result: str,
    custodians: str = "",
    on: date,
    by: Person,
) -> SearchRecord:
    """Record where and how the information was looked for."""
    search = SearchRecord(
        case=case,
        system=system,
        scope=scope,
        terms=terms,
        custodians=custodians,
        result=result,
        searched_on=on,
        searched_by=by,
    )
    search.full_clean()
    search.save(force_insert=True)
    payload: dict[str, Plain] = {"system": system, "on": on.isoformat()}
    record(
        "case.searched", stream=case.agency.code, subject=f"case:{case.uid}", payload=payload, by=by
    )
    return search


@transaction.atomic
def decide(
    case: Case,
    *,
    result: str,
    on: date,
    facts: Mapping[str, str],
    refused_as: Sequence[str] = (),
    by: Person,
) -> Case:
    """Decide a case as *result*, a word of the outcome vocabulary.

    *facts* are the reasons and grounds written into the reply, by requirement. What the case itself
    must show (a search record, a correction notice, an opinion) cannot be typed here.
    Raises :class:`CaseRefused` with everything that is still missing.
    """
    refuse_unmet(case, result, facts, refused_as)
    content: dict[str, Plain] = {"facts": dict(facts), "refused_as": list(refused_as)}
    return close_case(case, result=result, on=on, content=content, by=by)


def refuse_unmet(
    case: Case, result: str, facts: Mapping[str, str], refused_as: Sequence[str]
) -> None:
    """Raise :class:`CaseRefused` with everything *case* still lacks to close as *result*."""
    title = result_title(case.kind, result)
    missing = unmet_requirements(result, facts_on_file(case, facts), refused_as)
    if missing:
        needs = "；".join(f"{need.title}（{need.explanation}）" for need in missing)
        raise CaseRefused(f"还不能以“{title}”办结，缺少：{needs}。")


@transaction.atomic
def close_case(
    case: Case, *, result: str, on: date, content: Mapping[str, Plain], signed: str = "", by: Person
) -> Case:
    """Write the decision and its reply. *signed*: the hash of the draft whose signatures are complete."""
    payload: dict[str, Plain] = {"outcome": result}
    moved = append_event(
        case, EventKind.DECIDED, on, payload | ({"draft": signed} if signed else {}), by
    )
    reply = Reply(
        case=case,
        outcome=result,
        vocabulary_version=VOCABULARY_VERSION,
        decided_on=on,
        grounds_text=canonical_bytes(dict(content)).decode(),
    )
    reply.full_clean()
    reply.save(force_insert=True)
    return moved


@transaction.atomic
def serve(case: Case, *, on: date, way: str, by: Person) -> Case:
    """Record that the reply was served, by which way."""
    return append_event(case, EventKind.SERVED, on, {"way": way}, by)


def insert_once(row: Model, taken: str) -> None:
    """Save an unsaved *row*. Raises :class:`CaseRefused` with *taken* where a constraint says somebody came first."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as second:
        raise CaseRefused(taken) from second


def _next_number(agency: Agency, year: int, uid: UUID, by: Actor) -> str:
    """Take the next number; one that a past case brought with it is voided with that reason."""
    while True:
        n = take_number(agency, kind=NUMBER_SERIES, year=year, subject=uid)
        number = f"{year}-{n:04d}"
        if not Case.objects.filter(agency=agency, number=number).exists():
            return number
        void_number(_use_of(agency, year, n), reason="补录案件已用此号", by=by)


def _use_of(agency: Agency, year: int, n: int) -> NumberUse:
    series = {"series__agency": agency, "series__kind": NUMBER_SERIES, "series__year": year}
    return NumberUse.objects.get(n=n, **series)


def _keep_words(case: Case, words: str) -> None:
    row = RequestWords(case=case, entered_at=clock.now())
    seal_words(row, words)
    row.save(force_insert=True)


def _refuse_dissolved(agency: Agency, received: date) -> None:
    try:
        refuse_after_the_end(agency, received)
    except ValidationError as gone:
        raise CaseRefused("；".join(gone.messages)) from gone


def _applicant(identity: Identity, klass: str) -> Applicant:
    known = Applicant.objects.filter(klass=klass, digest__in=digests(identity, klass)).first()
    # Held until commit: nobody's identity is destroyed while a new request of theirs is registered.
    if known and Applicant.objects.filter(pk=known.pk, purged_on=None).update(klass=klass):
        return known
    applicant = conceal(identity, klass)
    applicant.full_clean()
    applicant.save(force_insert=True)
    return applicant


def append_event(
    case: Case, kind: EventKind, on: date, payload: Mapping[str, Plain], by: Actor
) -> Case:
    """Append an event and write what all events fold to. Raises :class:`CaseRefused`."""
    before = happenings(case)
    happening = Happening(kind, on, payload)
    try:
        after = fold([*before, happening])
    except StepRefused as refused:
        raise CaseRefused(str(refused)) from refused
    try:
        with transaction.atomic():
            _write_event(case, len(before) + 1, happening, by)
    except IntegrityError as taken:
        raise CaseRefused("另一位经办人刚刚办理了这个案件，请刷新后再办。") from taken
    _project(case, after)
    _audit(case, happening, by)
    return case


def _project(case: Case, after: Projection) -> None:
    Case.objects.filter(pk=case.pk).update(**after.columns())
    case.refresh_from_db()


def _write_event(case: Case, seq: int, happening: Happening, by: Actor) -> None:
    CaseEvent.objects.create(
        case=case,
        seq=seq,
        kind=happening.kind.value,
        on=happening.on,
        at=clock.now(),
        by_uid=by.uid,
        by_name=by.name,
        payload_text=canonical_bytes(happening.payload).decode(),
    )


def _audit(case: Case, happening: Happening, by: Actor) -> None:
    payload: dict[str, Plain] = {"number": case.number, "on": happening.on.isoformat()}
    kind = f"case.{happening.kind.value}"
    record(kind, stream=case.agency.code, subject=f"case:{case.uid}", payload=payload, by=by)
