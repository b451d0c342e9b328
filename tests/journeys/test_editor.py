"""The editor in a real browser, under the strict policy: what is pasted from WPS, Word and the web comes through whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from gongkai.documents.intake import clean_body
from gongkai.documents.models import Edition
from gongkai.text.body.cleaning import clean
from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.journeys.signing_in import sign_in
from tests.journeys.soundness import sound
from tests.rooms.cast import make_cast
from tests.rooms.documents.drafts import draft
from tests.rooms.portal.scene import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FRAGMENTS = Path(__file__).parents[1] / "pure" / "text" / "fragments"
TEXT = "#id_text"
PASTE = """async (node, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const told = new Promise((resolve) => {
    new MutationObserver(resolve).observe(document.getElementById("editor-told"), { attributes: true, childList: true });
  });
  node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  await told;
  const field = document.getElementById("id_text");
  field.form.dispatchEvent(new Event("submit")); // the field gets the text at once
  return field.value;
}"""


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    """A draft 小陈 is writing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    cast = make_cast()
    account(cast.chen, "chen")
    return draft(cast)


def test_whatever_is_pasted_comes_through_and_is_saved(
    edition: Edition, browser_page: OpenPage
) -> None:
    """粘贴三十多份 WPS、Word、Excel、网页片段：进编辑器、写回文本框再整理，与直接整理的逐字相同；表格保存得下来。"""
    page = _editing(edition, browser_page(size=DESK))
    wrong = [name for name, html in _fragments() if _pasted(page, html) != clean(html).html]
    assert wrong == []
    table = (FRAGMENTS / "wps_table_bold_spans.html").read_text()
    _pasted(page, table)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name="经过", exact=True)).to_be_visible()
    edition.refresh_from_db()
    assert edition.content.text == clean(table).html


def test_the_editor_is_used_with_keys_alone(edition: Edition, browser_page: OpenPage) -> None:
    """只用键盘：工具栏一站、方向键、表格加行、撤销；手机宽度与无障碍规则都过。"""
    page = _editing(edition, browser_page(size=PHONE))
    surface = page.get_by_role("textbox", name="正文")
    surface.press("Control+a")
    surface.press("Delete")
    surface.press("Alt+F10")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("一、标准")
    expect(page.get_by_role("button", name="一级标题")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    surface.press("Alt+F10")
    page.get_by_role("button", name="插入表格").press("Enter")
    for word in ("等级", "价格", "备注", "一等"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    sound(page)
    page.wait_for_timeout(400)  # the field gets the text after a pause
    assert clean_body(page.locator(TEXT).input_value()) == (
        "<h2>一、标准</h2>\n<table><thead><tr><th>等级</th><th>价格</th><th>备注</th></tr></thead>"
        "<tbody><tr><td>一等</td><td></td><td></td></tr></tbody></table>"
    )


def _editing(edition: Edition, page: Page) -> Page:
    sign_in(page, "chen")
    page.goto(f"/desk/items/{edition.document.url_key}/edit/")
    expect(page.get_by_role("textbox", name="正文")).to_be_visible()
    return page


def _pasted(page: Page, html: str) -> str:
    """Paste *html* in place of everything; return what the field then holds, cleaned by the server."""
    surface = page.get_by_role("textbox", name="正文")
    surface.press("Control+a")
    surface.press("Delete")
    return clean_body(str(surface.evaluate(PASTE, html)))


def _fragments() -> list[tuple[str, str]]:
    raw = sorted(one for one in FRAGMENTS.glob("*.html") if not one.name.endswith(".clean.html"))
    return [(one.name, one.read_text(encoding="utf-8")) for one in raw]
