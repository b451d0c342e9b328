"""What is known of a case when somebody wants to take a step: read once, then only looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gongkai.foi.charging.models import ChargingBasis, FeeNotice
from gongkai.foi.charging.queries import notices_of
from gongkai.foi.handling.models import (
    Assignment,
    Consultation,
    CorrectionNotice,
    ExtensionProposal,
    ReasonDemand,
    ReplyDraft,
    ReturnedFile,
    Signature,
)
from gongkai.foi.issuing.models import GOING, Enclosure, IssuedLetter
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case, Dispute, SearchRecord, State
from gongkai.foi.queries import happenings
from gongkai.foi.receiving.queries import authorities
from gongkai.foi.receiving.rules import acts_unproved
from gongkai.foi.resembling.models import Likeness
from gongkai.foi.serving.models import ServiceAttempt
from gongkai.foi.serving.queries import Outgoing, attempts_of, on_their_way, to_send, written_on
from gongkai.law.intervals import CONSULTATION_LIMITS, Kind
from gongkai.law.rules import Limit, Rules
from gongkai.rulebook.queries import rules_on

SECRECY_WANTED = "reply.secrecy_signed"
LEGALITY_WANTED = "reply.legality_signed"
ALONE = ("correction_notice", "reason_demand", "submission", "words", "redo_of")
"""Records of which a case has one at most."""
_RETURNED = ReturnedFile.objects.defer("ciphertext").select_related("enclosure")
_SEALED = ("submission__content", "submission__identity", "words__ciphertext")


@dataclass(frozen=True)
class Facts:
    """A case on a day, with its events and records. *rules* are those of the day of its receipt.

    *agent_unproved*: somebody acts for the applicant, and no written authority is on file.
    """

    case: Case
    on: date
    rules: Rules
    events: Sequence[Happening]
    consultations: Sequence[Consultation]
    notice: CorrectionNotice | None
    proposals: Sequence[ExtensionProposal]
    demand: ReasonDemand | None
    assignments: Sequence[Assignment]
    draft: ReplyDraft | None
    signatures: Sequence[Signature]
    attempts: Sequence[ServiceAttempt] = ()
    charges: Sequence[FeeNotice] = ()
    enclosures: Sequence[Enclosure] = ()
    words_known: bool = True
    letters: Sequence[IssuedLetter] = ()
    may_charge: bool = True
    searched: bool = True
    disputed: bool = True
    has_likenesses: bool = False
    agent_unproved: bool = False

    def happened(self, kind: EventKind) -> int:
        """Return how often something happened."""
        return sum(event.kind is kind for event in self.events)

    @property
    def proposal(self) -> ExtensionProposal | None:
        """The longer limit that waits to be judged."""
        return next((one for one in self.proposals if one.judged_by_id is None), None)

    @property
    def extended(self) -> ExtensionProposal | None:
        """The longer limit the applicant was told of last."""
        return next((one for one in reversed(self.proposals) if one.told_on), None)

    @cached_property
    def enclosed(self) -> tuple[str, ...]:
        """The hashes of the files for the applicant, in order: what is signed is signed over them as well."""
        return tuple(sorted(one.sha256 for one in self.enclosures))

    @cached_property
    def to_send(self) -> tuple[Outgoing, ...]:
        """What is written and neither under way nor served."""
        return to_send(self.case, self.events, self.attempts, self.consultations, self.letters)

    @cached_property
    def on_their_way(self) -> Sequence[ServiceAttempt]:
        """The attempts whose result is waited for."""
        return on_their_way(self.case, self.attempts)

    def written_on(self, out: Outgoing) -> date | None:
        """Return the day a letter was written."""
        return written_on(self.case, self.events, out)

    @cached_property
    def charge(self) -> FeeNotice | None:
        """The fee notice that waits to be paid."""
        return next((one for one in self.charges if one.is_open), None)

    @cached_property
    def signed(self) -> frozenset[str]:
        """The kinds of signatures the open draft has."""
        return frozenset(one.kind for one in self.signatures)

    @cached_property
    def wanted(self) -> tuple[Signature.Kind, ...]:
        """Which signatures the county asks for before the head signs."""
        kinds = {
            SECRECY_WANTED: Signature.Kind.SECRECY,
            LEGALITY_WANTED: Signature.Kind.LEGALITY,
        }
        rules = self.rules.as_of(self.on)
        return tuple(kind for key, kind in kinds.items() if rules.flag(key))

    def signed_by(self, person: UUID) -> bool:
        return any(one.signed_by.uid == person for one in self.signatures)

    def last_day_of(self, consultation: Consultation) -> date | None:
        """Return the last day for an opinion; None where the law sets none or receipt is not proved."""
        limit = consultation_limit(consultation, self.rules)
        if limit is None or consultation.received_on is None:
            return None
        return self.rules.calendar.nth_working_after(consultation.received_on, limit.count)

    def last_day_of_correction(self) -> date | None:
        """Return the last day for the corrected request; None while service of the notice is not proved."""
        if self.notice is None or self.notice.arrived_on is None:
            return None
        return self.rules.calendar.nth_working_after(self.notice.arrived_on, self.notice.days)


def consultation_limit(consultation: Consultation, rules: Rules) -> Limit | None:
    """Return the limit the law sets for this opinion, None for other organs (条例第三十三条)."""
    key = CONSULTATION_LIMITS.get(Kind(consultation.whom))
    return rules.limit(key) if key else None


def facts_of(case: Case, on: date) -> Facts:
    """Return everything the guards ask about *case* on a day.

    A draft is open only while the case waits to be signed, and no extension is proposed then.
    """
    signing = case.state == State.SIGNING
    draft = _open_draft(case) if signing else None
    events = happenings(case)
    alone = _with_its_own(case)
    # Today's knowledge applied to the day of receipt: what changed since then is at hand as well.
    rules = rules_on(max(on, case.received_on)).as_of(case.received_on)
    asked_longer = alone.has_proposals and not signing and case.decided_on is None
    return Facts(
        case=case,
        on=on,
        rules=rules,
        events=events,
        consultations=_consultations(case, events),
        notice=getattr(alone, "correction_notice", None),
        proposals=_proposals(case) if asked_longer else (),
        demand=getattr(alone, "reason_demand", None),
        assignments=(
            _assignments(case, with_files=alone.has_returned) if alone.has_assignments else ()
        ),
        draft=draft,
        signatures=_signatures(draft) if draft else (),
        attempts=attempts_of(case) if alone.has_attempts else (),
        charges=notices_of(case, events),
        enclosures=_enclosures(case) if alone.has_enclosures else (),
        words_known=any(hasattr(alone, one) for one in ("submission", "words", "redo_of")),
        letters=letters_of(case) if alone.has_letters else (),
        may_charge=alone.may_charge,
        searched=alone.searched,
        disputed=alone.disputed,
        has_likenesses=alone.has_likenesses,
        agent_unproved=acts_unproved(
            getattr(alone, "submission", None), rules, authorised=alone.authorised
        ),
    )


def whole_cases() -> QuerySet[Case]:
    """Cases with the records they have one of, and whether they have more: most have none, and are not asked for them.

    What is sealed is left where it is.
    """
    mine = {"case": OuterRef("pk")}
    waiting = Enclosure.objects.filter(**mine, **GOING)
    written = IssuedLetter.objects.filter(**mine)
    disputes = Dispute.objects.filter(Q(case=OuterRef("pk")) | Q(redo__case=OuterRef("pk")))
    found = Case.objects.select_related("agency", "applicant", *ALONE).defer(*_SEALED)
    return found.annotate(
        has_assignments=Exists(Assignment.objects.filter(**mine)),
        has_returned=Exists(ReturnedFile.objects.filter(assignment__case=OuterRef("pk"))),
        searched=Exists(SearchRecord.objects.filter(**mine)),
        disputed=Exists(disputes),
        has_enclosures=Exists(waiting),
        has_letters=Exists(written),
        has_proposals=Exists(ExtensionProposal.objects.filter(**mine)),
        has_likenesses=Exists(Likeness.objects.filter(**mine)),
        may_charge=Exists(ChargingBasis.objects.filter(agency=OuterRef("agency"))),
        authorised=Exists(authorities().filter(submission__case=OuterRef("pk"))),
        has_attempts=Exists(ServiceAttempt.objects.filter(**mine)),
    )


def _with_its_own(case: Case) -> Any:  # what the database adds no type knows
    """Return *case* as it was read by :func:`whole_cases`, or read so anew."""
    known = case._state.fields_cache
    if "has_letters" in case.__dict__ and all(name in known for name in ALONE):
        return case
    return whole_cases().get(pk=case.pk)


def letters_of(case: Case) -> list[IssuedLetter]:
    """Return the letters of *case* in their order, without their bytes."""
    return list(IssuedLetter.objects.filter(case=case).defer("ciphertext").order_by("pk"))


def _consultations(case: Case, events: Sequence[Happening]) -> list[Consultation]:
    asked = any(event.kind is EventKind.CONSULTED for event in events)
    return list(case.consultations.order_by("pk")) if asked else []


def _assignments(case: Case, *, with_files: bool) -> list[Assignment]:
    related = ("unit", "person", "returned_by")
    given = case.assignments.order_by("pk").select_related(*related)
    files = (
        _RETURNED if with_files else _RETURNED.none()
    )  # what is known to be none is not asked for
    return list(given.prefetch_related(Prefetch("files", files)))


def _enclosures(case: Case) -> list[Enclosure]:
    """The files for the applicant that have not gone out, without their bytes."""
    waiting = Enclosure.objects.filter(case=case, **GOING)
    return list(waiting.defer("ciphertext").order_by("pk"))


def _open_draft(case: Case) -> ReplyDraft | None:
    waiting = case.drafts.filter(state=ReplyDraft.State.OPEN)
    return waiting.select_related("drafted_by").first()


def _proposals(case: Case) -> list[ExtensionProposal]:
    return list(case.extension_proposals.order_by("pk").select_related("proposed_by"))


def _signatures(draft: ReplyDraft) -> list[Signature]:
    return list(draft.signatures.order_by("pk").select_related("signed_by"))
