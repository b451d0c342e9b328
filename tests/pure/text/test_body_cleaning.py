"""What is pasted becomes one clean fragment, whatever program it comes from."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.text.body.cleaning import BodyRefused, Cleaned, clean
from gongkai.text.body.guard import LARGEST
from gongkai.text.body.model import Words
from gongkai.text.body.survey import strictly
from gongkai.text.body.visible import visible_text

FRAGMENTS = Path(__file__).parent / "fragments"
PASTED = sorted(path.name[:-5] for path in FRAGMENTS.glob("*.html") if ".clean" not in path.name)

TAGS = [
    "p",
    "div",
    "span",
    "b",
    "i",
    "u",
    "a",
    "h1",
    "h2",
    "h3",
    "h5",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "blockquote",
    "br",
    "hr",
    "img",
    "sub",
    "sup",
    "font",
    "strong",
    "pre",
    "section",
    "o:p",
    "del",
    "script",
    "svg",
    "form",
    "style",
]
ATTRIBUTES = (
    *("", ' style="font-weight:bold"', ' style="text-align:center"', " rowspan=3", " colspan=2"),
    *(' href="x.html"', ' href="javascript:1"', ' src="图.png" alt="a<b"', ' src="a.png"'),
    *(' href="#a"', ' style="display:none"', ' data-decorative="true" src=z.png', " start=4"),
    *(' class="MsoHeading2"', " align=center onclick=1", ' rowspan="-1" colspan="99999999999"'),
)
LETTERS = (
    "中\n文",
    " \n",
    "　",
    "&nbsp;&nbsp;",
    "\u200b",
    "a b",
    "&lt;b&gt;",
    "<!-- x -->",
    "&#13;",
)
PIECES = st.one_of(
    st.tuples(st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)).map(lambda t: f"<{t[0]}{t[1]}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.one_of(st.text(max_size=5), st.sampled_from(LETTERS)),
)
MARKUP = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize("name", PASTED)
def test_pasted_fragment_becomes_exactly_this(name: str) -> None:
    """Word、WPS、微信、Excel、旧网站的粘贴内容：整理结果与告知的话整体比较。"""
    result = clean((FRAGMENTS / f"{name}.html").read_text(encoding="utf-8"))
    told = "".join(f"<!-- {sentence} -->\n" for sentence in result.lost)
    expected = (FRAGMENTS / f"{name}.clean.html").read_text(encoding="utf-8")
    assert f"{told}{result.html}\n" == expected


def test_fragments_are_at_least_thirty() -> None:
    """样例不少于三十份，少一份就有一种来源没人看着。"""
    assert len(PASTED) >= 30


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(MARKUP)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    """整理过的再整理不变，也没有什么可再丢的：签封的字节与显示的一致。"""
    once = clean(html)
    assert clean(once.html) == Cleaned(once.html, ())
    assert strictly(once.html) == once.html


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="甲乙丙 ab<>&\"'\u3000\n", min_size=1), max_size=5))
def test_letters_are_never_lost(texts: list[str]) -> None:
    """整理只动格式：段落里的字一个不少。"""
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in texts]
    shown = visible_text(clean("".join(f"<p>{text}</p>" for text in escaped)).html)
    assert "".join(shown.split()) == "".join("".join(texts).split())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("   \n<p>&nbsp;</p><table><tr><td></td></tr></table>", ""),
        ("只有字", "<p>只有字</p>"),
        ("\ud800甲\x00乙\x1b", "<p>甲乙</p>"),
        ("<h4>甲</h4><h2>乙</h2><h4>丙</h4><h3>丁</h3>", "<h2>甲</h2>\n<h2>乙</h2>\n<h3>丙</h3>\n<h3>丁</h3>"),
        ("<a href='http://['>坏</a>", "<p>坏</p>"),
        (
            "<img src='files/0a1b2c3d-图.png' alt='示 意\n图'>",
            '<p><img src="files/0a1b2c3d-图.png" alt="示 意图"></p>',
        ),
        ("<img src='图.png'><img src='files/0a1b2c3-图.png'><img src='files/0a1b2c3d-a/b.png'>", ""),
        ("<img src='a/../../b.png'><img src='x.png?y'>", ""),
        ("<table><tr><td colspan=0 rowspan=x>甲</td><td>乙</td></tr></table>",
         "<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_odd_input_is_answered(html: str, expected: str) -> None:
    """空的、残缺的、带控制字符的输入都有确定的结果。"""
    assert clean(html).html == expected


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("字" * (LARGEST + 1), "正文有 6.0 兆字符，超过 6 兆的上限，没有保存"),
        ("<div>" * 300_000, "一层套一层"),
        ("".join(f"<p><b id={n}>甲" for n in range(20_000)), "没有闭合"),
        ("<table><tr><td>" * 5_000, "一层套一层"),
    ],
    ids=["long", "nested", "unclosed", "tables"],
)
def test_hostile_html_is_refused_at_once(html: str, reason: str) -> None:
    """会拖垮整理程序的内容：立刻拒绝，说明怎么办。"""
    started = time.monotonic()
    with pytest.raises(BodyRefused, match=reason):
        clean(html)
    assert time.monotonic() - started < 10


def test_deep_lists_join_the_one_around() -> None:
    """层数过多的列表并入外层，字不丢，再整理不变。"""
    result = clean("<ul><li>甲" * 60)
    assert visible_text(result.html).count("甲") == 60
    assert clean(result.html) == result


_PASTED = """
import resource
from pathlib import Path
from gongkai.text.body.cleaning import clean
cell = "<td class=xl65 style='width:58pt'><font color=red>示例</font></td>"
html = f"<table>{('<tr height=19>' + cell * 10) * 7500}</table>"
cells = clean(html).html.count("<td>")
seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime
# Not ru_maxrss: a process inherits that of the one that started it, here the tests'.
status = Path("/proc/self/status").read_text()
peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
print(len(html) > 4_900_000, cells, seconds < 60, peak < 400_000)
"""


def test_a_table_of_five_megabytes_is_taken_in_within_time_and_memory() -> None:
    """粘贴五兆字符的表格：一格不少，时间不超过一分钟，内存不超过 400 MB；再大的拒绝（上一条）。"""
    done = subprocess.run(
        [sys.executable, "-c", _PASTED], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True 75000 True True\n"


def test_words_are_values() -> None:
    """相邻而写法相同的字合成一段，比较的是值。"""
    assert clean("<b>甲</b><strong>乙</strong>").html == "<p><strong>甲乙</strong></p>"
    assert Words("甲") == Words("甲")
