"""A timed and reasoned administrator session: begun, used, over, and what comes late is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.people.actions import open_account
from gongkai.people.models import AdministratorSession, User
from tests.journeys.browsing import OpenPage
from tests.journeys.signing_in import fill_sign_in
from tests.journeys.soundness import sound
from tests.journeys.test_first_day import PASSWORD, begin, cast
from tests.rooms.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["cast"]


def test_administrator(cast: Cast, browser_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """停用一个账号办得成；会话到时以后再点恢复，没有写入，说明为什么、怎么办。"""
    account = open_account(cast.chen, login="chen", password=PASSWORD, by=cast.li)
    page = browser_page()
    page.goto("/desk/people/")
    fill_sign_in(page, "security", PASSWORD)
    begin(page, "太短了")
    expect(page.get_by_role("link", name="事由：请写明事由，至少 8 个字。")).to_be_visible()
    begin(page, "小陈调离，停用账号")
    page.get_by_label("姓名、工号或登录名").fill("chen")
    page.get_by_role("button", name="查找").last.click()
    page.get_by_role("link", name="信息员小陈").click()
    page.get_by_label("停用的原因").fill("调离")
    page.get_by_role("button", name="停用账号").click()
    expect(page.get_by_role("button", name="恢复账号")).to_be_visible()
    sound(page)
    ordinary = clock.now
    monkeypatch.setattr(clock, "now", lambda: ordinary() + timedelta(minutes=16))
    page.get_by_role("button", name="恢复账号").click()
    expect(page.get_by_role("heading", name="没有办成：管理员会话已结束")).to_be_visible()
    sound(page)
    assert (User.objects.get(pk=account.pk).is_active, AdministratorSession.objects.get().live) == (
        False,
        None,
    )
    assert Event.objects.filter(kind="account.reopened").count() == 0
