"""Editions that may go out, for tests of what happens then."""

from __future__ import annotations

from datetime import UTC, datetime

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.documents.models import Edition
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.publication.actions import list_imported, publish_imported
from gongkai.publication.models import Publication
from gongkai.review.actions import grant_urgent_waiver, waive_as_imported
from gongkai.review.models import Waiver
from tests.rooms.cast import SINCE, Cast, items

AT = datetime(2024, 3, 5, 1, 0, tzinfo=UTC)


def waive(cast: Cast, editions: list[Edition]) -> list[Waiver]:
    """Let out what an old site had published already."""
    return waive_as_imported(editions, agency=cast.grain, reason="旧网站迁入", by=cast.li)


def publish(cast: Cast, *titles: str, at: datetime = AT) -> list[Publication]:
    """Enter items of the grain bureau that went out elsewhere."""
    waivers = waive(cast, items(cast, *titles))
    published = publish_imported(waivers, at=[at] * len(waivers), agency=cast.grain, by=cast.li)
    list_imported()
    return published


def urgent(cast: Cast, title: str = "防汛提示") -> Edition:
    """Enter a text of the grain bureau that a leader of the bureau lets out in an emergency."""
    (edition,) = items(cast, title)
    leader = Person.objects.filter(staff_no="T-LEAD").first()
    if leader is None:
        leader = register_person(name="局长钱", staff_no="T-LEAD", by=cast.li)
        appoint(leader, cast.grain, role=Role.LEADER, since=SINCE, by=cast.li)
    grant_urgent_waiver(edition, reason="汛情紧急", by=leader)
    return edition
