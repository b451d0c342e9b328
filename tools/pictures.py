"""Pictures of the pages in every look, from a running demo: ``python -m tools.pictures http://127.0.0.1:8000``.

Writes the contact sheets of ``SHEETS`` to ``docs/images``, every page at phone, tablet and desk width, and
the few full pages named in ``FULL``. Colours are reduced to a palette, so that the repository
stays small; the same pages give the same pictures, and running it again only replaces them.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import launch

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
STYLES = IMAGES.parents[1] / "src/gongkai/portal/static/portal"
LOOKS = ("standard", "elder", "contrast", "grey")
WIDTHS = (375, 768, 1280)
HEIGHT = 900
MOST_BYTES = 190_000
PATIENCE = 120_000
"""How many milliseconds a page may take: a demo that has just been loaded still writes its public pages."""
_SCALE, _GAP, _GROUND = 0.3, 12, (128, 124, 116)
_PALETTES = (64, 40, 24)


@dataclass(frozen=True)
class Shot:
    """A page to show, seen by the demo's officer, who is signed in.

    *link*: a selector; shown is where the first such link of the page leads, for pages whose address a loading draws anew.
    """

    name: str
    address: str
    link: str = ""


STAFF_AND_REPORTS = (
    Shot("home", "/"),
    Shot("report", "/report/SQ0000001/2024/"),
    Shot("cell", "/report/SQ0000001/2024/cell/t3.new.tot/"),
    Shot("check", "/check/"),
    Shot("organs", "/o/"),
    Shot("rules", "/rules/"),
    Shot("desk", "/desk/"),
    Shot("inbox", "/desk/inbox/"),
    Shot("cases", "/desk/cases/"),
    Shot("returns", "/desk/returns/"),
    Shot("agencies", "/desk/agencies/"),
    Shot("account", "/desk/me/"),
    Shot("preflight", "/desk/report/SQ0000001/2024/"),
    Shot("draft-cell", "/desk/report/SQ0000001/2024/cell/t3.new.tot/"),
    Shot("rulebook", "/desk/rulebook/"),
)
OPEN_INFORMATION = (
    Shot("items", "/n/"),
    Shot("item", "/n/", "#main li a[href^='/n/']"),
    Shot("columns", "/c/"),
    Shot("column", "/c/finance/"),
    Shot("organ", "/o/SQ0000013/"),
    Shot("search", "/search/?q=老旧小区 停车"),
    Shot("licences", "/licences/"),
    Shot("guide", "/o/SQ0000013/guide/"),
    Shot("catalogue", "/catalogue/"),
    Shot("apply", "/apply/"),
    Shot("apply-form", "/apply/form/"),
    Shot("status", "/apply/status/"),
)
PUBLISHING = (
    Shot("drafts", "/desk/items/"),
    Shot("new", "/desk/items/new/"),
    Shot("review", "/desk/review/all/"),
    Shot("publication", "/desk/publication/"),
    Shot("registers", "/desk/registers/"),
    Shot("columns", "/desk/columns/"),
    Shot("sharing", "/desk/sharing/"),
    Shot("screening", "/desk/screening/"),
)
CASEWORK = (
    Shot("intake", "/desk/intake/"),
    Shot("counter", "/desk/intake/counter/"),
    Shot("cases", "/desk/cases/"),
    Shot("case", "/desk/cases/?state=served", "#main table a"),
    Shot("statistics", "/desk/cases/statistics/?year=2024"),
    Shot("log", "/desk/cases/log/?year=2024"),
    Shot("disputes", "/desk/disputes/"),
    Shot("fees", "/desk/fees/"),
    Shot("letters", "/desk/letters/"),
    Shot("letter", "/desk/letters/D13/"),
)
# A new page is one line in one of these.
SHEETS = (
    ("looks", STAFF_AND_REPORTS),
    ("information", OPEN_INFORMATION),
    ("publishing", PUBLISHING),
    ("casework", CASEWORK),
)
# Pictures of one page: file name, address, look, width, and where on the page to begin (a selector).
FULL = (
    ("report-desk", "/report/SQ0000001/2024/", "standard", 1280, ".redhead"),
    ("report-phone", "/report/SQ0000001/2024/", "standard", 375, ".t3"),
    ("charts-desk", "/report/SQ0000001/2024/", "standard", 1280, ".illustrations"),
    ("preflight-desk", "/desk/report/SQ0000001/2024/", "standard", 1280, ""),
    ("home-elder-phone", "/", "elder", 375, ""),
    ("home-contrast-desk", "/", "contrast", 1280, ""),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", help="address of a running demo")
    parser.add_argument("--login", default="demo-officer")
    parser.add_argument("--password", default="gongkai-demo-2024")
    parser.add_argument("--only", nargs="+", metavar="sheet", help="these sheets and nothing else")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = _open(browser, asked.site)
        _sign_in(page, asked.login, asked.password)
        for sheet, shots in SHEETS:
            for look in LOOKS if not asked.only or sheet in asked.only else ():
                keep(_contact_sheet(page, asked.site, look, shots), f"{sheet}-{look}")
        for name, address, look, width, start in () if asked.only else FULL:
            _choose(page, asked.site, look)
            keep(_picture(page, address, width, start), name)
        browser.close()


def _open(browser: Browser, site: str) -> Page:
    context = browser.new_context(
        base_url=site, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/desk/sign-in/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state("networkidle")


def _choose(page: Page, site: str, look: str) -> None:
    page.context.add_cookies([{"name": "look", "value": look, "url": site}])


def _picture(page: Page, address: str, width: int, start: str = "") -> Image.Image:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(address)
    if start:
        page.locator(start).first.evaluate("e => scrollTo(0, e.getBoundingClientRect().top - 24)")
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def _at_every_width(page: Page, shot: Shot) -> list[Image.Image]:
    page.goto(shot.address)
    if shot.link:
        page.goto(str(page.locator(shot.link).first.get_attribute("href")))
    taken = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        taken.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    return taken


def _contact_sheet(page: Page, site: str, look: str, shots: Sequence[Shot]) -> Image.Image:
    """Two pages a row, each at its three widths."""
    _choose(page, site, look)
    cells = [_at_every_width(page, shot) for shot in shots]
    across = int(sum(WIDTHS) * _SCALE) + _GAP * len(WIDTHS)
    down = int(HEIGHT * _SCALE) + _GAP
    rows = -(-len(cells) // 2)
    sheet = Image.new("RGB", (2 * across + _GAP, rows * down + _GAP), _GROUND)
    for n, pictures in enumerate(cells):
        x, y = _GAP + (n % 2) * across, _GAP + (n // 2) * down
        for picture in pictures:
            size = (int(picture.width * _SCALE), int(picture.height * _SCALE))
            sheet.paste(picture.resize(size, Image.Resampling.LANCZOS), (x, y))
            x += size[0] + _GAP
    return sheet


def keep(picture: Image.Image, name: str) -> None:
    """Write the picture with as many colours as fit under the limit; smaller where none do."""
    while True:
        for colours in _PALETTES:
            packed = io.BytesIO()
            few = picture.quantize(palette=_palette(picture, colours), dither=Image.Dither.NONE)
            few.save(packed, "PNG", optimize=True)
            if packed.tell() < MOST_BYTES:
                (IMAGES / f"{name}.png").write_bytes(packed.getvalue())
                print(f"{name}.png {picture.width}×{picture.height} {packed.tell() // 1000} kB")
                return
        picture = picture.resize((picture.width * 9 // 10, picture.height * 9 // 10))


def _palette(picture: Image.Image, colours: int) -> Image.Image:
    """The tokens of every look as they are, and averages for the soft edges of letters."""
    flat = [part for token in _tokens() for part in bytes.fromhex(token)]
    soft = picture.quantize(colours).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette((flat + soft)[: 3 * 256])
    return palette


def _tokens() -> list[str]:
    sheets = [STYLES / "css" / "tokens.css", *sorted((STYLES / "look").glob("*.css"))]
    found = [re.findall(r"#([0-9a-f]{6})", sheet.read_text("utf-8")) for sheet in sheets]
    return sorted({token for tokens in found for token in tokens})


if __name__ == "__main__":
    main()
