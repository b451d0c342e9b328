"""Whose requests a person sees: one rule for pages, lists, statistics and the search (invariant 4)."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import visible_to, working_as
from gongkai.agencies.standing import Standing
from gongkai.foi.rules import TAKING_PART


def agencies_seen(standing: Standing) -> QuerySet[Agency]:
    """Return the agencies whose requests, disputes and submissions one sees.

    Those whose unpublished work one sees; and the county government, whose requests its office handles
    (条例第四条), for everybody of the office who takes one of the steps. What one may work on stands in the list.
    """
    return visible_to(standing) | working_as(standing, *TAKING_PART)
