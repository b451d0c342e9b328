"""What waits to be taken in, the proofs of a receipt, and whose it is by number and code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import ADMINISTRATORS, Agency, AgencyEnding, Role
from gongkai.agencies.queries import heirs_on, working_as
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.foi.models import Case
from gongkai.foi.receiving import codes
from gongkai.foi.receiving.models import (
    OPEN_STATES,
    FileRole,
    StepKind,
    Submission,
    SubmissionFile,
    SubmissionStep,
)
from gongkai.foi.receiving.rules import READING, acts_unproved, confirmations
from gongkai.foi.receiving.sealing import code_matches
from gongkai.foi.scope import agencies_seen
from gongkai.law.errors import ReceiptError
from gongkai.law.receipt import Channel, ReceiptFacts, receipt_date
from gongkai.law.rules import Rules

_SEALED = ("content", "identity")


def visible_submissions(standing: Standing) -> QuerySet[Submission]:
    """Return the submissions one may know of, the newest first."""
    seen = Submission.objects.filter(agency__in=agencies_seen(standing)).defer(*_SEALED)
    return seen.order_by("-submitted_at", "-pk")


def numbered(standing: Standing, text: str) -> QuerySet[Submission]:
    """Return the submissions one may read whose 收件编号 is *text*, however typed, or contains it."""
    if standing.is_any(*ADMINISTRATORS):
        return Submission.objects.none()
    mine = Submission.objects.filter(agency__in=working_as(standing, *READING)).defer(*_SEALED)
    whole = codes.typed(text)
    if not whole and not text.isascii():
        return (
            Submission.objects.none()
        )  # no number has such letters: not every one has to be looked through
    found = mine.filter(number=whole) if whole else mine.filter(number__icontains=text)
    return found.select_related("case").order_by("-submitted_at", "-pk")


def waiting_for(standing: Standing) -> QuerySet[Submission]:
    """Return what waits for the officers *standing* is one of."""
    mine = working_as(standing, Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
    waiting = Submission.objects.filter(agency__in=mine, state__in=OPEN_STATES)
    return waiting.defer(*_SEALED).order_by("submitted_at", "pk")


def steps_of(submission: Submission) -> list[SubmissionStep]:
    """Return what happened to *submission*, in order."""
    return list(submission.steps.order_by("at", "pk"))


def files_of(submission: Submission) -> list[SubmissionFile]:
    """Return the files of *submission* without their bytes, destroyed ones left out."""
    held = submission.files.exclude(ciphertext=b"")
    return list(held.defer("ciphertext").order_by("pk"))


def authorities() -> QuerySet[SubmissionFile]:
    """Return the written authorities that are on file (授权委托书)."""
    return SubmissionFile.objects.filter(role=FileRole.AUTHORITY).exclude(alg="")


def agent_unproved(case: Case, rules: Rules) -> bool:
    """Whether somebody acts in *case* without a written authority on file."""
    sent = Submission.objects.filter(case=case, through_agent=True).defer(*_SEALED).first()
    if sent is None:
        return False
    return acts_unproved(sent, rules, authorised=authorities().filter(submission=sent).exists())


def by_code(number: str, code: str) -> Submission | None:
    """Return the submission of *number* if *code* is its query code.

    A wrong number and a wrong code take as long and answer alike.
    """
    found = Submission.objects.select_related("agency", "case").filter(number=codes.typed(number))
    submission = found.first()
    return submission if code_matches(submission, codes.typed(code)) else None


def facts_of(submission: Submission, steps: list[SubmissionStep]) -> ReceiptFacts:
    """Return what is on file about the arrival: days on paper, and the instants both sides confirmed."""
    confirmed = {kind: clock.legal_date(step.at) for kind, step in confirmations(steps).items()}
    return ReceiptFacts(
        submitted_on=submission.handed_on,
        signed_on=submission.signed_on,
        arrived_on=submission.arrived_on,
        office_confirmed_on=confirmed.get(StepKind.OFFICE_CONFIRMED),
        applicant_confirmed_on=confirmed.get(StepKind.APPLICANT_CONFIRMED),
        to_office=submission.to_office,
    )


def registering(submission: Submission, on: date) -> Agency | None:
    """Return the agency that registers *submission* on *on*: its own, or the one heir of one that is no more.

    None where several have taken over: which of them answers for the matter, a person decides.
    """
    agency = submission.agency
    if not AgencyEnding.objects.filter(agency=agency, on__lte=on).exists():
        return agency
    heirs = [heir for heir, sources in heirs_on(on).items() if agency.pk in sources]
    living = Agency.objects.filter(pk__in=heirs, ending=None)[:2]
    return living[0] if len(living) == 1 else None


@dataclass(frozen=True)
class Receipt:
    """The day of receipt with its reason, or None and what is still missing."""

    on: date | None
    reason: str


def receipt_of(submission: Submission, steps: list[SubmissionStep]) -> Receipt:
    """Return the statutory day of receipt of *submission* as far as it is proved (条例第三十一条)."""
    channel = Channel(submission.channel)
    try:
        on = receipt_date(channel, facts_of(submission, steps))
    except ReceiptError as missing:
        return Receipt(None, str(missing))
    return Receipt(on, f"{channel.label}：{channel.day}（{channel.basis}）")


def nth_this_month(submission: Submission) -> int:
    """Return the how manieth of its month *submission* is of the same applicant at the same agency.

    Told by the keyed digest alone; nobody's identity is opened for it.
    """
    digest = submission.case.applicant.digest if submission.case else submission.digest
    if not digest:
        return 0
    first = clock.legal_date(submission.submitted_at).replace(day=1)
    since = clock.start_of(first)
    mine: dict[str, object] = {"agency": submission.agency, "submitted_at__gte": since}
    mine["submitted_at__lte"] = submission.submitted_at
    cases = Case.objects.filter(applicant__digest=digest, **mine)
    waiting = Submission.objects.filter(digest=digest, state__in=OPEN_STATES, **mine)
    return cases.count() + waiting.count()
