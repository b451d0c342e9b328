"""Reading what was sent in and passed on: each unit its own, the office all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth

from gongkai.agencies.models import Agency, Membership
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.audit.clock import SHANGHAI
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.sharing.models import Delivery, Offer
from gongkai.sharing.rules import ANSWER, WRITING, is_office


def visible_offers(standing: Standing) -> QuerySet[Offer]:
    """Return the pieces *standing* may see: the own unit's, for the office every unit's (invariant 4)."""
    every = Offer.objects.select_related("agency", "by_person", "handled_by", "used_in")
    return every if is_office(standing) else every.filter(agency__in=visible_to(standing))


def visible_deliveries(standing: Standing) -> QuerySet[Delivery]:
    """Return what was passed on to the own unit, for the office to every unit."""
    every = Delivery.objects.select_related(
        "push__edition__document", "agency", "answered_by", "draft", "showing"
    )
    return every if is_office(standing) else every.filter(agency__in=visible_to(standing))


def answer_due(delivery: Delivery, rules: Rules) -> datetime:
    """Return until when a unit is to answer: as many hours as relayed information has."""
    return delivery.push.at + timedelta(hours=rules.number(ANSWER))


def overdue(deliveries: QuerySet[Delivery], rules: Rules) -> QuerySet[Delivery]:
    """Return those that nobody answered in time."""
    latest = clock.now() - timedelta(hours=rules.number(ANSWER))
    return deliveries.filter(state=Delivery.State.WAITING, push__at__lt=latest)


def receivers() -> QuerySet[Agency]:
    """Return the units the office may pass on to: those of the county's report that still are."""
    units = Agency.objects.filter(rolls_up=True, ending=None).exclude(
        level__in=("county", "office")
    )
    return units.order_by("code")


def writers_of(agencies: Sequence[Agency]) -> QuerySet[Person]:
    """Return who writes for *agencies* today: they are told."""
    today = clock.today()
    still = Q(ended=None) | Q(ended__gt=today)
    held = Membership.objects.filter(still, agency__in=agencies, role__in=WRITING, since__lte=today)
    return Person.objects.filter(pk__in=held.values("person")).order_by("pk")


@dataclass(frozen=True)
class Tally:
    """What one unit sent in within a year: all of it, and what became of it."""

    agency_id: int
    sent: int
    adopted: int
    quoted: int
    declined: int
    by_month: tuple[int, ...]
    """Sent in each month, January first."""


def tallies(standing: Standing, year: int) -> list[Tally]:
    """Return the counts of *year* for each unit *standing* may see, most used first; what was taken back not."""
    begin, end = datetime(year, 1, 1, tzinfo=SHANGHAI), datetime(year + 1, 1, 1, tzinfo=SHANGHAI)
    sent = visible_offers(standing).filter(at__gte=begin, at__lt=end)
    sent = sent.exclude(state=Offer.State.WITHDRAWN).select_related(None)
    months = ExtractMonth("at", tzinfo=SHANGHAI)
    rows = sent.annotate(month=months).values("agency", "month", "state").annotate(n=Count("pk"))
    found: dict[int, dict[tuple[int, str], int]] = {}
    for row in rows.order_by():
        found.setdefault(row["agency"], {})[row["month"], row["state"]] = row["n"]
    made = [_tally(agency, counts) for agency, counts in found.items()]
    return sorted(made, key=lambda one: (-(one.adopted + one.quoted), -one.sent, one.agency_id))


def _tally(agency: int, counts: dict[tuple[int, str], int]) -> Tally:
    def of(state: str) -> int:
        return sum(n for (_, one), n in counts.items() if one == state)

    by_month = [sum(n for (month, _), n in counts.items() if month == m) for m in range(1, 13)]
    return Tally(
        agency, sum(by_month), of("adopted"), of("quoted"), of("declined"), tuple(by_month)
    )
