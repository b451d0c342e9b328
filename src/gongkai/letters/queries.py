"""Which wording a letter is written with on a day, and what stands in the list of letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Level, Membership, Role
from gongkai.law.letters import LETTERS
from gongkai.letters.models import State, Wording
from gongkai.letters.wording.packaged import Series, packaged, series_of
from gongkai.letters.wording.stored import read
from gongkai.letters.wording.words import Words
from gongkai.people.models import Person


def words_on(code: str, on: date) -> Words:
    """Return the wording of letter *code* in use on *on*: the county's latest approved, else the packaged."""
    rows = Wording.objects.filter(code=code, state=State.APPROVED, since__lte=on)
    found = rows.order_by("since").last()
    return packaged(code) if found is None else words_of(found)


def words_of(row: Wording) -> Words:
    """Return a stored wording as a value."""
    return Words(row.code, read(row.blocks_text), row.version)


def versions_of(code: str) -> QuerySet[Wording]:
    """Return every wording of a letter, the newest first."""
    rows = Wording.objects.filter(code=code).select_related("author", "approver", "ended_by")
    return rows.order_by("-version")


def waiting() -> QuerySet[Wording]:
    """Return what somebody proposed and nobody has decided on, oldest first."""
    rows = Wording.objects.filter(state=State.PROPOSED)
    return rows.select_related("author").order_by("proposed_at", "pk")


def approvers(on: date) -> QuerySet[Person]:
    """Return who may decide on a wording on *on*: the openness office and the head of the county's office."""
    still = Q(ended=None) | Q(ended__gt=on)
    held = Membership.objects.filter(
        still,
        role__in=[Role.OPENNESS_OFFICER, Role.LEADER],
        agency__level__in=[Level.COUNTY, Level.OFFICE],
        since__lte=on,
    )
    return Person.objects.filter(pk__in=held.values("person")).order_by("staff_no")


@dataclass(frozen=True)
class Line:
    """A letter in the list: the version in use, what is planned, what waits."""

    code: str
    title: str
    series: Series | None
    used: Wording | None
    planned: Sequence[Wording]
    waiting: Sequence[Wording]


def lines(on: date) -> list[Line]:
    """Return every letter with where its wording stands on *on*. One query."""
    rows = Wording.objects.filter(state__in=[State.PROPOSED, State.APPROVED])
    by_code: dict[str, list[Wording]] = {}
    for row in rows.defer("blocks_text").order_by("since", "version"):
        by_code.setdefault(row.code, []).append(row)
    return [_line(code, by_code, on) for code in LETTERS]


def _line(code: str, by_code: Mapping[str, list[Wording]], on: date) -> Line:
    rows = by_code.get(code, [])
    approved = [row for row in rows if row.state == State.APPROVED]
    used = [row for row in approved if row.since <= on]
    return Line(
        code,
        LETTERS[code].title,
        series_of(code),
        used[-1] if used else None,
        [row for row in approved if row.since > on],
        [row for row in rows if row.state == State.PROPOSED],
    )
