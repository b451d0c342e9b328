"""What goes out without a chain of approvals is recorded, with a reason, by another than the author."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from gongkai.audit.models import Event
from gongkai.review.actions import WaiverRefused, waive_as_imported
from gongkai.review.models import Waiver, WaiverKind
from tests.rooms.cast import Cast, items

REASON = "2019 年旧网站迁入"


def test_a_waiver_says_who_and_why(cast: Cast) -> None:
    """不变量一：补录的历史数据没有三审，谁批准、什么理由，记下并计数。"""
    editions = items(cast, "甲", "乙")
    waivers = waive_as_imported(editions, agency=cast.grain, reason=REASON, by=cast.li)
    fields = ("edition", "kind", "approver", "reason", "due")
    assert list(Waiver.objects.order_by("pk").values_list(*fields)) == [
        (edition.pk, WaiverKind.IMPORTED, cast.li.pk, REASON, None) for edition in editions
    ]
    assert len(waivers) == 2
    event = Event.objects.latest("pk")
    assert (event.stream, event.kind, event.actor_uid, event.payload_text) == (
        cast.grain.code,
        "waiver.granted",
        cast.li.uid,
        f'{{"count":2,"kind":"imported","reason":"{REASON}"}}',
    )


@pytest.mark.parametrize("empty", ["", "  "])
def test_a_waiver_without_a_reason_is_refused(empty: str, cast: Cast) -> None:
    """不变量一：没有理由不得免审，什么都不写。"""
    editions = items(cast, "甲")
    before = Event.objects.count()
    with pytest.raises(WaiverRefused) as refused:
        waive_as_imported(editions, agency=cast.grain, reason=empty, by=cast.li)
    assert str(refused.value) == "补录历史数据必须写明理由：它们没有经过本系统的三审。"
    assert (Waiver.objects.count(), Event.objects.count()) == (0, before)


def test_authors_do_not_waive_their_own(cast: Cast) -> None:
    """不变量二、谁审核谁负责：作者本人不能批准，一批中有一件是自己的就整批拒绝。"""
    editions = items(cast, "甲", "乙")
    with pytest.raises(WaiverRefused) as refused:
        waive_as_imported(editions, agency=cast.grain, reason=REASON, by=cast.chen)
    assert str(refused.value) == "补录的批准人不能是作者本人（谁审核谁负责），请由另一人批准。"
    assert Waiver.objects.count() == 0


def test_the_database_refuses_an_empty_reason_and_a_second_waiver(cast: Cast) -> None:
    """不变量一：绕过程序写入，数据库仍要求理由，一个版本只有一条免审记录。"""
    edition = items(cast, "甲")[0]
    given = {"edition": edition, "kind": WaiverKind.IMPORTED, "approver": cast.li}
    with pytest.raises(IntegrityError, match="waiver_has_reason"), transaction.atomic():
        Waiver.objects.create(**given, reason="")
    Waiver.objects.create(**given, reason=REASON)
    with pytest.raises(IntegrityError, match="edition_id"), transaction.atomic():
        Waiver.objects.create(**given, reason=REASON)
    assert Waiver.objects.count() == 1
