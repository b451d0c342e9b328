"""The page of verdicts: complete, tied together, safe, and alone."""

from __future__ import annotations

import importlib
import itertools
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from gongkai.annualreport.checking.finding import finding
from gongkai.annualreport.format import load_format
from gongkai.annualreport.model import build
from gongkai.annualreport.reading.page import Reading
from gongkai.annualreport.verdict.html import write_body, write_page
from gongkai.annualreport.verdict.judge import conclude
from gongkai.annualreport.verdict.verdict import Verdict, unreadable
from tests.pure.annualreport.reports import clean

WRONG = {"t3.r1.tot": 99, "t4.rev.t": 9, "t3.r4_1.com": "/", "t3.r5_2.nat": None}


def judged(source: str = "a.json", **changes: object) -> Verdict:
    report = replace(clean(WRONG), **changes)  # type: ignore[arg-type]
    return conclude(Reading(source=source, report=report))


def tree(markup: str) -> Any:
    return importlib.import_module("lxml.html").document_fromstring(markup)


def text_of(element: Any) -> str:
    return "".join(str(element.text_content()).split())


def test_page_stands_alone() -> None:
    """一个文件就是全部：没有脚本，不取任何外部内容，链接只到本页。"""
    page = tree(write_page([judged(), unreadable("b.doc", "读不了。")]))
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
    assert [link for link in page.xpath("//@href") if not link.startswith("#")] == []
    assert page.xpath("//html/@lang") == ["zh-Hans"]


def test_every_link_leads_somewhere_and_no_id_is_twice() -> None:
    """同一份报告出现两次，编号也不重复；每个链接都有去处。"""
    page = tree(write_page([judged(), judged(), unreadable("b.doc", "读不了。")]))
    ids = Counter(page.xpath("//@id"))
    assert [one for one, count in ids.items() if count > 1] == []
    assert {link.removeprefix("#") for link in page.xpath("//@href")} - set(ids) == set()
    named = " ".join(page.xpath("//@headers | //@aria-labelledby")).split()
    assert set(named) - set(ids) == set()


def test_wrong_cell_says_what_it_should_be_and_leads_to_why() -> None:
    """错格：标记、应为多少、见哪一项；那一项写明原因并能回到错格。"""
    verdict = judged()
    page = tree(write_page([verdict]))
    (mark,) = page.xpath("//*[@id='f1-t4.rev.t']")
    assert (mark.tag, mark.get("class")) == ("a", "v-mark v-error")
    (item,) = page.xpath("//li[@id=$id]", id=mark.get("href").removeprefix("#"))
    n = item.get("value")
    alike = [f for f in verdict.findings if "t4.rev.t" in f.cells and f.severity == "error"]
    more = f"等{len(alike)}项" if len(alike) > 1 else ""
    assert text_of(mark) == f"✗9应为3见第{n}项{more}"
    (found,) = [f for f in verdict.findings if f.code == "L-01"]
    assert "".join(found.message.split()) in text_of(item)
    assert "#f1-t4.rev.t" in item.xpath(".//@href")


def test_every_cell_is_printed_once_and_only_wrong_ones_are_marked() -> None:
    """三张表照官方格式印出全部 200 格；标记的正是有问题的格子；空白写明空白。"""
    verdict = judged()
    page = tree(write_page([verdict]))
    assert (
        len(
            page.xpath(
                "//table[contains(@class, 'report-table')]//td[not(contains(@class, 'note'))]"
            )
        )
        == 200
    )
    wrong = {f"f1-{key}" for f in verdict.findings if f.severity != "info" for key in f.cells} & {
        f"f1-{key}" for key in load_format("2021").kinds
    }
    assert set(page.xpath("//a[contains(@class, 'v-mark')]/@id")) == wrong
    (blank,) = page.xpath("//*[@id='f1-t3.r5_2.nat']//*[@class='v-blank']")
    assert blank.text == "空白"


def test_findings_are_all_there_the_gravest_first() -> None:
    """每一项都在，按轻重排列，连续编号，写明依据。"""
    verdict = judged()
    page = tree(write_page([verdict]))
    items = page.xpath("//li[contains(@class, 'v-finding')]")
    assert [int(item.get("value")) for item in items] == list(range(1, len(verdict.findings) + 1))
    kinds = [item.get("class").removeprefix("v-finding v-") for item in items]
    assert kinds == sorted(kinds, key=["error", "warning", "info"].index)
    codes = Counter(item.xpath(".//code")[0].text for item in items)
    assert codes == Counter(f.code for f in verdict.findings)
    ordered = [f for s in ("error", "warning", "info") for f in verdict.of(s)]
    for item, found in zip(items, ordered, strict=True):
        assert "".join(f"依据：{found.basis}{found.code}".split()) in text_of(item)


def test_doubtful_reading_shows_every_candidate() -> None:
    """读法不止一种：逐种列出，列名就是各格的名称，空白写明。"""
    columns = load_format("2021").t3.columns
    doubt = finding(
        "R-01",
        "这一行有两种读法。",
        cells=[f"t3.r1.{column.key}" for column in columns],
        candidates=((1, 2, 0, 0, 0, 0, 3), (12, None, 0, 0, 0, 0, 12)),
    )
    verdict = Verdict(source="a", report=clean(), findings=(doubt,))
    (table,) = tree(write_page([verdict])).xpath("//table[@class='v-readings']")
    rows = [[text_of(cell) for cell in row] for row in table.xpath(".//tr")]
    assert rows == [
        ["", *(column.label for column in columns)],
        ["读法1", "1", "2", "0", "0", "0", "0", "3"],
        ["读法2", "12", "空白", "0", "0", "0", "0", "12"],
    ]


def test_summary_lists_every_file_with_its_verdict() -> None:
    """总表：每份一行，链接到本份；只有一份时不列总表。"""
    verdicts = [
        conclude(Reading(source="好.json", report=clean())),
        unreadable("b.doc", "读不了。"),
    ]
    page = tree(write_page(verdicts))
    rows = [[text_of(cell) for cell in row] for row in page.xpath("//table[@class='v-list']//tr")]
    assert rows[1:] == [
        ["好.json", "✓未见问题", "0", "0", "青禾县人民政府2024年政府信息公开工作年度报告"],
        ["b.doc", "—无法检查", "—", "—", "读不了。"],
    ]
    assert page.xpath("//table[@class='v-list']//a/@href") == ["#f1", "#f2"]
    assert tree(write_page(verdicts[:1])).xpath("//table[@class='v-list']") == []


@pytest.mark.parametrize("many", [1, 2])
def test_what_a_file_says_is_never_markup(many: int) -> None:
    """文件名、机关名、格子里的内容带有标记，也只当文字。"""
    evil = '"><script>alert(1)</script><img src=x onerror=a>'
    report = build(
        issuer=f"{evil}县人民政府", year=2024, cells={"t3.r1.nat": evil}, sections={"1": evil}
    )
    verdict = replace(conclude(Reading(source=evil, report=report)), note=evil)
    page = tree(write_page([verdict] * many))
    assert page.xpath("//script | //img | //@onerror") == []
    assert text_of(page).count("".join(evil.split())) >= 3 * many


def test_headings_go_down_one_step_at_a_time() -> None:
    """标题逐级：h1、h2、h3、h4，不跳级。"""
    levels = [int(tag[1]) for tag in re.findall(r"<(h[1-6])", write_page([judged(), judged()]))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert levels.count(1) == 1


def test_body_can_stand_in_another_page() -> None:
    """站内页面嵌入同样的内容：没有样式，标题从 h2 起。"""
    body = write_body([judged()])
    assert "<style" not in body
    assert "<h1" not in body
    assert body in write_page([judged()])
