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
  const over = document.documentElement.scrollWidth - innerWidth;
  return [
    ...(over > 0 ? [`sticks out by ${over}px`] : []),
    ...[...targets]
      .filter((e) => e.checkVisibility() && !e.matches('.skip, .empty a:not(.door)'))
      .filter((e) => !e.closest('.prose, .card, .verdicts'))
      .filter((e) => Math.round(hit(e).getBoundingClientRect().height) < least)
      .map((e) => `too small: ${e.outerHTML}`),
  ];
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
    found = [*_against_rules(page, look), *_misfits(page, look)]
    assert not found, "\n".join(found)


def faults_in_every_look(page: Page) -> list[str]:
    """Return what is wrong with the open page in any look, at any width, without loading it again."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for look in LOOKS:
        page.context.add_cookies([{"name": "look", "value": look, "url": _root(page)}])
        page.evaluate(_SWITCH, look)
        for width in sorted({*RULED, *MEASURED}):
            page.set_viewport_size({"width": width, "height": 900})
            if width in RULED:
                found += _against_rules(page, look)
            found += _misfits(page, look)
    return found


def _against_rules(page: Page, look: str) -> list[str]:
    return [f"{_where(page, look)} {rule}" for rule in page.evaluate(_RULES)]


def _misfits(page: Page, look: str) -> list[str]:
    return [f"{_where(page, look)} {what}" for what in page.evaluate(_SIZES, LEAST_TARGET[look])]


def _where(page: Page, look: str) -> str:
    width = (page.viewport_size or {"width": 0})["width"]
    return f"{page.url} {look} {width}:"


def _root(page: Page) -> str:
    """The address of the site: a cookie set for a page would be sent below that page only."""
    return str(page.evaluate("location.origin"))
