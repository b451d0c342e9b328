"""Files for the applicant that wait for somebody to answer for them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from gongkai.agencies.models import Agency
from gongkai.foi.issuing.models import GOING, Enclosure
from gongkai.people.models import Person
from gongkai.screening.queries import to_be_answered_for


def to_release(agencies: QuerySet[Agency], person: Person) -> QuerySet[Enclosure]:
    """Return the files of open cases that the gate holds and *person* may let go, each with its *screening*.

    Not one that person had examined (谁放行谁负责), and not what nobody can answer for: that is replaced.
    """
    about = {"agency": OuterRef("case__agency"), "sha256": OuterRef("sha256")}
    held = to_be_answered_for().filter(**about).exclude(by_person=person)
    going = Enclosure.objects.filter(Exists(held), **GOING)
    mine = going.filter(case__decided_on=None, case__agency__in=agencies)
    return mine.annotate(screening=Subquery(held.order_by("-pk").values("uid")[:1]))
