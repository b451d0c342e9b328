"""Agencies in a real browser: every page sound on a phone and a desk, and a merger from form to heir."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from gongkai.agencies.actions import record_contact
from tests.journeys.browsing import OpenPage
from tests.journeys.signing_in import sign_in
from tests.journeys.soundness import sound
from tests.journeys.test_pages import WIDTHS
from tests.rooms.agencies.county import BASIS, CONTACT, merge
from tests.rooms.cast import SINCE, Cast, make_cast
from tests.rooms.portal.scene import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    cast = make_cast()
    account(cast.li, "li")
    record_contact(cast.grain, CONTACT, since=SINCE, by=cast.chen)
    return cast


@WIDTHS
def test_pages_of_agencies(cast: Cast, browser_page: OpenPage, size: tuple[int, int]) -> None:
    """机关的公开页面和工作台页面：无障碍零违规，不横向滚动，点按目标不小于 44 像素。"""
    merge(cast)
    page = browser_page(size=size)
    sign_in(page, "li")
    for address in (
        "/o/",
        "/o/T00000003/",
        "/o/T00000004/",
        "/desk/agencies/?closed=1",
        "/desk/agencies/T00000003/",
        "/desk/agencies/T00000004/",
        "/desk/agencies/T00000003/work/",
        "/desk/agencies/T00000003/contact/",
        "/desk/agencies/T00000003/change/",
        "/desk/agencies/T00000003/deputy/",
        "/desk/agencies/establish/",
    ):
        page.goto(address)
        sound(page)


def test_a_merger_is_read_before_it_is_confirmed(cast: Cast, browser_page: OpenPage) -> None:
    """并入：填表，看清单，确认；原机关的公开页面随后指向承接机关。"""
    page = browser_page()
    sign_in(page, "li")
    page.goto("/desk/agencies/T00000004/change/")
    page.get_by_label("生效日期").fill("2024-07-01")
    page.get_by_label("依据").fill(BASIS)
    page.get_by_label("承接机关1", exact=True).select_option("T00000003")
    page.get_by_label("承接机关1承接的职能").fill("全部职能")
    page.get_by_role("button", name="看会有什么变化").click()
    expect(page.get_by_role("row", name="在任的角色")).to_contain_text("示例县湖泊局")
    sound(page)
    page.get_by_role("button", name="看过了，确认办理").click()
    expect(page.get_by_text("起已撤销")).to_be_visible()
    page.goto("/o/T00000004/")
    page.get_by_role("link", name="示例县粮食局").click()
    expect(page.get_by_role("heading", name="示例县粮食局")).to_be_visible()
