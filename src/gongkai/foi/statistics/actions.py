"""Counting what the public form offered. A count names nobody and decides nothing: the log has no row of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.identity import Actor
from gongkai.foi.statistics.models import SuggestionTally
from gongkai.people.program import APPLICANT


@transaction.atomic
def count_suggestion(agency: Agency, *, followed: bool, by: Actor = APPLICANT) -> None:
    """Count that published items were offered to somebody, or that one of them was what they wanted."""
    today = clock.today()
    SuggestionTally.objects.get_or_create(agency=agency, on=today)
    column = "followed" if followed else "shown"
    SuggestionTally.objects.filter(agency=agency, on=today).update(**{column: F(column) + 1})
