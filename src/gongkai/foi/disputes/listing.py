"""The list of disputes, narrowed: what an address asks for, one page of it, and how near each answer is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.standing import Standing
from gongkai.foi.disputes.clocks import answer_due
from gongkai.foi.disputes.models import DisputeStep
from gongkai.foi.models import Case, Dispute
from gongkai.foi.scope import agencies_seen
from gongkai.law.rules import Rules

PAGE_SIZE = 50
STATES: Mapping[str, str] = {"open": "未审结", "": "全部", "ended": "已审结"}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; *year* is that of acceptance."""

    state: str = "open"
    kind: str = ""
    agency: str = ""
    year: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Wanted:
        """Read an address's query; what cannot be read narrows nothing."""
        state, kind, year = query.get("state", "open"), query.get("kind", ""), query.get("year", "")
        return cls(
            state=state if state in STATES else "open",
            kind=kind if kind in Dispute.Kind.values else "",
            agency=query.get("agency", "")[:9].replace("\0", ""),
            year=int(year)
            if year.isascii() and year.isdigit() and "1900" <= year < "9999"
            else None,
        )


@dataclass(frozen=True)
class Row:
    """A dispute with the last day of our answer, None where it was filed, or from when is not known."""

    dispute: Dispute
    due: date | None


def disputes_wanted(standing: Standing, wanted: Wanted) -> QuerySet[Dispute]:
    """Return the disputes *standing* may see that *wanted* asks for, the newest first."""
    found = with_answers(Dispute.objects.filter(case__agency__in=agencies_seen(standing)))
    if wanted.state:
        found = found.filter(concluded_on__isnull=wanted.state == "open")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.agency:
        found = found.filter(case__agency__code=wanted.agency)
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        found = found.filter(filed_on__range=(first, last))
    return found.select_related("case", "redo__case").order_by("-filed_on", "-pk")


def with_answers(disputes: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Return *disputes*, each with *answered* and *extended*: whether that is on file."""
    steps = DisputeStep.objects.filter(dispute=OuterRef("pk"))
    return disputes.annotate(
        answered=Exists(steps.filter(kind=DisputeStep.Kind.RESPONDED)),
        extended=Exists(steps.filter(kind=DisputeStep.Kind.EXTENDED)),
    )


def rows_of(page: Page[Dispute], rules: Rules) -> Sequence[Row]:
    """Return one page with its clocks, by the rules of the day each began."""
    return [
        Row(one, None if one.answered or one.concluded_on else answer_due(one, rules))  # type: ignore[attr-defined]  # annotated
        for one in page
    ]


def page_of(disputes: QuerySet[Dispute], number: str) -> Page[Dispute]:
    """Return one page; a number that is none gives the first, one too large the last."""
    return Paginator(disputes, PAGE_SIZE).get_page(number)


def about(case: Case) -> Sequence[Dispute]:
    """Return the disputes over *case*, and the one that ordered it to be answered: one query."""
    mine = Q(case=case) | Q(redo__case=case)
    return list(
        Dispute.objects.filter(mine).select_related("case", "redo__case").order_by("filed_on", "pk")
    )
