"""Topics with how many asked for them."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.foi.proactive.models import Topic
from gongkai.foi.proactive.rules import JUDGES
from gongkai.foi.scope import agencies_seen

THRESHOLD = "proactive.requests"
_REQUESTS = Count("tagged", distinct=True)
_APPLICANTS = Count("tagged__case__applicant", distinct=True)
"""Art 44 speaks of several applicants: one who asks three times is one."""


def topics_seen(standing: Standing) -> QuerySet[Topic]:
    """Return the topics *standing* may see."""
    return Topic.objects.filter(agency__in=agencies_seen(standing))


def most_wanted(standing: Standing) -> QuerySet[Topic]:
    """Return those topics, each with *requests* and *applicants*, the most wanted first."""
    counted = topics_seen(standing).annotate(requests=_REQUESTS, applicants=_APPLICANTS)
    return counted.order_by("-applicants", "title", "pk")


def piled_up(standing: Standing, least: int) -> QuerySet[Topic]:
    """Return the topics *standing* has to decide about: not yet judged, asked for by *least* or more."""
    mine = Topic.objects.filter(agency__in=working_as(standing, *JUDGES), state=Topic.State.OPEN)
    return mine.annotate(applicants=_APPLICANTS).filter(applicants__gte=least).order_by("pk")
