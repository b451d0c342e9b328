"""Editions that may go out, for tests of what happens then."""

from __future__ import annotations

from datetime import UTC, datetime

from gongkai.documents.models import Edition
from gongkai.publication.actions import list_imported, publish_imported
from gongkai.publication.models import Publication
from gongkai.review.actions import waive_as_imported
from gongkai.review.models import Waiver, WaiverKind
from tests.rooms.cast import Cast, items

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
    """Enter a text of the grain bureau that its leader let out in an emergency."""
    (edition,) = items(cast, title)
    Waiver.objects.create(
        edition=edition, kind=WaiverKind.URGENT, approver=cast.zhao, reason="汛情紧急"
    )
    return edition
