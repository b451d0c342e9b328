"""The list of requests, narrowed: what an address asks for, and one page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from gongkai.agencies.standing import Standing
from gongkai.foi.models import Case, State
from gongkai.foi.scope import agencies_seen

PAGE_SIZE = 50
OPEN = "open"
STATES: Mapping[str, str] = {
    "": "全部",
    OPEN: "未办结",
    **{state.value: str(state.label) for state in State},
}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to. Empty means everything one may see."""

    state: str = OPEN
    agency: str = ""
    year: int | None = None
    text: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Wanted:
        """Read an address's query; what cannot be read narrows nothing."""
        state, year = query.get("state", OPEN), query.get("year", "")
        return cls(
            state=state if state in STATES else OPEN,
            agency=query.get("agency", "")[:9],
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            text=query.get("q", "").replace("\0", "").strip()[:60],
        )


def cases_wanted(standing: Standing, wanted: Wanted) -> QuerySet[Case]:
    """Return the cases *standing* may see that *wanted* asks for, the newest first."""
    found = Case.objects.filter(agency__in=agencies_seen(standing))
    if wanted.state == OPEN:
        found = found.filter(decided_on=None)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.agency:
        found = found.filter(agency__code=wanted.agency)
    if wanted.year:
        found = found.filter(received_on__year=wanted.year)
    if wanted.text:
        found = found.filter(pk__in=numbered(standing, wanted.text).values("pk"))
    return found.order_by("-received_on", "-pk")


def numbered(standing: Standing, text: str) -> QuerySet[Case]:
    """Return the cases one may see whose number contains *text*.

    Asked for their keys alone (``pk__in``), the index of agency and number answers without the rows.
    """
    return Case.objects.filter(agency__in=agencies_seen(standing), number__icontains=text)


def page_of(cases: QuerySet[Case], number: str) -> Page[Case]:
    """Return one page; a number that is none gives the first, one too large the last."""
    return Paginator(cases, PAGE_SIZE).get_page(number)
