"""Planned publication: nothing public before its minute, files neither; moved and cancelled with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency, Membership
from gongkai.audit import clock
from gongkai.documents.actions import attach_file
from gongkai.documents.models import Edition
from gongkai.inbox.models import Notification
from gongkai.publication.actions import PublicationRefused, publish_edition
from gongkai.publication.actions.planning import (
    cancel_plan,
    move_plan,
    plan_publication,
    publish_due,
)
from gongkai.publication.models import Plan, Publication
from gongkai.publication.queries import pending_plans
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast
from tests.rooms.portal.scene import account
from tests.rooms.review.panel import draft, sealed

NOW = datetime(2026, 3, 4, 9, 2, tzinfo=clock.SHANGHAI)
NINE = datetime(2026, 3, 5, 9, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the clock says: its one element."""
    says = [NOW]
    monkeypatch.setattr(clock, "now", lambda: says[0])
    return says


@pytest.fixture
def edition(cast: Cast, at: list[datetime]) -> Edition:
    """A sealed text of the grain bureau with a file."""
    edition = draft(cast, "关于开仓的通知")
    attach_file(edition, BytesIO(pdf("x")), name="附件.pdf", by=cast.chen)
    sealed(cast, edition)
    edition.refresh_from_db()
    return edition


def _public() -> list[str]:
    return sorted(str(one) for one in Path(settings.PUBLIC).rglob("*附件.pdf"))


def _go(at: list[datetime], to: datetime) -> tuple[int, int]:
    at[0] = to
    return publish_due()


def test_nothing_is_public_before_the_minute_and_all_of_it_after(
    cast: Cast, edition: Edition, at: list[datetime], django_capture_on_commit_callbacks: object
) -> None:
    """计划发布：到点之前正文、附件都不公开，也没有网页；到点由定时任务发布，以安排人的名义。"""
    plan_publication(edition, at=NINE, by=cast.chen)
    assert _go(at, NINE - timedelta(seconds=1)) == (0, 0)
    assert (Publication.objects.count(), _public()) == (0, [])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert _go(at, NINE + timedelta(minutes=2)) == (1, 0)
    assert Publication.objects.get().edition == edition
    assert len(_public()) == 1
    assert [(one.ending, one.fault) for one in Plan.objects.all()] == [("published", "")]
    assert _go(at, NINE + timedelta(minutes=7)) == (0, 0)


def test_a_plan_is_moved_and_given_up_with_a_reason(
    cast: Cast, edition: Edition, at: list[datetime]
) -> None:
    """改期、取消都写理由，原来的安排留着；取消以后到点不发。"""
    plan = plan_publication(edition, at=NINE, by=cast.chen)
    with pytest.raises(PublicationRefused, match="必须写明理由"):
        move_plan(plan, at=NINE + timedelta(days=1), reason=" ", by=cast.chen)
    with pytest.raises(PublicationRefused, match="已经安排了发布时间"):
        plan_publication(edition, at=NINE, by=cast.chen)
    later = move_plan(plan, at=NINE + timedelta(days=1), reason="会议改期", by=cast.chen)
    assert _go(at, NINE) == (0, 0)
    cancel_plan(later, reason="内容有变", by=cast.chen)
    assert _go(at, NINE + timedelta(days=2)) == (0, 0)
    endings = Plan.objects.order_by("pk").values_list("ending", "reason")
    assert list(endings) == [("moved", "会议改期"), ("cancelled", "内容有变")]
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("when", "why"),
    [
        (NOW, "已经过去"),
        (NINE.replace(minute=1), "整五分钟"),
        (NINE.replace(year=2028), "一年以后"),
    ],
)
def test_a_minute_that_makes_no_sense_is_refused(
    cast: Cast, edition: Edition, when: datetime, why: str
) -> None:
    """过去的、太远的、不是整五分钟的时间不收。"""
    with pytest.raises(PublicationRefused, match=why):
        plan_publication(edition, at=when, by=cast.chen)


def test_only_what_is_sealed_is_planned(cast: Cast, at: list[datetime]) -> None:
    """不变量一：没有通过全部审核的，不能安排发布。"""
    with pytest.raises(PublicationRefused, match="还没有通过全部审核"):
        plan_publication(draft(cast), at=NINE, by=cast.chen)


def test_who_lost_the_role_does_not_publish_and_colleagues_are_told(
    cast: Cast, edition: Edition, at: list[datetime]
) -> None:
    """安排人到时已不任职：不发布，原因写在安排上，只通知一次；任职恢复后再试即发。"""
    plan_publication(edition, at=NINE, by=cast.chen)
    held = Membership.objects.filter(person=cast.chen)
    held.update(ended=NINE.date())
    assert _go(at, NINE) == (0, 1)
    assert _go(at, NINE + timedelta(minutes=5)) == (0, 1)
    assert "不担任这一角色" in Plan.objects.get().fault
    assert Notification.objects.filter(kind="plan.failed").count() == 1
    held.update(ended=None)
    assert _go(at, NINE + timedelta(minutes=10)) == (1, 0)


def test_published_by_hand_the_plan_is_over(
    cast: Cast, edition: Edition, at: list[datetime]
) -> None:
    """有人先行发布了：名单里不再列，到点也不重复发布。"""
    plan_publication(edition, at=NINE, by=cast.chen)
    assert len(pending_plans(Agency.objects.all())) == 1
    publish_edition(edition, by=cast.chen)
    assert list(pending_plans(Agency.objects.all())) == []
    assert _go(at, NINE) == (0, 0)
    assert Publication.objects.count() == 1


def test_pages_plan_move_and_cancel(cast: Cast, edition: Edition) -> None:
    """页面：定时间、看名单、改期、取消；错的写明原因。"""
    client = Client()
    client.force_login(account(cast.chen, "chen"))
    address = reverse("publication-plan", args=[edition.uid])
    assert client.post(address, {"day": "2026-03-05", "minute": "09:01"}).status_code == 409
    client.post(address, {"day": "2026-03-05", "minute": "09:00"})
    assert "2026-03-05 09:00" in client.get(reverse("publication-plans")).text
    client.post(address, {"day": "2026-03-06", "minute": "09:00", "reason": "会议改期"})
    cancel = reverse("publication-plan-cancel", args=[edition.uid])
    assert client.post(cancel, {"cancel-reason": ""}).status_code == 409
    page = client.post(cancel, {"cancel-reason": "内容有变"}, follow=True).text
    assert "会议改期" in page
    assert "内容有变" in page
