"""A report beside other reports: copied wording is found, rewritten wording is not."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

import pytest

from gongkai.annualreport.checking.follow_up import followed_up, measures_of, problems_of
from gongkai.annualreport.checking.likeness import coverage, likeness, own_names, sentences
from gongkai.annualreport.comparison.comparison import compare
from gongkai.annualreport.comparison.figures import movements
from gongkai.annualreport.comparison.html import write_page
from gongkai.annualreport.comparison.text import write_text
from gongkai.annualreport.comparison.wording import section_likeness
from gongkai.annualreport.model import Cell, Report, build
from tests.pure.annualreport.reports import clean_cells

html: Any = importlib.import_module("lxml.html")  # it carries no types
LAST = (
    "2023年在县图书馆设立查询点，配备两台自助终端，接待群众查阅300人次。"
    "青禾县人民政府办公室每季度抽查村级公开栏，督促更换陈旧内容。"
    "统计期限自2023年1月1日起至2023年12月31日止。"
)
COPIED = (
    "2024年在县图书馆设立查询点，配备两台自助终端，接待群众查阅412人次。"
    "青禾县人民政府办公室每季度抽查村级公开栏，督促更换陈旧内容。"
    "统计期限自2024年1月1日起至2024年12月31日止。"
)
REWRITTEN = (
    "把自助终端搬进政务大厅，图书馆的老读者也能一站办完，全年有412位居民用过。"
    "村里的公示墙改由联络员轮流拍照上传，过期的当天摘下。"
    "统计期限自2024年1月1日起至2024年12月31日止。"
)


def report(
    one: str = "",
    five: str = "",
    *,
    year: int = 2024,
    issuer: str = "青禾县人民政府",
    cells: dict[str, Cell] | None = None,
) -> Report:
    """A report with these sections."""
    return build(
        issuer=issuer,
        year=year,
        cells=clean_cells() | (cells or {}),
        sections={"1": one, "5": five},
    )


def test_copied_paragraph_is_found_and_a_rewritten_one_is_not() -> None:
    """只换年份和数字的照抄算雷同；同一件事重新写过的不算；统计期限句两边都不计。"""
    before = report(LAST, year=2023)
    copied = section_likeness(report(COPIED), before, "1")
    assert (copied.share, len(copied.pairs)) == (1.0, 2)
    assert copied.pairs[0].now.endswith("412人次")
    assert copied.pairs[0].other.endswith("300人次")
    rewritten = section_likeness(report(REWRITTEN), before, "1")
    assert (rewritten.share, rewritten.pairs) == (0.0, ())
    assert rewritten.counted > 0
    half = section_likeness(report(COPIED + REWRITTEN), before, "1")
    assert [pair.other for pair in half.pairs] == [pair.other for pair in copied.pairs]
    assert half.share == copied.same / (copied.counted + rewritten.counted)


def test_joining_sentences_and_changing_the_body_hides_nothing() -> None:
    """句号改逗号、换成本机关名称，照样认得出。"""
    joined = COPIED.replace("人次。", "人次，").replace("青禾县", "白石县")
    neighbour = report(joined, issuer="白石县人民政府")
    found = section_likeness(neighbour, report(COPIED), "1")
    assert (found.share, len(found.pairs)) == (1.0, 1)


def test_unchanged_share_is_zero_without_text_and_one_with_itself() -> None:
    """没有正文是 0，与自己相比是 1。"""
    assert section_likeness(report(), report(LAST), "1").share == 0.0
    assert section_likeness(report(LAST), report(LAST), "1").share == 1.0


FIVE = "主要问题：一是图解形式单一，群众看不懂。二是村级公开栏更新迟缓。下一步，一是增加方言短视频解读；二是建立村级公开栏巡查台账。"


def test_neighbours_with_the_same_section_5_are_named() -> None:
    """第五部分与邻县雷同超过限度：N-10 写明是谁、多少；不雷同的不报。"""
    own_way = "存在不足：热线答复口径不统一，答复慢。今后将编写问答手册，每月校对一次口径。"
    neighbours = [
        report(five=FIVE, issuer="白石县人民政府"),
        report(five=own_way, issuer="红松县人民政府"),
    ]
    result = compare(report(five=FIVE), neighbours=neighbours)
    assert [one.section("5").share for one in result.neighbours] == [1.0, 0.0]
    assert [(f.code, f.actual) for f in result.findings] == [("N-10", "100%")]
    assert "白石县人民政府 2024 年报告" in result.findings[0].message
    assert compare(report(five=own_way), neighbours=neighbours[:1]).exit_code == 0


def test_problems_and_measures_are_taken_apart() -> None:
    """问题和措施逐项分开，成绩、开场白、过渡句不算。"""
    text = (
        "2023年，我县政府信息公开工作取得了一定成绩，但还存在一些不足，如：公开队伍流动大；"
        "基层点位布局不够合理。下一步整改措施：一是组建县乡两级联络员名册，二是按人口重划点位。"
    )
    assert problems_of(text) == ("公开队伍流动大", "基层点位布局不够合理")
    assert measures_of(text) == ("组建县乡两级联络员名册", "按人口重划点位")
    assert problems_of(FIVE) == ("图解形式单一，群众看不懂", "村级公开栏更新迟缓")
    assert measures_of(FIVE) == ("增加方言短视频解读", "建立村级公开栏巡查台账")
    assert (problems_of(""), measures_of("一切正常。")) == ((), ())


def test_last_years_matters_are_answered_or_not_with_the_nearest_sentence() -> None:
    """有下文的给出那一句；没有的也给出最接近的一句供人判断。"""
    now = report(
        "（一）主动公开情况\n全年制作方言短视频解读26条，点击1.2万次。网站改版上线。",
        "村级公开栏巡查台账已覆盖全部行政村。",
    )
    found = followed_up(now, (*measures_of(FIVE), "开通盲文查询服务窗口"))
    assert [(one.answered, one.nearest.sentence if one.nearest else None) for one in found] == [
        (True, "全年制作方言短视频解读26条，点击1.2万次"),
        (True, "村级公开栏巡查台账已覆盖全部行政村"),
        (False, None),
    ]


def test_only_last_years_promises_are_followed_up() -> None:
    """更早年份只比文字和数字；上年的问题和措施没有下文各一条 P-07。"""
    years = [report(five=FIVE, year=2022), report(five=FIVE, year=2023)]
    result = compare(report("本年无变化。", "仍有差距，今后努力。"), years)
    assert [(one.other.year, len(one.problems), len(one.measures)) for one in result.years] == [
        (2023, 2, 2),
        (2022, 0, 0),
    ]
    assert [(f.code, f.actual) for f in result.findings] == [
        ("P-07", "2 项没有找到"),
        ("P-07", "2 项没有找到"),
    ]


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        (900, 449, True),
        (900, 450, False),
        (900, 1800, False),
        (900, 1801, True),
        (0, 10, True),
        (0, 9, False),
        (2, 9, False),
        (None, 900, False),
    ],
)
def test_movements_respect_ratio_and_small_numbers(
    before: int | None, now: int, moved: bool
) -> None:
    """倍数超出 0.5—2 才算，差额小于 10 的小数字不算，空白不比。"""
    earlier = report(year=2023, cells={"t2.licence": before})
    found = movements(report(cells={"t2.licence": now}), earlier)
    assert [one.key for one in found] == (["t2.licence"] if moved else [])
    if moved and before == 0:
        assert found[0].ratio is None


def test_text_and_page_show_the_same() -> None:
    """文本和网页都列出相同的句子、下文、变动；网页独立、表有标题、文字转义。"""
    before = report(LAST + "旧<b>句子</b>原样保留在报告的最后一段里。", FIVE, year=2023)
    now = report(COPIED + "旧<b>句子</b>原样保留在报告的最后一段里。", "仍有差距，今后努力。")
    moved = replace(now, figures={**now.figures, "t2.licence": 9000})
    result = compare(moved, [before], [replace(before, issuer="白石县人民政府", year=2024)])
    text, page = write_text(result), write_page(result)
    assert "    第一部分 100%（相同 3 句）" in text
    assert "表二“行政许可”·本年处理决定数量：900 → 9000（＋8100，10.00 倍）" in text
    assert "✗ 改进措施：增加方言短视频解读（没有找到下文）" in text
    tree = html.fromstring(page)
    assert "<b>句子</b>" not in page
    assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption")) == 2
    links = {link.removeprefix("#") for link in tree.xpath("//a/@href")}
    assert links <= set(tree.xpath("//@id"))
    assert tree.xpath("//section[@id='year-0']//h3")[0].text_content() == (
        "2023 年第五部分的下文（4 项，2 项有）"
    )


def test_measures_of_likeness() -> None:
    """相同为 1，无关为 0；机关名称拆出各级地名；小标题不是句子。"""
    assert likeness("公开栏更新", "公开栏更新") == 1.0
    assert likeness("公开栏更新", "方言短视频") == 0.0
    assert coverage("加强村级公开栏巡查", "已完成村级公开栏巡查30次") == 1.0
    assert own_names("南川市青禾县教育局") == (
        "南川市青禾县教育局",
        "青禾县教育局",
        "南川市",
        "青禾县",
        "教育局",
    )
    assert sentences("（一）主动公开情况\n全年公开。\n1.平台建设") == ("全年公开",)
