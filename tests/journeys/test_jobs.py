"""Work that goes on behind an open page is seen to go on, and its end is seen too."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from gongkai.jobs import actions
from gongkai.jobs.kinds import Outcome
from gongkai.jobs.work import actions as working
from tests.journeys.signing_in import sign_in
from tests.rooms.cast import make_cast
from tests.rooms.jobs.planted import Planted, planted
from tests.rooms.portal.scene import account

__all__ = ["planted"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_open_page_follows_the_work_to_its_end(
    transactional_db: None, planted: Planted, page: Page
) -> None:
    """打开着的页面自己跟着走：进度变了就变，办完就显示结果；全程不违反本站的脚本规则。"""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    cast = make_cast()
    account(cast.chen, "chen")
    planted.kind("t.sum", lambda progress: Outcome("一共 3 件。"))
    job = actions.start("t.sum", by=cast.chen)
    taken = working.claim(job.uid, worker="甲")
    assert taken is not None
    sign_in(page, "chen")
    page.goto(f"/desk/jobs/{job.uid}/")
    page.evaluate("window.stayed = true")
    working.report_progress(taken, done=2, total=5, what="第三册")
    expect(page.get_by_text("2 / 5，第三册")).to_be_visible(timeout=10_000)
    assert page.evaluate("window.stayed")
    working.finish(taken, text="一共 3 件。", address="/desk/")
    expect(page.get_by_text("一共 3 件。")).to_be_visible(timeout=10_000)
