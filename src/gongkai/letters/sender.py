"""Who signs a letter as its facts tell it: the office as it was on the day, and where one complains against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import contact_on, name_of
from gongkai.law.remedies import ordinary_remedies, remedies
from gongkai.law.rules import Rules
from gongkai.letters.facts import Complaint, Office
from gongkai.letters.models import Forum


def office_of(agency: Agency, on: date) -> Office:
    """Return *agency* as letters name it on *on*; what was not made known of it is empty. Two queries."""
    contact = contact_on(agency, on)
    organ = name_of(agency, on).name
    if contact is None:
        return Office(organ, "", "", "")
    return Office(organ, contact.office, contact.address, contact.telephone)


def forum_on(agency: Agency, on: date) -> Forum | None:
    """Return where one complains against *agency* on *on*: its own place before everybody's."""
    rows = Forum.objects.filter(Q(agency=agency) | Q(agency=None), since__lte=on)
    return max(rows, key=lambda row: (row.agency_id is not None, row.since, row.pk), default=None)


def forums_on(on: date) -> Mapping[int | None, Forum]:
    """Return the places in use on *on* by agency, None for those of every other agency."""
    rows = Forum.objects.filter(since__lte=on).select_related("agency").order_by("since", "pk")
    return {row.agency_id: row for row in rows}


def complaint_of(agency: Agency, outcome: str, on: date, rules: Rules) -> Complaint | None:
    """Return how one complains against what *agency* decided as *outcome* on *on*.

    An empty *outcome*: a decision that ends no request (telling a third party, a correction). None where
    nobody has set the review organ and the court: no decision is written then.
    """
    forum = forum_on(agency, on)
    if forum is None:
        return None
    open_ = remedies(outcome, on, rules) if outcome else ordinary_remedies(on, rules)
    return Complaint(open_, forum.review_organ, forum.court, forum.online)
