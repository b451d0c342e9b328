"""An imported batch belongs to one agency: its event must stand in that agency's stream."""

from __future__ import annotations

import pytest

from gongkai.publication.actions import PublicationRefused, publish_imported
from gongkai.publication.models import Publication
from gongkai.review.actions import WaiverRefused, waive_as_imported
from gongkai.review.models import Waiver
from tests.rooms.cast import SEALED_AT, Cast, items


def test_a_waiver_in_another_agencys_name_is_refused(cast: Cast) -> None:
    with pytest.raises(WaiverRefused, match="只能是同一个机关的文档"):
        waive_as_imported(items(cast, "公告"), agency=cast.lakes, reason="旧网站迁入", by=cast.li)
    assert not Waiver.objects.exists()


def test_a_publication_in_another_agencys_name_is_refused(cast: Cast) -> None:
    waivers = waive_as_imported(
        items(cast, "公告"), agency=cast.grain, reason="旧网站迁入", by=cast.li
    )
    with pytest.raises(PublicationRefused, match="不是这个机关的文档"):
        publish_imported(waivers, at=[SEALED_AT], agency=cast.lakes, by=cast.li)
    assert not Publication.objects.exists()
