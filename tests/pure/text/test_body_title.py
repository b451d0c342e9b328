"""The title on the first lines of a document."""

from __future__ import annotations

import pytest

from gongkai.text.body.title import titled, without_title

SAID = "<p>各单位：</p>\n<p>一、目标。</p>"
NAME = "关于做好夏粮收购工作的通知"


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (f"<h2>{NAME}</h2>", NAME),
        (f"<p><strong>{NAME}</strong></p>", NAME),
        ("<p>关于做好夏粮<br>收购工作的通知</p>", NAME),
        ("<p>关于 2024 年预算的报告</p>", "关于 2024 年预算的报告"),
    ],
)
def test_the_title_leaves_the_text(above: str, title: str) -> None:
    """GB/T 9704-2012：标题在正文之前；取作标题的一行不在正文里再出现。"""
    assert titled(f"{above}\n{SAID}") == (title, SAID)


def test_letterhead_and_number_are_no_title() -> None:
    """红头、文号在标题之上，留在正文里由人取舍；有标题样式的优先于一行短字。"""
    above = "<p>示例县粮食局文件</p>\n<p>示粮〔2024〕5号</p>"
    assert titled(f"{above}\n<p>{NAME}</p>\n{SAID}") == (NAME, f"{above}\n{SAID}")
    assert titled(f"<p>内部</p>\n<h2>{NAME}</h2>\n{SAID}") == (NAME, f"<p>内部</p>\n{SAID}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        SAID,
        "<h2>一、总则</h2>\n<p>为了公开。</p>",
        '<p><img src="files/0123abcd-a.png" alt="图"></p>',
        "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>\n<p>短行</p>",
        f"<p>{'长' * 101}</p>",
    ],
)
def test_without_a_title_the_text_stays(text: str) -> None:
    """开头就是正文、表格、图片、分章标题的，不硬凑标题。"""
    assert titled(text) == ("", text)


def test_a_typed_title_is_not_repeated() -> None:
    """自己写的标题与文件开头相同的，正文里去掉；不同的，正文一字不动。"""
    text = f"<h2>{NAME}</h2>\n{SAID}"
    assert (without_title(text, NAME), without_title(text, "另一件")) == (SAID, text)
