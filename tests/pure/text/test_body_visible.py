"""What a reader sees, what the author is asked, and how two texts differ."""

from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.body.cleaning import clean
from gongkai.text.body.comparison import Change, ComparedCell, Row, Run, compare, side
from gongkai.text.body.questions import Question, questions
from gongkai.text.body.visible import Numbered, Part, paragraphs, visible_text

TEXT = (
    "<h2>一、标准</h2><p>按<strong>下表</strong>执行，见<a href='a.html'>细则</a>：</p>"
    "<table><caption>标准表</caption><tr><th>对象</th><th>金额</th></tr>"
    "<tr><td><p>低保</p><p>特困</p></td><td>700<br>元</td></tr></table>"
    "<ul><li>首页<ul><li>副页</li></ul></li></ul><blockquote>附注<br>两行</blockquote><hr>"
)


def test_visible_text_is_what_a_reader_sees() -> None:
    """逐段逐行，格与格分开。"""
    assert visible_text(TEXT) == (
        "一、标准\n按下表执行，见细则：\n标准表\n对象\t金额\n低保 特困\t700 元\n首页\n副页\n附注\n两行"
    )


def test_paragraphs_are_numbered_with_anchors() -> None:
    """审核人指着“第几段”说话：段号连续，表格一行一号。"""
    found = paragraphs(TEXT)
    assert [(one.number, one.part) for one in found] == [
        (1, Part.HEADING),
        (2, Part.PARAGRAPH),
        (3, Part.CAPTION),
        (4, Part.ROW),
        (5, Part.ROW),
        (6, Part.ITEM),
        (7, Part.ITEM),
        (8, Part.PARAGRAPH),
    ]
    assert found[0] == Numbered(1, Part.HEADING, ("一、标准",), ("一、标准",))
    assert found[4].anchor == "p-5"


def test_questions_name_the_paragraph() -> None:
    """无障碍环境建设法：图片说明、表头、链接文字，逐项问作者。"""
    html = (
        "<p>甲</p><table><tr><td>东河镇</td><td>12</td></tr><tr><td><img src='files/0a1b2c3d-格.png'></td><td>9</td></tr></table>"
        "<p><img src='files/0a1b2c3d-图.png' alt=''><img src='files/0a1b2c3d-饰.png' alt='' data-decorative='true'>"
        "<img src='files/0a1b2c3d-有.png' alt='流程'>请<a href='a'>点击<strong>这里</strong></a>或看<a href='b'>实施细则</a></p>"
    )
    no_alt = "图片“{}”没有文字说明：看不见图的人不知道内容。请点图片、按“图片”写一句说明；只起装饰作用的，请标记为装饰图片。"
    assert questions(html) == [
        Question(
            2,
            "表格（首行“东河镇、12”）没有表头：读屏软件读不出每格是什么。"
            "请把表头所在的行设为表头；不是数据的表格请改成段落。",
        ),
        Question(3, no_alt.format("格.png"), must=True),
        Question(4, no_alt.format("图.png"), must=True),
        Question(
            4,
            "链接文字“点击这里”没有说明指向哪里：单独读到它的人不知道会打开什么。"
            "请改成所指内容的名称，例如文件标题。",
        ),
    ]


def test_long_text_without_headings_is_asked_for_them() -> None:
    """长文没有标题：指出像标题的一段；设了标题就不再问。"""
    long = "<p>" + "正文" * 400 + "</p><p>一、总体要求</p><p>" + "正文" * 400 + "</p>"
    assert questions(long) == [
        Question(
            2,
            "正文超过 1000 字而没有一个标题：读者和读屏软件无法按标题查找。"
            "第 2 段“一、总体要求”像是标题，请设为标题，其余同级的一并设置。",
        )
    ]
    assert questions(long.replace("<p>一、总体要求</p>", "<h2>一、总体要求</h2>")) == []
    assert questions("<p>短文</p>") == []


def test_comparison_shows_words_cells_and_lonely_rows() -> None:
    """改动标到字词，表格标到格，数字整体比较。"""
    old = "<p>自2024年起施行。</p><table><tr><th>镇</th></tr><tr><td>东河</td></tr></table><p>删去的一段话</p>"
    new = "<p>自2025年起施行。</p><table><tr><th>镇</th><th>注</th></tr><tr><td>东河</td></tr></table>"
    same, changed = Change.SAME, Change.CHANGED
    first = (
        Run(same, "自"),
        Run(Change.REMOVED, "2024"),
        Run(Change.ADDED, "2025"),
        Run(same, "年起施行。"),
    )
    head = (
        ComparedCell(same, (Run(same, "镇"),)),
        ComparedCell(Change.ADDED, (Run(Change.ADDED, "注"),)),
    )
    body = (ComparedCell(same, (Run(same, "东河"),)),)
    gone = (ComparedCell(Change.REMOVED, (Run(Change.REMOVED, "删去的一段话"),)),)
    assert compare(old, new) == [
        Row(changed, Part.PARAGRAPH, 1, 1, (ComparedCell(changed, first),)),
        Row(changed, Part.ROW, 2, 2, head),
        Row(same, Part.ROW, 3, 3, body),
        Row(Change.REMOVED, Part.PARAGRAPH, 4, None, gone),
    ]


def test_changed_link_shows_though_the_words_are_the_same() -> None:
    """只换了链接地址也是改动，不能显示为相同。"""
    (row,) = compare("<p><a href='a'>细则</a></p>", "<p><a href='b'>细则</a></p>")
    assert (row.change, row.markup_only) == (Change.CHANGED, True)
    (row,) = compare("<p>甲</p>", "<h2>甲</h2>")
    assert (row.change, row.markup_only) == (Change.CHANGED, True)


LINES = st.lists(st.text(alphabet="甲乙丙丁1 2a。", max_size=12), max_size=8)
TABLE = st.lists(
    st.lists(st.text(alphabet="甲乙1", max_size=4), min_size=1, max_size=4), max_size=4
)


def _html(lines: list[str], table: list[list[str]]) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table)
    return clean("".join(f"<p>{line}</p>" for line in lines) + f"<table>{rows}</table>").html


@settings(max_examples=300, deadline=None)
@given(LINES, TABLE, LINES, TABLE)
def test_sides_of_a_comparison_are_exactly_the_texts(
    old: list[str], old_table: list[list[str]], new: list[str], new_table: list[list[str]]
) -> None:
    """对照表的新一侧就是新文，旧一侧就是旧文，一字不差。"""
    before, after = _html(old, old_table), _html(new, new_table)
    rows = compare(before, after)
    assert side(rows, without=Change.ADDED) == visible_text(before)
    assert side(rows, without=Change.REMOVED) == visible_text(after)
    assert [row.old for row in rows if row.old] == [one.number for one in paragraphs(before)]
    assert [row.new for row in rows if row.new] == [one.number for one in paragraphs(after)]


@settings(max_examples=50, deadline=None)
@given(LINES)
def test_text_compared_with_itself_is_all_same(lines: list[str]) -> None:
    """同一文本对照，没有一处改动。"""
    html = _html(lines, [["甲", "乙"], ["1", "2"]])
    assert {row.change for row in compare(html, html)} == {Change.SAME}


def test_long_texts_are_compared_in_bounded_time() -> None:
    """二十页、打乱的文本和一段极长的文字都比得完。"""
    draw = random.Random(1)
    lines = [f"第{n}条各单位应当落实主动公开目录第{draw.random()}项。" * 5 for n in range(120)]
    shuffled = lines[:]
    draw.shuffle(shuffled)
    one, other = "".join(lines) * 3, "".join(shuffled) * 3
    started = time.monotonic()
    for before, after in ((lines, shuffled), ([one], [other])):
        old, new = ("".join(f"<p>{line}</p>" for line in text) for text in (before, after))
        assert side(compare(old, new), without=Change.REMOVED) == visible_text(new)
    assert time.monotonic() - started < 30
