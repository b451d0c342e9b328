"""Every page in four looks and at every width: all axe rules, no sideways scrolling, targets, keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.journeys import faulty
from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.journeys.soundness import LOOKS, STILL, faults_in_every_look
from tests.journeys.walk import public_pages, staff_pages
from tests.rooms.portal.scene import Scene, freeze_and_release, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SESSION_COOKIE = django_settings.SESSION_COOKIE_NAME
LEAST_FOCUS = {"standard": 3, "elder": 5, "contrast": 4, "grey": 3}
_VOICE = """
window.spoken = [];
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => [], cancel: () => {}, pause: () => {}, resume: () => {},
  speak: (one) => { window.spoken.push(one.text); window.last = one; },
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    scene = make_scene()
    freeze_and_release(scene)
    return scene


def test_every_public_page_is_sound(scene: Scene, browser_page: OpenPage) -> None:
    """公众的每个页面 × 四种显示方式 × 四种宽度：无障碍规则全开零违规，不横向滚动，点按目标够大。"""
    page = browser_page(**STILL)
    found: list[str] = []
    for place in public_pages(scene):
        page.goto(place.address)
        found += faults_in_every_look(page)
    assert not found, "\n".join(found)


def test_every_staff_page_is_sound(
    scene: Scene, browser_page: OpenPage, live_server: LiveServer
) -> None:
    """工作人员的每个页面，各由一个打得开它的人打开：同样的要求。"""
    page = browser_page(**STILL)
    found: list[str] = []
    for place in staff_pages(scene):
        page.context.add_cookies(
            [{"name": SESSION_COOKIE, "value": place.session, "url": live_server.url}]
        )
        answer = page.goto(place.address)
        assert answer is not None
        assert (answer.status, page.url) == (
            200,
            live_server.url + quote(place.address, safe="/?=&"),
        )
        found += faults_in_every_look(page)
    assert not found, "\n".join(found)


def test_every_page_of_a_fault_is_sound(
    transactional_db: None, browser_page: OpenPage, settings: Settings
) -> None:
    """出错的页面（不对、无权、没有、太大、太频繁、出错、忙）：同样的要求。"""
    settings.ROOT_URLCONF = faulty.__name__
    page = browser_page(**STILL)
    found: list[str] = []
    for status, address in [*faulty.ADDRESSES.items(), (403, faulty.CSRF)]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status, address
        found += faults_in_every_look(page)
    assert not found, "\n".join(found)


def test_verdict_is_sound(scene: Scene, browser_page: OpenPage) -> None:
    """检查结论是提交后才有的页面：同样的要求。"""
    page = browser_page(**STILL)
    body = page.request.get(f"{scene.address}report.json").body()
    page.goto("/check/")
    page.get_by_label("年度报告（可选多份）").set_input_files(
        {"name": "示例.json", "mimeType": "application/json", "buffer": _wrong(body)}
    )
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_role("heading", name="检查结论", exact=True)).to_be_visible()
    assert faults_in_every_look(page) == []


def test_without_a_script_a_look_is_chosen_and_said(scene: Scene, browser_page: OpenPage) -> None:
    """没有脚本：点“长辈版”回到原页，样式变了，并写明正在使用；需要脚本的按钮不出现。"""
    page = browser_page(size=PHONE, java_script_enabled=False)
    page.goto(f"{scene.address}cell/t3.new.tot/")
    page.get_by_role("link", name="长辈版").click()
    expect(page).to_have_url(f"{scene.address}cell/t3.new.tot/")
    expect(page.get_by_role("link", name=re.compile("长辈版 *（正在使用）"))).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_script_says_which_look_is_on(scene: Scene, browser_page: OpenPage) -> None:
    """有脚本：正在使用的一项有 aria-current；大鼠标、十字线只在长辈版和高对比出现，并记住。"""
    page = browser_page()
    page.goto("/")
    expect(page.locator(".tool[aria-current]")).to_have_text("✓ 标准（正在使用）")
    expect(page.get_by_role("button", name="大鼠标")).to_be_hidden()
    page.get_by_role("link", name="高对比").click()
    page.get_by_role("button", name="大鼠标").click()
    page.get_by_role("button", name="十字线").click()
    page.reload()
    expect(page.get_by_role("button", name="大鼠标")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("html")).to_have_class("large-pointer")
    expect(page.locator(".guide")).to_have_count(2)


def test_page_is_read_aloud_by_paragraphs(scene: Scene, browser_page: OpenPage) -> None:
    """朗读：从标题起逐段，正在读的一段有标记；可暂停、继续、停止（按钮或 Esc）。"""
    page = browser_page()
    page.add_init_script(_VOICE)
    page.goto("/report/")
    page.get_by_role("button", name="朗读").click()
    expect(page.locator(".being-read")).to_have_text("政府信息公开工作年度报告")
    page.evaluate("last.onend()")
    expect(page.locator(".being-read")).to_contain_text("报告里的数字不是手填的")
    assert page.evaluate("spoken.length") == 2
    page.get_by_role("button", name="暂停").click()
    expect(page.locator("#reader-said")).to_have_text("朗读已暂停")
    page.get_by_role("button", name="继续").click()
    page.keyboard.press("Escape")
    expect(page.locator(".being-read")).to_have_count(0)
    expect(page.get_by_role("button", name="停止朗读")).to_be_hidden()


def test_browser_without_a_voice_shows_no_button(scene: Scene, browser_page: OpenPage) -> None:
    """浏览器不会朗读：不出现朗读按钮。"""
    page = browser_page()
    page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    page.goto("/")
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    expect(page.get_by_role("button", name="朗读")).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS)
def test_keyboard_alone(scene: Scene, browser_page: OpenPage, look: str) -> None:
    """只用键盘：第一个是“跳到正文”；每个停留处都有看得见的焦点框；回车跳到正文。"""
    page = browser_page(size=DESK)
    page.goto(f"/look/{look}?back={scene.address}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    for _ in range(12):
        width, style = page.evaluate(
            "[parseFloat(getComputedStyle(document.activeElement).outlineWidth),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert (width, style) == (LEAST_FOCUS[look], "solid")
        page.keyboard.press("Tab")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def _wrong(body: bytes) -> bytes:
    """The report with one total that does not add up, so that the page has findings to show."""
    report = json.loads(body)
    report["t3"]["new"]["tot"] = 99
    return json.dumps(report).encode()
