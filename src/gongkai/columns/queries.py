"""Columns as they stood on a day: what they were called, who answered for them, who sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from gongkai.agencies.models import Agency, AgencyEnding, Succession
from gongkai.agencies.models import Level as AgencyLevel
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.columns.freshness import Expected, Verdict, judge, latest
from gongkai.columns.models import CatalogueItem, Column, ColumnEnding, ColumnName, ColumnOwner
from gongkai.columns.rules import may_keep_columns
from gongkai.columns.standard import GENERATED
from gongkai.law.platform import Freshness
from gongkai.law.rules import Rules


def names_on(on: date, columns: Iterable[Column] | None = None) -> dict[int, str]:
    """Return what each column is called on *on*, by its primary key."""
    rows = ColumnName.objects.filter(since__lte=on).order_by("since")
    if columns is not None:
        rows = rows.filter(column__in=columns)
    return dict(rows.values_list("column", "name"))


Names = Mapping[str, list[tuple[date, str]]]
"""What columns were ever called, by address: since when and how, the first name first."""


def names_through(slugs: Iterable[str]) -> Names:
    """Return every name of the columns at *slugs*; without any address nothing is asked."""
    wanted, found = set(slugs), dict[str, list[tuple[date, str]]]()
    if wanted:
        rows = ColumnName.objects.filter(column__slug__in=wanted).order_by("since")
        for slug, since, name in rows.values_list("column__slug", "since", "name"):
            found.setdefault(slug, []).append((since, name))
    return found


def called(names: Names, slug: str, on: date) -> str:
    """Return what the column at *slug* was called on *on*: before its first name by that one."""
    own = names.get(slug)
    if not own:
        return slug
    return next((name for since, name in reversed(own) if since <= on), own[0][1])


def named(on: date, slugs: Iterable[str]) -> dict[str, str]:
    """Return what the columns at *slugs* were called on *on*, in the order given."""
    wanted = list(slugs)
    names = names_through(wanted)
    return {slug: called(names, slug, on) for slug in wanted}


def taken_by(slugs: Iterable[str], on: date) -> dict[str, str]:
    """Return into which column something for each of *slugs* goes on *on*.

    A closed column hands on to the one its ending names; what has no open column left is not in the answer.
    """
    endings = ColumnEnding.objects.filter(on__lte=on)
    moved = dict(endings.values_list("column__slug", "moved_to__slug"))
    found: dict[str, str] = {}
    for slug in slugs:
        goal: str | None = slug
        for _ in moved:
            if goal in moved:
                goal = moved[goal]
        if goal and goal not in moved:
            found[slug] = goal
    return found


@dataclass(frozen=True)
class Answering:
    """Who answers for a column: *agency*, by key. *gone*: it is no more and no single heir has its work.

    *recorded* is the agency the column was given to: another one where that was merged since.
    """

    agency: int
    recorded: int
    gone: bool


def answering_on(on: date, columns: Iterable[Column] | None = None) -> dict[int, Answering]:
    """Return who answers for each column on *on*: whom it was given to, or the one agency that is its heir."""
    rows = ColumnOwner.objects.filter(since__lte=on).order_by("since")
    if columns is not None:
        rows = rows.filter(column__in=columns)
    ended = frozenset(AgencyEnding.objects.filter(on__lte=on).values_list("agency", flat=True))
    heirs = _heirs(on, ended)
    return {
        column: _after(recorded, ended, heirs)
        for column, recorded in dict(rows.values_list("column", "agency")).items()
    }


def _heirs(on: date, ended: frozenset[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    passed = Succession.objects.filter(on__lte=on, source__in=ended)
    for source, target in passed.values_list("source", "target"):
        found.setdefault(source, set()).add(target)
    return found


def _after(recorded: int, ended: frozenset[int], heirs: Mapping[int, set[int]]) -> Answering:
    agency, seen = recorded, {recorded}
    while agency in ended:
        next_ones = heirs.get(agency, set())
        if len(next_ones) != 1 or next_ones <= seen:
            return Answering(agency, recorded, gone=True)
        (agency,) = next_ones
        seen.add(agency)
    return Answering(agency, recorded, gone=False)


def endings_on(on: date) -> dict[int, ColumnEnding]:
    """Return how the columns ended that take nothing more on *on*, by the column's primary key."""
    rows = ColumnEnding.objects.filter(on__lte=on).select_related("moved_to")
    return {row.column_id: row for row in rows}


def open_on(on: date) -> QuerySet[Column]:
    """Return the columns that take something on *on*, in the order they were opened."""
    return Column.objects.filter(opened__lte=on).exclude(ending__on__lte=on).order_by("pk")


def columns_of(agency: Agency, on: date) -> list[Column]:
    """Return the open columns *agency* answers for on *on*."""
    answering = answering_on(on)
    return [
        column
        for column in open_on(on)
        if column.pk in answering and answering[column.pk].agency == agency.pk
    ]


def columns_visible_to(standing: Standing) -> QuerySet[Column]:
    """Return the columns whose arrangement *standing* lets one see on the desk.

    The county's openness office sees all; everybody else those their agencies answer for.
    """
    every = Column.objects.order_by("pk")
    if may_keep_columns(standing):
        return every
    mine = set(visible_to(standing).values_list("pk", flat=True))
    answering = answering_on(standing.on)
    keys = [key for key, one in answering.items() if {one.agency, one.recorded} & mine]
    return every.filter(pk__in=keys)


def items_visible_to(standing: Standing) -> QuerySet[CatalogueItem]:
    """Return the catalogue items one may see on the desk, by field and in the order they were entered."""
    every = CatalogueItem.objects.select_related("agency", "column").order_by("field", "pk")
    if may_keep_columns(standing):
        return every
    return every.filter(agency__in=visible_to(standing))


@dataclass(frozen=True)
class Duty:
    """A column an agency feeds: on what basis, how fast, how often. *every* in days, None for no rhythm."""

    column: Column
    name: str
    basis: str
    limit: str
    every: int | None


def duties(agency: Agency, rules: Rules) -> list[Duty]:
    """Return what *agency* owes the columns on the day of *rules* (条例第十条、第二十二条), in tree order."""
    columns = columns_of(agency, rules.on)
    names = names_on(rules.on, columns)
    return [
        Duty(
            column,
            names.get(column.pk, column.slug),
            column.basis,
            column.limit.words,
            days_allowed(column, rules),
        )
        for column in columns
    ]


def days_allowed(column: Column, rules: Rules) -> int | None:
    """Return after how many days without anything new *column* counts as not updated, None for never."""
    key = Freshness(column.freshness).key
    allowed = [rules.number(key)] if key else []
    if column.rhythm_days is not None:
        allowed.append(column.rhythm_days)
    return min(allowed, default=None)


@dataclass(frozen=True)
class Judged:
    """How fresh a column is. *owner*: the agency it was last given to, by key, and its *level*."""

    column: int
    owner: int | None
    level: AgencyLevel | None
    verdict: Verdict


def judged_on(rules: Rules) -> list[Judged] | None:
    """Return how fresh every open column is that has no open column below it, or None where no room tells.

    A column that only leads on to others is as fresh as they are, one made from data as what is registered.
    One query, however many columns there are.
    """
    appeared = latest(OuterRef("slug"))
    if appeared is None:
        return None
    given = ColumnOwner.objects.filter(column=OuterRef("pk"), since__lte=rules.on)
    owner = given.order_by("-since")
    columns = open_on(rules.on).annotate(
        owner=Subquery(owner.values("agency")[:1]),
        owner_level=Subquery(owner.values("agency__level")[:1]),
        appeared=appeared,
    )
    rows = list(columns)
    leading = {row.parent_id for row in rows}
    return [
        Judged(
            row.pk,
            row.owner,
            AgencyLevel(row.owner_level) if row.owner_level else None,
            judge(_expected(row, rules), rules.on, _day(row.appeared)),
        )
        for row in rows
        if row.pk not in leading and row.slug not in GENERATED
    ]


def _expected(column: Column, rules: Rules) -> Expected:
    return Expected(column.slug, Freshness(column.freshness), days_allowed(column, rules))


def _day(appeared: datetime | None) -> date | None:
    return clock.legal_date(appeared) if appeared else None
