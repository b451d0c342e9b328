"""The pages in a real browser, at phone and desk width: every axe rule, no sideways scrolling, thumbs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.journeys.signing_in import sign_in
from tests.journeys.soundness import sound
from tests.rooms.portal.scene import YEAR, Scene, account, freeze_and_release, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = pytest.mark.parametrize("size", [PHONE, DESK], ids=["375", "1280"])


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """A released report, and accounts of who freezes and who releases."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    scene = make_scene()
    freeze_and_release(scene)
    account(scene.cast.li, "li")
    account(scene.cast.zhao, "zhao")
    return scene


@WIDTHS
def test_public_pages(scene: Scene, browser_page: OpenPage, size: tuple[int, int]) -> None:
    """公开页面：无障碍规则零违规，不横向滚动，点按目标不小于 44 像素。"""
    page = browser_page(size=size)
    for address in (
        "/",
        scene.address,
        f"{scene.address}cell/t3.new.tot/",
        f"{scene.address}cell/t2.fee/",
        f"{scene.address}cell/t3.r3_1.com/",
        f"{scene.address}clock/{scene.extended.url_key}/",
        f"{scene.address}clock/{scene.late.url_key}/",
        "/no-such-page/",
        "/desk/sign-in/",
    ):
        page.goto(address)
        sound(page)


@WIDTHS
def test_staff_pages(scene: Scene, browser_page: OpenPage, size: tuple[int, int]) -> None:
    """工作人员页面：同样的要求；2025 年的草稿上有阻碍和提示。"""
    page = browser_page(size=size)
    sign_in(page, "li")
    for address in (
        "/desk/",
        scene.desk_address,
        f"{scene.desk_address}?on={YEAR}-06-30",
        f"{scene.desk_address}cell/t3.new.tot/",
        f"{scene.desk_address}cell/t2.fee/",
    ):
        page.goto(address)
        sound(page)


def test_from_a_figure_to_the_days(scene: Scene, browser_page: OpenPage) -> None:
    """从报告的数字，到清单，到一件申请的期限日表：三次点按。"""
    page = browser_page(size=PHONE)
    page.goto("/")
    page.get_by_role("link", name=re.compile("示例县人民政府$")).last.click()
    page.get_by_role("link", name="表三“（一）予以公开”·商业企业：1").click()
    expect(page.locator(".value")).to_have_text("1 件")
    page.get_by_role("link", name=re.compile("答复期限是怎么算的")).click()
    expect(page.locator(".verdict")).to_have_text("逾期办结")
    expect(page.locator("tr.due .due-mark")).to_have_text("期满")


def test_second_freeze_and_its_release(scene: Scene, browser_page: OpenPage) -> None:
    """一人定稿，另一人公布，各在自己的浏览器里。"""
    officer, leader = browser_page(), browser_page()
    sign_in(officer, "li")
    officer.goto(scene.desk_address)
    officer.get_by_role("button", name="定为第 2 稿").click()
    expect(officer.get_by_role("row", name=re.compile("第 2 稿"))).to_contain_text("待负责人公布")
    sign_in(leader, "zhao")
    leader.goto(scene.desk_address)
    leader.get_by_role("button", name="公布第 2 稿").click()
    leader.get_by_role("link", name="已公布").click()
    expect(leader.locator(".colophon")).to_contain_text("第 2 稿")


def test_keyboard_reaches_a_wide_table(scene: Scene, browser_page: OpenPage) -> None:
    """只用键盘：先到跳转链接；宽表格的滚动区可以聚焦。"""
    page = browser_page(size=PHONE)
    page.goto(scene.address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    region = page.get_by_role("region", name="收到和处理政府信息公开申请情况")
    region.focus()
    expect(region).to_be_focused()


def test_sections_of_the_desk_are_folded_on_a_telephone(
    scene: Scene, browser_page: OpenPage
) -> None:
    """手机上工作台的栏目收在一个按钮后面，点开才占地方；没有脚本、宽屏时照样全部列出。"""
    page = browser_page(size=PHONE)
    sign_in(page, "li")
    entry = page.get_by_role("link", name="收件登记", exact=True)
    button = page.get_by_role("button", name=re.compile("^栏目"))
    expect(entry).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    sound(page)
    entry.click()
    expect(page.get_by_role("heading", name="收件登记", level=1)).to_be_visible()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    expect(button).to_be_hidden()
    expect(entry).to_be_visible()
    plain = browser_page(size=PHONE, java_script_enabled=False)
    sign_in(plain, "li")
    expect(plain.get_by_role("link", name="收件登记", exact=True)).to_be_visible()
