"""Every page in four looks and at every width: all axe rules, no sideways scrolling, targets, keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Page, expect

from gongkai.people.audience import Audience
from tests.journeys.conftest import DESK, PHONE, OpenPage
from tests.journeys.walk import pages
from tests.rooms.portal.scene import PASSWORD, Scene, account, freeze_and_release, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = ("standard", "elder", "contrast", "grey")
WIDTHS = (375, 768, 1280)
RULED = (375, 1280)
"""Where the rules of axe run: between the two, only sizes could differ, and those are measured."""
NARROWEST = 320
"""A desk screen of 1280 pixels enlarged four times (WCAG 2.2, 1.4.10)."""
LEAST_TARGET = {"standard": 44, "elder": 60, "contrast": 44, "grey": 44}
LEAST_FOCUS = {"standard": 3, "elder": 5, "contrast": 4, "grey": 3}
_SOUND = """
async ([least, rules]) => {
  const found = rules ? await axe.run(document, {resultTypes: ['violations'], elementRef: false}) : {violations: []};
  const targets = document.querySelectorAll('a, button, select, textarea, summary, input:not([type=hidden], [type=checkbox], [type=radio])');
  return {
    axe: found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]),
    wide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    small: [...targets]
      .filter((e) => e.checkVisibility() && !e.matches('.skip') && !e.closest('.prose, .card, .verdicts'))
      .filter((e) => Math.round(e.getBoundingClientRect().height) < least)
      .map((e) => e.outerHTML),
  };
}
"""
_SWITCH = """
(name) => new Promise((done) => {
  const old = document.getElementById('look');
  const fresh = old.cloneNode();
  fresh.href = '/look.css?' + name;
  fresh.onload = () => { old.remove(); requestAnimationFrame(() => requestAnimationFrame(done)); };
  old.after(fresh);
})
"""
_VOICE = """
window.spoken = [];
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => [], cancel: () => {}, pause: () => {}, resume: () => {},
  speak: (one) => { window.spoken.push(one.text); window.last = one; },
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
STILL = {"reduced_motion": "reduce"}
"""A colour half way between two looks has a contrast of its own."""
SOUND = {"axe": [], "wide": 0, "small": []}


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    scene = make_scene()
    freeze_and_release(scene)
    account(scene.cast.li, "li")
    return scene


@pytest.mark.parametrize("audience", list(Audience))
def test_every_page_is_sound(scene: Scene, browser_page: OpenPage, audience: Audience) -> None:
    """每个页面 × 四种显示方式 × 三种宽度：无障碍规则全开零违规，不横向滚动，点按目标够大。"""
    page = browser_page(**STILL)
    if audience is Audience.STAFF:
        _sign_in(page)
    for place in pages(scene, "li"):
        if place.audience is audience:
            page.goto(place.address)
            _sound(page)


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
    _sound(page)


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
    page.goto("/")
    page.get_by_role("button", name="朗读").click()
    expect(page.locator(".being-read")).to_have_text("政府信息公开工作年度报告")
    page.evaluate("last.onend()")
    expect(page.locator(".being-read")).to_contain_text("这里公布本县各机关的年度报告")
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


def _sound(page: Page) -> None:
    """Check the page that is open in every look and at every width, without loading it again."""
    page.evaluate(AXE_SCRIPT)
    for look in LOOKS:
        page.context.add_cookies([{"name": "look", "value": look, "url": _root(page)}])
        page.evaluate(_SWITCH, look)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(_SOUND, [LEAST_TARGET[look], width in RULED])
            assert found == SOUND, (page.url, look, width)
        page.set_viewport_size({"width": NARROWEST, "height": 640})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (page.url, look, NARROWEST)


def _root(page: Page) -> str:
    """The address of the site: a cookie set for a page would be sent below that page only."""
    return str(page.evaluate("location.origin"))


def _sign_in(page: Page) -> None:
    page.goto("/desk/sign-in/")
    page.get_by_label("登录名").fill("li")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="待办", exact=True)).to_be_visible()
