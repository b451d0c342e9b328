"""真实浏览器打开真实服务：两种屏幕宽度都能显示，页面没有脚本错误。"""

from __future__ import annotations

import pytest

from tests.journeys.browsing import DESK, PHONE, OpenPage


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_page_that_does_not_exist_is_shown_at_both_widths(
    browser_page: OpenPage, size: tuple[int, int]
) -> None:
    """不存在的地址：回答 404；页面不比屏幕宽。"""
    page = browser_page(size=size)
    answer = page.goto("/no-such-page/")
    assert answer is not None
    assert answer.status == 404
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_the_browser_speaks_to_the_clerk_in_chinese(browser_page: OpenPage) -> None:
    """浏览器自己的话也是中文：手册的图里，日期写“年/月/日”，文件按钮写“选择文件”。"""
    page = browser_page()
    page.set_content('<input id="one" required>')
    assert page.evaluate("one.validationMessage") == "请填写此字段。"
