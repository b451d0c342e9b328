"""Pictures for the manual, taken while a test goes through the pages: only when they are asked for.

``GONGKAI_PICTURES=1 pytest tests/looks/test_course.py`` writes them to ``docs/images``; without it nothing is taken.
"""

from __future__ import annotations

import io
import os

from PIL import Image
from playwright.sync_api import Page

from tests.journeys.browsing import DESK
from tools.pictures import keep

ASKED = os.environ.get("GONGKAI_PICTURES") == "1"


def shoot(
    page: Page, name: str, start: str = "", *, above: int = 120, size: tuple[int, int] = DESK
) -> None:
    """Keep what *page* shows at *size*: from the top, or *above* pixels before the element *start*."""
    if not ASKED:
        return
    before = page.viewport_size
    page.set_viewport_size({"width": size[0], "height": size[1]})
    place = f"document.querySelector({start!r}).getBoundingClientRect().top + scrollY - {above}"
    page.evaluate(f"scrollTo(0, {place if start else 0})")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    keep(picture, name)
    if before:
        page.set_viewport_size(before)
