"""An item's whole course in a browser: written, reviewed in four steps, live, found, withdrawn; with the manual's pictures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from gongkai.audit import clock
from gongkai.columns.actions.opening import adopt_standard_tree
from gongkai.people.actions.factors import enrol_factor
from gongkai.people.views.factor import RECENT
from gongkai.review.models import StageKind
from tests.journeys.browsing import PHONE, OpenPage
from tests.journeys.signing_in import fill_sign_in, sign_in
from tests.looks.ahead import Ahead
from tests.looks.album import shoot
from tests.rooms.cast import Cast, make_cast
from tests.rooms.portal.scene import account
from tests.rooms.review.panel import IN_ORDER, make_panel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MORNING = datetime(2025, 9, 22, 1, 30, tzinfo=UTC)
SECRET = pyotp.random_base32()
TITLE = "关于2025年秋粮收购价格的公告（示例）"
WORD = "容重等级"
REASON = "价格表有误，更正后重新发布"
TEXT = f"""<p>为做好秋粮收购，保护种粮农户利益，现将本县收购价格公告如下。</p>
<h2>一、收购价格</h2>
<table><caption>分等级收购价格（单位：元/公斤）</caption><thead><tr><th>{WORD}</th><th>玉米</th><th>小麦</th></tr></thead>
<tbody><tr><td>一等</td><td>2.36</td><td>2.52</td></tr><tr><td>二等</td><td>2.28</td><td>2.44</td></tr></tbody></table>
<h2>二、收购时间和地点</h2><ul><li>时间：10月8日至12月31日，每天8:00—18:00；</li><li>地点：各乡镇粮食收购站（示例）。</li></ul>
<p>监督电话：0000-0000000。</p>"""


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Ahead:
    found = Ahead(MORNING)
    monkeypatch.setattr(clock, "now", found.now)
    return found


@pytest.fixture
def cast(transactional_db: None, ahead: Ahead) -> Cast:
    """小陈 writes, a reviewer for each step, 终审甲 with an authenticator, 初审李 of the county's office."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    cast = make_cast()
    adopt_standard_tree(owner=cast.office, by=cast.li)
    account(cast.chen, "chen")
    account(cast.li, "li")
    for kind, person in make_panel(cast).items():
        user = account(person, kind.value)
        if kind is StageKind.FINAL:
            earlier = clock.now() - timedelta(
                seconds=30
            )  # its code is spent, the present one is not
            enrol_factor(user, secret=SECRET, code=pyotp.TOTP(SECRET).at(earlier), by=person)
    return cast


def test_an_item_from_its_first_word_to_its_withdrawal(
    cast: Cast, ahead: Ahead, browser_page: OpenPage
) -> None:
    """条例第十七条、三审：写、送审、四级各由一人通过（终审再验一次身份）、发布、没有脚本也查得到、撤下后网址写明并查不到。"""
    author = browser_page()
    sign_in(author, "chen")
    _write(author)
    for kind in IN_ORDER:
        _approve(browser_page(), kind, ahead)
    _publish(author)
    citizen = browser_page(java_script_enabled=False)
    _find(citizen)
    _withdraw(browser_page())
    citizen.reload()
    expect(citizen.get_by_role("heading", name="本条信息已撤下")).to_be_visible()
    expect(citizen.locator("#main")).to_contain_text(REASON)
    shoot(citizen, "item-withdrawn")
    _search(citizen)
    expect(citizen.locator(".empty-title")).to_have_text(f"没有包含“{WORD}”的公开信息")


def _write(page: Page) -> None:
    page.goto("/desk/items/")
    page.get_by_role("link", name="起草信息").click()
    page.get_by_label("种类").select_option("notice")
    page.get_by_label("标题").fill(TITLE)
    shoot(page, "drafting-new", "h1", above=0)
    page.get_by_role("button", name="保存，写正文").click()
    surface = page.get_by_role("textbox", name="正文")
    expect(surface).to_be_visible()
    page.get_by_label("主栏目").select_option("notices")
    surface.press("Control+a")
    surface.evaluate(_PASTE, TEXT)
    expect(surface.get_by_role("cell", name="2.36")).to_be_visible()
    shoot(page, "drafting-editor", "label[for=id_text]")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name="经过", exact=True)).to_be_visible()
    shoot(page, "drafting-item")
    page.get_by_role("link", name="预览第 1 版的网页").click()
    shown = page.frame_locator("iframe").get_by_role("heading", name=TITLE)
    expect(shown).to_be_visible()
    shoot(page, "drafting-preview")
    page.go_back()
    page.get_by_role("link", name="送审", exact=True).click()
    page.get_by_role("button", name="封存并送审").click()
    expect(page.locator("#main")).to_contain_text("等待保密审查")


_PASTE = """(node, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def _approve(page: Page, kind: StageKind, ahead: Ahead) -> None:
    page.goto("/desk/sign-in/")
    fill_sign_in(page, kind.value)
    if kind is StageKind.FINAL:
        _type_code(page, ahead)
        ahead.by += RECENT  # what was proved at the sign-in is proved no longer
    expect(page.get_by_role("heading", name="待办", exact=True)).to_be_visible()
    page.goto("/desk/review/")
    if kind is StageKind.SECRECY:
        shoot(page, "review-waiting")
    page.get_by_role("link", name=f"{kind.label}：{TITLE}").click()
    if kind is StageKind.FINAL:
        shoot(page, "review-code", size=PHONE)
        _type_code(page, ahead)
    page.get_by_label("通过").check()
    if kind is StageKind.SECOND:
        shoot(page, "review-verdict", "form:has([name=verdict])")
    page.get_by_role("button", name=f"签署{kind.label}意见").click()
    expect(page.get_by_text(f"{kind.label}已通过。")).to_be_visible()


def _type_code(page: Page, ahead: Ahead) -> None:
    page.get_by_label("验证码").fill(pyotp.TOTP(SECRET).at(ahead.now()))
    page.get_by_role("button", name="继续").click()


def _publish(page: Page) -> None:
    page.goto("/desk/publication/")
    page.get_by_role("link", name=TITLE).click()
    shoot(page, "publishing-now")
    page.get_by_role("button", name="现在发布").click()
    expect(page.locator(".page-head")).to_contain_text("正在公开第 1 版")


def _search(page: Page) -> None:
    page.goto("/search/")
    page.get_by_label("要找的词").fill(WORD)
    page.get_by_role("button", name="检索").click()


def _find(page: Page) -> None:
    _search(page)
    expect(page.locator(".search-count")).to_have_text("找到 1 条")
    shoot(page, "found-phone", size=PHONE)
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(page.get_by_role("cell", name="2.36")).to_be_visible()
    shoot(page, "item-desk")


def _withdraw(page: Page) -> None:
    sign_in(page, "li")
    page.goto("/desk/publication/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("撤下的理由").fill(REASON)
    shoot(page, "publishing-withdraw", "form[action$='/withdraw/']")
    page.get_by_role("button", name="撤下", exact=True).click()
    expect(page.locator(".page-head")).to_contain_text("已撤下")
