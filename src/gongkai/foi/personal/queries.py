"""Who looked at identities, and whose identities have been kept long enough."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.models import Applicant, Case, Dispute
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.receiving.models import Submission
from gongkai.law.rules import Rules
from gongkai.text.canonical import canonical_bytes, sha256_hex

LOOKED = "identity.looked"
RETENTION = "personal.retention"


@dataclass(frozen=True)
class Look:
    """One look: when, by whom, in which case, for what. Nothing of what was seen."""

    at: datetime
    by: str
    number: str
    reason: str


def looks_at(case: Case) -> list[Look]:
    """Return every look at the identity behind *case*, the latest first."""
    return looks_of(look_events([case.agency.code]).filter(subject=f"case:{case.uid}"))


def look_events(streams: Iterable[str]) -> QuerySet[Event]:
    """Return the events of looks in the agencies of *streams*, the latest first."""
    return Event.objects.filter(stream__in=list(streams), kind=LOOKED).order_by("-at", "-pk")


def looks_of(events: Iterable[Event]) -> list[Look]:
    """Return *events* as looks."""
    return [_look(event) for event in events]


def cutoff(rules: Rules) -> date:
    """Return the last day on which a case may have ended for its applicant to be due for destruction."""
    years = rules.number(RETENTION)
    day = rules.on
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February, in a year that has none
        return day.replace(year=day.year - years, day=28)


def due_for_purge(ended_by: date) -> QuerySet[Applicant]:
    """Return applicants all of whose cases, and the disputes over them, ended on *ended_by* or before.

    A case ends when its reply is served, or decided where no service is on record; a pending
    reconsideration or suit keeps the identity.
    """
    cases = Case.objects.filter(applicant=OuterRef("pk"))
    going_on = cases.filter(
        Q(decided_on=None) | Q(decided_on__gt=ended_by) | Q(served_on__gt=ended_by)
    )
    disputes = Dispute.objects.filter(case__applicant=OuterRef("pk"))
    disputed = disputes.filter(Q(concluded_on=None) | Q(concluded_on__gt=ended_by))
    return Applicant.objects.filter(
        Exists(cases), ~Exists(going_on), ~Exists(disputed), purged_on=None
    )


@dataclass(frozen=True)
class PurgeList:
    """What would be destroyed: applicants by uid, and their cases by agency code and number.

    *submissions*, by agency code and number, never became requests: what was written in them goes as well.
    """

    ended_by: date
    applicants: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]
    submissions: tuple[tuple[str, str], ...] = ()

    @property
    def hash(self) -> str:
        """What somebody repeats to say that this list, and no other, was read."""
        listed = {
            "ended_by": self.ended_by.isoformat(),
            "applicants": list(self.applicants),
            "cases": [list(case) for case in self.cases],
            "submissions": [list(one) for one in self.submissions],
        }
        return sha256_hex(canonical_bytes(listed))[:16]


def purge_list(rules: Rules) -> PurgeList:
    """Return whose identity has been kept as long as *rules* say, on their day."""
    ended_by = cutoff(rules)
    due = due_for_purge(ended_by)
    cases = Case.objects.filter(applicant__in=due).order_by("agency__code", "number")
    uids = due.order_by("uid").values_list("uid", flat=True)
    numbers = cases.values_list("agency__code", "number")
    left = left_over(ended_by).order_by("agency__code", "number")
    submissions = tuple(left.values_list("agency__code", "number"))
    return PurgeList(ended_by, tuple(str(uid) for uid in uids), tuple(numbers), submissions)


def left_over(ended_by: date) -> QuerySet[Submission]:
    """Return what came in by *ended_by*, never became a request, and still says who sent it."""
    after = clock.start_of(ended_by + timedelta(days=1))
    return Submission.objects.filter(case=None, submitted_at__lt=after).exclude(identity=b"")


def _look(event: Event) -> Look:
    payload = json.loads(event.payload_text)
    reason = Reason(payload["reason"]).label
    return Look(event.at, event.actor_name, payload["number"], str(reason))
