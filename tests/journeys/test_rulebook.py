"""The rules in a real browser: two people change them, everybody reads them, on phone and desk."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from gongkai.audit import clock
from gongkai.law.announcement import write_announcement
from gongkai.law.notice import parse_notice
from gongkai.rulebook.actions import propose_notice, propose_parameter
from gongkai.rulebook.models import HolidayNotice, NumberSeries, Parameter
from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.journeys.signing_in import sign_in
from tests.journeys.soundness import sound
from tests.rooms.cast import Cast, make_cast
from tests.rooms.portal.scene import account, request
from tests.rooms.rulebook.entering import notice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = pytest.mark.parametrize("size", [PHONE, (768, 1024), DESK], ids=["375", "768", "1280"])


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """A county with a case that next year's notice moves, and accounts of the two people."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    cast = make_cast()
    request(cast, cast.grain, 1, date(2027, 1, 25))
    account(cast.li, "li")
    account(cast.zhao, "zhao")
    return cast


@WIDTHS
def test_pages_of_the_rules(cast: Cast, browser_page: OpenPage, size: tuple[int, int]) -> None:
    """规则的每个页面：无障碍规则全开零违规，不横向滚动，点按目标不小于 44 像素。"""
    waiting = propose_notice(notice(), by=cast.li)
    own = _own_value(cast)
    page = browser_page(size=size)
    for address in (
        "/rules/",
        "/rules/reply.limit/",
        "/rules/art41.counted/",
        "/rules/calendar/2026/",
        f"/rules/calendar/{clock.today().year + 1}/",
    ):
        _open(page, address)
    sign_in(page, "li")
    series = NumberSeries.objects.get()
    for address in (
        "",
        "notices/",
        "notices/new/",
        f"notices/{waiting.uid}/",
        "parameters/",
        "parameters/?only=unsure",
        "parameters/reply.limit/",
        "parameters/correction.period/",
        f"values/{own.uid}/",
        "numbers/",
        f"numbers/{series.uid}/",
    ):
        _open(page, f"/desk/rulebook/{address}")


@WIDTHS
def test_from_the_text_to_the_approval(
    cast: Cast, browser_page: OpenPage, size: tuple[int, int]
) -> None:
    """一人粘贴通知正文、核对、提出；另一人看过会变动的期限后批准。"""
    officer, leader = browser_page(size=size), browser_page(size=size)
    sign_in(officer, "li")
    officer.goto("/desk/rulebook/notices/new/")
    officer.get_by_label("哪一年的安排").first.fill("2027")
    officer.get_by_label("通知正文").fill(write_announcement(parse_notice(notice())))
    officer.get_by_role("button", name="读成行").click()
    expect(officer.get_by_role("main").get_by_role("status")).to_contain_text(
        "读出放假 7 项，调休上班 3 天"
    )
    officer.get_by_label("从哪里看到的原文").fill("中国政府网（测试，虚构）")
    officer.get_by_role("button", name="核对").click()
    expect(officer.get_by_role("main").get_by_role("status")).to_contain_text("没有发现矛盾")
    sound(officer)
    officer.get_by_role("button", name="提出，请另一人批准").click()
    expect(officer.locator("main")).to_contain_text("须由另一人")
    row = HolidayNotice.objects.get()
    sign_in(leader, "zhao")
    leader.goto(f"/desk/rulebook/notices/{row.uid}/")
    leader.get_by_role("button", name="按上面的影响批准").click()
    expect(leader.locator("main")).to_contain_text("批准时变动了什么")
    expect(leader.get_by_role("row", name=re.compile("粮食局"))).to_contain_text("2027-03-01")
    leader.goto("/rules/calendar/2027/")
    expect(leader.locator("main")).not_to_contain_text("暂定。")
    sound(leader)


def _own_value(cast: Cast) -> Parameter:
    return propose_parameter(
        "correction.period",
        value="10",
        since=date(2026, 1, 1),
        source="县政府办通知（测试）",
        certainty="P",
        by=cast.li,
    )


def _open(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    sound(page)
