"""What waits in the matter of publishing: what is approved, and nobody has put before the public yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import holding_on, working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Row, Rows, Todo
from gongkai.documents.models import Edition
from gongkai.law.rules import Rules
from gongkai.publication.plans import Plan
from gongkai.publication.rules import is_office
from gongkai.publication.waiting import approved
from gongkai.review.models import Seal


def todo(standing: Standing, rules: Rules) -> Iterator[Rows]:
    """Yield what *standing* is to publish: an officer the own agency's, the office that of agencies without one.

    What is planned goes out by itself and is nobody's work, unless its minute came and it did not go out.
    """
    agencies = Agency.objects.none()
    if standing.is_any(Role.INFORMATION_OFFICER):
        agencies = working_as(standing, Role.INFORMATION_OFFICER)
    if is_office(standing):
        officers = holding_on(Role.INFORMATION_OFFICER, standing.on)
        without = ~Exists(officers.filter(agency=OuterRef("pk")))
        agencies = agencies | Agency.objects.filter(without, rolls_up=True)
    if not agencies.query.is_empty():
        columns = {"whose": "document__agency_id", "name": "title", "key": "document__url_key"}
        yield Rows(_unpublished(agencies), _publish, columns)


def _unpublished(agencies: QuerySet[Agency]) -> QuerySet[Edition]:
    planned = Plan.objects.filter(edition=OuterRef("pk"), pending=True, fault="")
    newer = Seal.objects.filter(
        edition__document=OuterRef("document"), edition__n__gt=OuterRef("n")
    )
    return approved().filter(~Exists(planned), ~Exists(newer), document__agency__in=agencies)


def _publish(row: Row) -> Todo:
    return Todo(
        what=f"审核通过，等待发布：{row.name}",
        act="发布",
        page=("publication", row.key),
        agency_id=row.whose,
        basis="条例第二十六条",
    )
