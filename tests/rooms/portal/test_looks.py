"""The looks: who sees which sheet, where a choice leads back, and contrast in every mode, measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from gongkai.portal.looks import LOOKS, back_to, chosen, sheet

ROOT = Path(__file__).resolve().parents[3]
TOKENS = ROOT / "src/gongkai/portal/static/portal/css/tokens.css"
DESIGN = ROOT / "docs/design.md"
LEAST = {"standard": 4.5, "elder": 4.5, "grey": 4.5, "contrast": 7.0}
"""The least ratio of words to their ground (WCAG 2.2, 1.4.3 and 1.4.6)."""
LEAST_SHAPE = 3.0
"""The least ratio of a line one must see: the edge of a field, the focus (1.4.11)."""
_PAIR = re.compile(r"^\| `(--[a-z-]+)` \| ((?:`--[a-z-]+` ?)+)\| (字|形) \|", re.MULTILINE)
_VALUE = re.compile(r"(--[a-z-]+):\s*(#[0-9a-f]{6});")
COLOURED = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)


def test_each_cookie_has_its_sheet(client: Client) -> None:
    """四种 cookie 各得其样式；没有和乱写的得默认的样式；缓存按 cookie 区分，每次都问。"""
    for name in (look.name for look in LOOKS):
        client.cookies["look"] = name
        answer = client.get("/look.css")
        assert (answer.content, answer["Content-Type"]) == (sheet(name), "text/css; charset=utf-8")
        assert (answer["Vary"], answer["Cache-Control"]) == ("Cookie", "no-cache")
    for nonsense in ("", "pink", "../tokens", "standard;"):
        client.cookies["look"] = nonsense
        assert client.get("/look.css").content == sheet("standard")


def test_default_is_for_who_has_not_chosen(client: Client, settings: Settings) -> None:
    """哀悼日全站默认灰度；自己选了标准的，仍是标准。"""
    settings.LOOK_DEFAULT = "grey"
    assert client.get("/look.css").content == sheet("grey")
    assert (chosen("standard", "grey"), chosen(None, "grey")) == ("standard", "grey")


def test_unchanged_sheet_is_not_sent_again(client: Client) -> None:
    """没有变就回答 304；换了样式就发新的。"""
    etag = client.get("/look.css")["ETag"]
    assert client.get("/look.css", headers={"If-None-Match": etag}).status_code == 304
    client.cookies["look"] = "elder"
    assert client.get("/look.css", headers={"If-None-Match": etag}).status_code == 200


def test_choice_is_kept_and_leads_back(client: Client) -> None:
    """选择写入 cookie 一年，回到原来的页面；不存在的样式 404。"""
    answer = client.get("/look/elder?back=/report/T00000001/2024/?page=2&a=b")
    assert (answer.status_code, answer["Location"]) == (
        303,
        "/report/T00000001/2024/?page=2&a=b",
    )
    kept = answer.cookies["look"]
    assert (kept.value, kept["max-age"], kept["samesite"]) == ("elder", 365 * 86400, "Lax")


@pytest.mark.django_db
def test_unknown_look_is_not_found(client: Client) -> None:
    """没有这种显示方式：404，不写 cookie。"""
    answer = client.get("/look/pink?back=/")
    assert (answer.status_code, dict(answer.cookies)) == (404, {})


@pytest.mark.parametrize(
    "query",
    [
        "",
        "back=",
        "back=report",
        "back=//evil.example",
        "back=/\\evil.example",
        "back=\\\\evil.example",
        "back=https://evil.example",
        "back=javascript:alert(1)",
        "back=/a b",
        "back=/a\r\nSet-Cookie:x=1",
        "back=/a\x00",
        "back=/县",
        "a=1&back=/report/",
    ],
)
def test_back_leads_nowhere_else(query: str) -> None:
    """只回本站的地址：别的网站、换行、空格一律回首页（防止开放重定向）。"""
    assert back_to(query) == "/"


@pytest.mark.django_db
def test_page_is_the_same_for_everybody_but_for_its_look(client: Client) -> None:
    """四种显示方式下，首页的字节完全相同：静态页面不用存四份。"""
    pages = set()
    for look in LOOKS:
        client.cookies["look"] = look.name
        pages.add(client.get("/").content)
    assert len(pages) == 1
    assert b'href="/look/elder?back=/"' in pages.pop()


@pytest.mark.django_db
def test_look_chosen_on_an_answered_form_leads_back_to_the_form(client: Client) -> None:
    """提交后的页面不能再用 GET 打开：切换显示方式回到表单所在的页面。"""
    answer = client.post("/check/", {}, headers={"Referer": "http://testserver/check/"})
    assert 'href="/look/elder?back=/check/"' in answer.content.decode()
    stranger = client.post("/check/", {}, headers={"Referer": "https://evil.example/x"})
    assert 'href="/look/elder?back=/"' in stranger.content.decode()


@pytest.mark.parametrize("look", [look.name for look in LOOKS])
def test_contrast_of_every_pair(look: str) -> None:
    """设计说明里列出的每一对颜色：文字不低于 4.5:1（高对比 7:1），线和框不低于 3:1。"""
    tokens = {**_values(TOKENS.read_text("utf-8")), **_values(sheet(look).decode())}
    poor = [
        (words, ground, round(ratio, 2))
        for words, ground, kind in _pairs()
        if (ratio := contrast(tokens[words], tokens[ground]))
        < (LEAST[look] if kind == "字" else LEAST_SHAPE)
    ]
    assert poor == []


def test_every_colour_is_a_token() -> None:
    """颜色只写在记号和显示方式里（打印除外），量过的对比度才算数；每个颜色记号都在量的表里。"""
    folder = TOKENS.parent
    outside = {
        sheet.name: COLOURED.findall(sheet.read_text("utf-8"))
        for sheet in folder.glob("*.css")
        if sheet.name not in {"tokens.css", "print.css"}
    }
    assert {name: found for name, found in outside.items() if found} == {"parts.css": ["#ffffff"]}
    measured = {token for words, ground, _ in _pairs() for token in (words, ground)}
    assert set(_values(TOKENS.read_text("utf-8"))) - measured == {
        "--line"
    }  # ornament, says nothing


def test_contrast_of_black_on_white() -> None:
    """算法本身：黑白 21:1，同色 1:1，#767676 对白 4.54:1。"""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert contrast("#123456", "#123456") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def contrast(one: str, other: str) -> float:
    """Return the WCAG ratio of two colours, at least 1."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _values(text: str) -> dict[str, str]:
    """The colours of the first rule of each sheet; those for other media come later and are left out."""
    return dict(_VALUE.findall(text.split("@media")[0]))


def _pairs() -> list[tuple[str, str, str]]:
    found = [
        (words, ground, kind)
        for words, grounds, kind in _PAIR.findall(DESIGN.read_text("utf-8"))
        for ground in re.findall(r"--[a-z-]+", grounds)
    ]
    assert len(found) > 30
    return found
