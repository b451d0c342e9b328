"""Numbers in the prose: what is stated, about what, and where."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annualreport.format import load_format
from gongkai.annualreport.narrative import cells_of, claims, topics
from tests.pure.annualreport.reports import sheqi


def stated(text: str) -> list[tuple[str | None, str, str, str]]:
    """Topic, value, unit and bound of every claim."""
    return [(c.about, f"{c.value:f}", c.unit, c.bound) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共收到政府信息公开申请41件", [("received", "41", "件", "exact")]),
        (
            "共收到 70 件申请，办结 69 件",
            [("received", "70", "件", "exact"), ("done", "69", "件", "exact")],
        ),
        ("全年未收到政府信息公开申请", [("received", "0", "", "exact")]),
        (
            "办结申请8件，1件结转下年度",
            [("done", "8", "件", "exact"), ("carried_over", "1", "件", "exact")],
        ),
        ("传播国务院重要信息 100 余条", [("central_items", "100", "条", "at_least")]),
        ("网站发布信息1.2万条", [("items", "12000.0", "条", "exact")]),
        ("网站发布信息１２条", [("items", "12", "条", "exact")]),
        ("行政事业性收费1158.4432万元", [("fee", "1158.4432", "万元", "exact")]),
        ("未收取信息处理费", [("processing_fee", "0", "", "exact")]),
        ("信息处理费400元", [("processing_fee", "400", "元", "exact")]),
        (
            "未发生政府信息公开行政复议、行政诉讼",
            [("review", "0", "", "exact"), ("suit", "0", "", "exact")],
        ),
        ("因信息公开引发行政复议2起", [("review", "2", "起", "exact")]),
        (
            "申请答复中不予公开5件，无法提供3件",
            [("refused", "5", "件", "exact"), ("not_held", "3", "件", "exact")],
        ),
        ("答复网民留言120件", [(None, "120", "件", "exact")]),
        ("全年未发生政府信息公开责任追究情况", []),
        ("减少行政复议和行政诉讼事件发生率", []),
        ("拨打12345热线", []),
    ],
)
def test_claims_understand_what_is_stated(
    text: str, expected: list[tuple[str | None, str, str, str]]
) -> None:
    """件数、约数、金额和“未发生”都读得出，别的事项不混进来。"""
    assert stated(text) == expected


def test_claims_of_the_published_report() -> None:
    """社旗县 2024 年报告第一部分的全部数字。"""
    report = sheqi().report
    assert report is not None
    assert stated(report.sections["1"]) == [
        ("items", "9759", "条", "exact"),
        ("interpretations", "15", "条", "exact"),
        ("central_items", "100", "条", "at_least"),
        ("received_mixed", "41", "件", "exact"),
        ("done", "41", "件", "exact"),
        ("norm_made", "12", "件", "exact"),
        ("norm_repealed", "9", "件", "exact"),
        ("norm_valid", "40", "件", "exact"),
    ]


def test_where_points_at_the_number_in_the_text_given() -> None:
    """位置指回原文，供编辑界面标出。"""
    text = "说明。\n全年共收到政府信息公开申请 ４１ 件。"
    (claim,) = claims(text)
    assert text[slice(*claim.where)].strip() == "４１ 件"


def test_bounds_decide_agreement() -> None:
    """100余条 表示至少 100；近100条 表示至多 100。"""
    (more,), (less,) = claims("网站信息100余条"), claims("网站信息近100条")
    assert [more.agrees_with(n) for n in (99, 100, 137)] == [False, True, True]
    assert [less.agrees_with(n) for n in (99, 100, 137)] == [True, True, False]


def test_money_is_compared_in_wan_yuan() -> None:
    """元、万元、亿元换成同一单位。"""
    amounts = [claims(f"行政事业性收费{text}")[0].wan_yuan for text in ("5元", "5万元", "5亿元")]
    assert amounts == [Decimal("0.0005"), Decimal(5), Decimal(50000)]


def test_topic_names_the_cells_it_sums() -> None:
    """“不予公开”是八行之和。"""
    keys = load_format("2021").kinds
    assert cells_of(topics()["refused"], keys) == tuple(f"t3.r3_{n}.tot" for n in range(1, 9))
