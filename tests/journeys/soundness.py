"""What every page must be: no axe rule broken, nothing sticking out, nothing too small to hit.

No rule is ever switched off here. A page that fails is mended, in its template or its style sheet.
"""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LOOKS = ("standard", "elder", "contrast", "grey")
LEAST_TARGET = {"standard": 44, "elder": 60, "contrast": 44, "grey": 44}
"""The least height in CSS pixels of what a thumb should hit."""
RULED = (375, 1280)
"""Where the rules of axe run: between the two, only sizes could differ, and those are measured."""
MEASURED = (320, 768)
"""320 is a desk screen of 1280 pixels enlarged four times (WCAG 2.2, 1.4.10)."""

_RULES = """
async () => {
  const found = await axe.run(document, {resultTypes: ['violations'], elementRef: false});
  return found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]);
}
"""
_SIZES = """
(least) => {
  const targets = document.querySelectorAll('a, button, select, textarea, summary, input:not([type=hidden])');
  // What a box or a dot is hit by is its label. A link in running text or over a whole card has no height of its own.
  const hit = (e) => (e.matches('[type=checkbox], [type=radio]') && e.labels[0]) || e;
  return {
    wide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    small: [...targets]
      .filter((e) => e.checkVisibility() && !e.matches('.skip') && !e.closest('.prose, .card, .verdicts'))
      .filter((e) => Math.round(hit(e).getBoundingClientRect().height) < least)
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
STILL = {"reduced_motion": "reduce"}
"""A colour half way between two looks has a contrast of its own."""


def sound(page: Page, look: str = "standard") -> None:
    """Check the page that is open as it stands: this width, this look."""
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(_RULES) == [], (page.url, look, page.viewport_size)
    _fits(page, look)


def sound_in_every_look(page: Page) -> None:
    """Check the page that is open in every look and at every width, without loading it again."""
    page.evaluate(AXE_SCRIPT)
    for look in LOOKS:
        page.context.add_cookies([{"name": "look", "value": look, "url": _root(page)}])
        page.evaluate(_SWITCH, look)
        for width in sorted({*RULED, *MEASURED}):
            page.set_viewport_size({"width": width, "height": 900})
            if width in RULED:
                assert page.evaluate(_RULES) == [], (page.url, look, width)
            _fits(page, look)


def _fits(page: Page, look: str) -> None:
    found = page.evaluate(_SIZES, LEAST_TARGET[look])
    assert found == {"wide": 0, "small": []}, (page.url, look, page.viewport_size)


def _root(page: Page) -> str:
    """The address of the site: a cookie set for a page would be sent below that page only."""
    return str(page.evaluate("location.origin"))
