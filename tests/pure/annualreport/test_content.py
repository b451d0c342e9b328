"""Traces of old drafts and of other bodies' reports, and what the older instrument did not ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annualreport.checking.check import check
from tests.pure.annualreport.reports import PROSE, clean


def codes(text: str, *wanted: str, issuer: str = "青禾县人民政府") -> list[str]:
    """Which of `wanted` a sentence added to section 一 raises."""
    report = replace(clean(sections={"1": PROSE["1"] + "\n" + text}), issuer=issuer)
    return [f.code for f in check(report) if f.code in wanted]


@pytest.mark.parametrize(
    "text",
    [
        "比2023年增加12件。",
        "根据《青禾县2022年政务公开工作要点》开展自查。",
        "自2019年起每季度通报。",
        "落实2021年修订的办事指南。",
        "完成2023年度部门决算公开。",
        "2020年以来累计培训300人次。",
        "对照2021—2023年行动方案逐项销号。",
        "2025年，将继续加强业务培训。",
        "结转至2025年4件。",
        "公开2025年部门预算。",
        "锚定到2035年的远景目标。",
        "依据国办公开办函〔2021〕30号编制。",
    ],
)
def test_years_with_a_reason_raise_nothing(text: str) -> None:
    """N-08：比较、文件名、起始年、决算预算、计划、远景目标里的年份不是旧稿。"""
    assert codes(text, "N-08") == []


@pytest.mark.parametrize(
    "text",
    ["2022年全县网站运行平稳。", "2023年，收到留言120条。", "2026年收到申请3件。"],
)
def test_years_left_from_an_old_draft_are_found(text: str) -> None:
    """N-08：没有理由的别的年份。"""
    assert codes(text, "N-08") == ["N-08"]


@pytest.mark.parametrize(
    ("issuer", "text", "fires"),
    [
        ("青禾县人民政府", "白石县人民政府高度重视公开工作。", True),
        ("青禾县人民政府", "青禾县人民政府高度重视公开工作。", False),
        ("青禾县人民政府", "柳河镇人民政府公开信息30条。", False),
        ("青禾县人民政府", "赴白石县人民政府学习考察公开专区建设。", False),
        ("青禾县人民政府", "向白石县人民政府移送申请1件。", False),
        ("青禾县人民政府", "由县人民政府统一部署。", False),
        ("青禾县教育局", "白石县教育局扎实推进公开工作。", True),
        ("青禾县教育局", "会同青禾县司法局开展培训。", False),
        ("青禾县教育局", "按照南川市教育局的要求推进。", False),
        ("青禾县人民政府办公室", "白石县人民政府高度重视公开工作。", True),
        ("", "白石县人民政府高度重视公开工作。", False),
    ],
)
def test_names_of_other_bodies(issuer: str, text: str, fires: bool) -> None:
    """N-09：同级同类机关的名称才可疑；上级、下级、考察、移送都正常。"""
    assert (codes(text, "N-09", issuer=issuer) == ["N-09"]) is fires


def test_reports_of_the_older_instrument_are_not_asked_for_what_came_later() -> None:
    """2020 年的报告引用 60号 是对的，也还没有信息处理费和三项结果的要求。"""
    sections = {
        "1": PROSE["1"]
        .replace("依据《中华人民共和国政府信息公开条例》", "依据国办公开办函〔2019〕60号")
        .replace("工作考核结果为良好，开展社会评议一次，没有责任追究情形。", ""),
        "6": "没有其他需要报告的事项。",
    }
    asked = {"P-02", "P-04", "P-09"}
    now = clean(sections=sections)
    assert {f.code for f in check(now)} & asked == asked
    then = replace(now, year=2020)
    assert {f.code for f in check(then)} & asked == set()
    stale = replace(then, sections={**then.sections, "1": "依据国务院令第492号编制。"})
    assert [f.expected for f in check(stale) if f.code == "P-09"] == ["国办公开办函〔2019〕60号"]
