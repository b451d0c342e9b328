"""Pictures for the manual, taken while a test goes through the pages: only when they are asked for.

``GONGKAI_PICTURES=1 pytest tests/looks/test_course.py tests/looks/requests`` writes them to ``docs/images``;
without it nothing is taken.
"""

from __future__ import annotations

import io
import os

from PIL import Image
from playwright.sync_api import Page

from tests.journeys.browsing import DESK
from tools.pictures import keep

EDGE = 20
"""CSS pixels of ground beside a part that is shown whole."""
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
    _keep(page.screenshot(animations="disabled"), name)
    if before:
        page.set_viewport_size(before)


def shoot_whole(page: Page, name: str, part: str = "#main") -> None:
    """Keep the whole of *part*, however long: a form to be read from its first field to its button."""
    box = page.locator(part).first.bounding_box()
    if not ASKED or box is None:
        return
    down = page.evaluate("scrollY")
    clip = {
        "x": max(box["x"] - EDGE, 0),
        "y": box["y"] + down,
        "width": box["width"] + 2 * EDGE,
        "height": box["height"],
    }
    _keep(page.screenshot(animations="disabled", full_page=True, clip=clip), name)  # type: ignore[arg-type]


def _keep(taken: bytes, name: str) -> None:
    keep(Image.open(io.BytesIO(taken)).convert("RGB"), name)
