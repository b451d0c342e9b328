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
