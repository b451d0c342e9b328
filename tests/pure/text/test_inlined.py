"""A text that carries its looks: the same words, no picture, no link, no class, no script."""

from __future__ import annotations

import re

from gongkai.text.body.cleaning import clean
from gongkai.text.body.inlined import inlined
from gongkai.text.body.visible import visible_text

BODY = (
    "<h2>一、补贴标准</h2><p>每亩<strong>100</strong>元，见<a href='/n/2024/abc/'>通知</a>。</p>"
    "<ul><li>水稻</li><li>小麦</li></ul><blockquote><p>引文</p></blockquote><hr>"
    "<table><thead><tr><th>乡镇</th><th>面积</th></tr></thead>"
    "<tbody><tr><td>东河镇</td><td>12</td></tr></tbody></table>"
    "<p><img src='files/0123abcd-a.png' alt='田间'><img src='files/0123abce-b.png' alt='' data-decorative='true'></p>"
)


def test_the_words_are_the_same_and_the_looks_are_inside() -> None:
    """公众号：文字逐字相同，样式都写在标签里；图片变成说明，链接变成完整网址，没有类名和脚本。"""
    made = inlined(
        "关于<补贴>的通知", BODY, source="示例县粮食局", address="https://x.example/n/2024/xyz/"
    )
    body = clean(BODY).html
    shown = visible_text(clean(made).html)
    expected = visible_text(body).replace("见通知", "见通知（https://x.example/n/2024/abc/）")
    lines = [line for line in expected.splitlines() if line]
    assert [line for line in lines if line not in shown.splitlines()] == []
    assert shown.splitlines()[0] == "关于<补贴>的通知"
    assert shown.splitlines()[-2:] == ["来源：示例县粮食局", "原文：https://x.example/n/2024/xyz/"]
    assert "（图片：田间）" in shown
    assert re.findall(r"<(?:img|a|script)\b|class=|href=|src=", made) == []
    bare = set(re.findall(r"<(p|h1|h2|table|th|td|blockquote|ul|hr)>", made))
    assert bare == set()


def test_a_hostile_title_stays_letters() -> None:
    """标题和来源里的标签是文字，不是标签。"""
    made = inlined("<script>alert(1)</script>", "", source="<b>", address="https://x.example/")
    assert "<script>" not in made
    assert "&lt;script&gt;" in made
