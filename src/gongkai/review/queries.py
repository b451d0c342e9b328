"""Reading chains and submissions: which holds, whose turn it is, what departs from the ordinary way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from gongkai.agencies.models import Agency, Level
from gongkai.agencies.queries import heirs_on, holding_on, parents_on, visible_to, working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.tree import Tree
from gongkai.audit import clock
from gongkai.documents.models import Document, Edition
from gongkai.people.models import Person
from gongkai.review.models import (
    Chain,
    Lending,
    Loan,
    Seal,
    Stage,
    StageKind,
    State,
    Submission,
    Verdict,
    Waiver,
    WaiverKind,
)
from gongkai.review.rules import ROLE_OF
from gongkai.rulebook.queries import rules_on

SAME_DEVICE = "approval.same_device"
"""Within how many minutes two stages from one device are worth a question."""


def chain_set_for(document: Document, on: date) -> Chain | None:
    """Return the chain somebody set for *document* and that holds on *on*, the most specific one.

    An agency before those above it, those before the county; in each place the document's kind before
    every kind. None where nobody has set any: the shipped one holds then.
    """
    above = Tree(on, {}, parents_on(on)).above(document.agency_id)
    places: list[int | None] = [document.agency_id, *above, None]
    rows = Chain.objects.filter(
        Q(agency=None) | Q(agency__in=places[:-1]), kind__in=(document.kind, ""), since__lte=on
    )
    found = {(row.agency_id, row.kind): row for row in rows.order_by("since", "pk")}
    wanted = ((place, kind) for place in places for kind in (document.kind, ""))
    return next((found[one] for one in wanted if one in found), None)


def chains_in_force(on: date) -> list[Chain]:
    """Return the chains that hold on *on*, the county's first, with their stages at hand."""
    rows = Chain.objects.filter(since__lte=on).order_by("since", "pk")
    found = {(row.agency_id, row.kind): row for row in rows.select_related("agency")}
    latest = Chain.objects.filter(pk__in=[row.pk for row in found.values()])
    return list(
        latest.select_related("agency")
        .prefetch_related("stages")
        .order_by(F("agency__code").asc(nulls_first=True), "kind")
    )


def stages_of(chain: Chain) -> list[StageKind]:
    """Return the stages of *chain* in their order."""
    return [StageKind(stage.kind) for stage in chain.stages.all()]


def next_stage(submission: Submission) -> StageKind | None:
    """Return whose turn it is, None once the submission has ended."""
    if submission.state != State.OPEN:
        return None
    return stages_of(submission.chain)[submission.passed]


def for_lists(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Bring along what a list shows of *rows*: edition without its bytes, agency, author."""
    wanted = rows.select_related("document__agency", "edition__author_person", "chain")
    return wanted.defer("edition__canonical")


def with_everything(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Bring along what the page of one of *rows* shows: its bytes, its stages, what was said of it."""
    said = Verdict.objects.select_related("reviewer_person", "loan__lender")
    wanted = rows.select_related(
        "document__agency", "edition__author_person", "submitted_by", "chain"
    )
    return wanted.prefetch_related("chain__stages", Prefetch("verdicts", said))


def latest_submission(document: Document) -> Submission | None:
    """Return what of *document* was handed to its reviewers last, with its stages and what was said of it."""
    rows = with_everything(Submission.objects.filter(document=document))
    return rows.defer("edition__canonical").order_by("-edition__n").first()


def sent_back_before(edition: Edition) -> Submission | None:
    """Return the submission before *edition* when it was rejected or taken back: its readers know that text."""
    rows = Submission.objects.filter(document=edition.document_id, edition__n__lt=edition.n)
    wanted = rows.select_related("edition__document").prefetch_related("verdicts")
    last = wanted.order_by("-edition__n").first()
    sent_back = last is not None and last.state in (State.REJECTED, State.WITHDRAWN)
    return last if sent_back else None


def seen_by(standing: Standing) -> QuerySet[Submission]:
    """Return what *standing* may see: of the agencies one sees, and what one is lent to read (invariant 4)."""
    lent = Loan.objects.filter(submission=OuterRef("pk"), reviewer=standing.person)
    return Submission.objects.filter(
        Q(document__agency__in=visible_to(standing)) | Exists(lent)
    ).order_by("at", "pk")


def waiting_for(standing: Standing) -> QuerySet[Submission]:
    """Return the open submissions whose turn it is for a role of *standing*, the oldest first.

    Never one's own text, nor one of which one has approved a stage (invariant 2).
    """
    person = standing.person
    turn = Stage.objects.filter(chain=OuterRef("chain"), n=OuterRef("passed") + 1)
    mine = Q(pk__in=[])
    for kind, role in ROLE_OF.items():
        lent = Loan.objects.filter(submission=OuterRef("pk"), stage=kind, reviewer=person)
        mine |= Exists(turn.filter(kind=kind)) & (
            Q(document__agency__in=working_as(standing, role)) | Exists(lent)
        )
    approved = Verdict.objects.filter(edition=OuterRef("edition"), approver_person=person)
    rows = Submission.objects.filter(mine, ~Exists(approved), state=State.OPEN)
    return rows.exclude(edition__author_person=person).order_by("at", "pk")


def able_to_judge(submission: Submission, stage: StageKind, on: date) -> list[Person]:
    """Return who may judge *stage* of *submission* on *on*: holds the role there or is lent, and has no part in it yet.

    Nobody at all is a chain that stands still until somebody is appointed or lent (谁审核谁负责: no other role steps in).
    """
    agency = submission.document.agency
    heirs = [heir for heir, before in heirs_on(on).items() if agency.pk in before]
    where = Q(agency__in=[agency.pk, *heirs])
    if agency.level == Level.COUNTY:
        where |= Q(agency__level=Level.OFFICE)
    lent = Loan.objects.filter(
        submission=submission, stage=stage, reviewer=OuterRef("person"), lender=OuterRef("agency")
    )
    signed = submission.verdicts.exclude(approver_person=None).values("approver_person")
    held = holding_on(ROLE_OF[stage], on).filter(where | Exists(lent)).exclude(person__in=signed)
    own = submission.edition.author_person_id
    return list({one.person: None for one in held.exclude(person=own)})


def standing_still(agencies: QuerySet[Agency], on: date) -> list[tuple[Submission, StageKind]]:
    """Return the open submissions of *agencies* whose turn nobody can take on *on*, with the stage."""
    # Few are left: whether an heir or somebody lent can act is asked one by one.
    rows = for_lists(without_officers(agencies, on)).prefetch_related("chain__stages")
    turns = [(row, stuck_at(row, on)) for row in rows.order_by("at", "pk")]
    return [(row, stage) for row, stage in turns if stage]


def without_officers(agencies: QuerySet[Agency], on: date) -> QuerySet[Submission]:
    """Return the open submissions whose turn nobody in the agency itself can take on *on*."""
    turn = Stage.objects.filter(chain=OuterRef("chain"), n=OuterRef("passed") + 1)
    orphaned = Q(pk__in=[])
    for kind, role in ROLE_OF.items():
        held = holding_on(role, on).filter(agency=OuterRef("document__agency"))
        signed = Verdict.objects.filter(
            edition=OuterRef(OuterRef("edition")), approver_person=OuterRef("person")
        )
        free = held.exclude(person=OuterRef("edition__author_person")).exclude(Exists(signed))
        orphaned |= Exists(turn.filter(kind=kind)) & ~Exists(free)
    return Submission.objects.filter(orphaned, document__agency__in=agencies, state=State.OPEN)


def stuck_at(submission: Submission, on: date) -> StageKind | None:
    """Return the stage of *submission* that nobody at all can take on *on*, heirs and the lent included; else None."""
    stage = next_stage(submission)
    return stage if stage and not able_to_judge(submission, stage, on) else None


def loan_for(submission: Submission, stage: StageKind, standing: Standing) -> Loan | None:
    """Return the loan by which *standing* reads *stage*, while the role is still held with the lender."""
    rows = Loan.objects.filter(submission=submission, stage=stage, reviewer=standing.person)
    found = rows.select_related("lender").first()
    held = found is not None and standing.holds(ROLE_OF[stage], found.lender)
    return found if held else None


def lenders_on(on: date) -> QuerySet[Agency]:
    """Return the agencies that lend their reviewers on *on*, in code order."""
    rows = Lending.objects.filter(since__lte=on).order_by("since", "pk")
    lends = {row.agency_id: row.lends for row in rows}
    return Agency.objects.filter(pk__in=[key for key, yes in lends.items() if yes]).order_by("code")


def loans_between(first: date, last: date) -> QuerySet[Loan]:
    """Return the loans approved from *first* to *last*, both days included: shown and counted."""
    start, end = clock.start_of(first), clock.start_of(last + timedelta(days=1))
    return Loan.objects.filter(at__gte=start, at__lt=end).order_by("at", "pk")


def not_made_good(agencies: QuerySet[Agency]) -> QuerySet[Waiver]:
    """Return the urgent waivers of *agencies* whose text still lacks the ordinary review.

    It is made good by a seal over that edition, or over a later one of the same document.
    """
    sealed = Seal.objects.filter(
        edition__document=OuterRef("edition__document"), edition__n__gte=OuterRef("edition__n")
    )
    rows = Waiver.objects.filter(
        ~Exists(sealed), kind=WaiverKind.URGENT, edition__document__agency__in=agencies
    )
    return rows.select_related("edition__document", "approver").order_by("due", "pk")


def overdue_waivers(on: date) -> QuerySet[Waiver]:
    """Return the urgent waivers of every agency that were due before *on* and are not made good."""
    return not_made_good(Agency.objects.all()).filter(due__lt=on)


@dataclass(frozen=True)
class SameDevice:
    """Two stages of one submission given by two persons from one device, *minutes* apart."""

    submission: Submission
    first: Verdict
    second: Verdict
    minutes: int


def same_device_submissions(agencies: QuerySet[Agency], on: date) -> Iterator[SameDevice]:
    """Yield what of *agencies* suggests that one person gave two persons' verdicts: a question, no proof."""
    within = timedelta(minutes=rules_on(on).number(SAME_DEVICE))
    rows = Verdict.objects.exclude(device="").filter(submission__document__agency__in=agencies)
    by_device: dict[tuple[int, str], list[Verdict]] = {}
    for row in rows.select_related("submission__edition").order_by("at", "pk"):
        by_device.setdefault((row.submission_id, row.device), []).append(row)
    for verdicts in by_device.values():
        for first, second in combinations(verdicts, 2):
            apart = second.at - first.at
            if first.reviewer_person_id != second.reviewer_person_id and apart <= within:
                minutes = int(apart.total_seconds() // 60)
                yield SameDevice(first.submission, first, second, minutes)


def drafts_of(standing: Standing) -> QuerySet[Edition]:
    """Return the texts *standing* has written and not submitted yet, the newest first.

    Among them what went out in haste: it is closed, and its review is still owed.
    """
    owed = Q(closed_at=None) | Q(waiver__kind=WaiverKind.URGENT)
    own = Edition.objects.filter(owed, author_person=standing.person, submission=None)
    seen = own.filter(document__agency__in=standing.works_for)
    return seen.select_related("document").defer("canonical").order_by("-pk")
