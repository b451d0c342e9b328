"""What is asked is not there, not ours, not ready-made, given before, or asked too often."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.soundness import sound
from tests.looks.officers import NAME, SUBJECT, WHY, Office, brought, fill, press
from tests.looks.requests.letters import asked, body

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHANNEL = {"办理渠道": "示例县办事大厅三号窗口，试验路3号，0000-3333333"}


def test_what_is_not_there_not_ours_not_ready_made_asked_before_or_too_often(
    office: Office,
) -> None:
    """第三十五条、第三十六条（四）（五）（六）项、第三十八条：D15、D16、D17、D20、D19，各读一遍 PDF。"""
    _, case = brought(office)
    page = office.begin(case, "登记检索", office.cast.wang)
    sought = {"检索系统或者场所": "档案室", "检索范围": "2010 年以来", "检索词": "虚构渠 补偿"}
    fill(page, {**sought, "保管部门或者人员": "档案员", "检索结果": "未检索到"})
    press(page)
    assert "政府信息不存在告知书" in office.decide(case, "信息不存在", {})
    page = office.hand_over(case, "答复")
    expect(page.locator("#main")).to_contain_text("档案室")
    reach = {
        "理由": WHY,
        "负责公开的机关": "示例县湖泊局",
        "负责机关的联系方式": "试验路2号，0000-1111111",
    }
    prior = {"此前答复的文号": "示政办公复〔2025〕3号", "此前答复的日期": "2025-05-06"}
    for outcome, typed, title in (
        ("不属于本机关负责公开", reach, "非本机关负责公开告知书"),
        ("没有现成信息，需要另行制作", {"理由": WHY, **CHANNEL}, "没有现成信息告知书"),
        ("重复申请", prior, "不予重复处理告知书"),
    ):
        text = office.decide(brought(office)[1], outcome, typed)
        assert [word in text for word in (title, NAME, SUBJECT)] == [True] * 3
    _, often = brought(office)
    page = office.open(often, office.cast.wang)
    expect(page.get_by_role("heading", name="同一申请人的其他申请")).to_be_visible()
    office.take(often, "要求说明理由", {"数量、频次情况": "当天向本机关提出五件"})
    office.take(often, "审查申请人的理由", {"理由是否合理": "否", "审查意见": WHY})
    text = office.decide(often, "无正当理由大量反复申请", {})  # the finding is the reason
    assert ["不予处理告知书" in text, WHY in text] == [True, True]
    sound(office.open(often, office.cast.wang))


def test_what_another_law_governs_and_what_is_no_information(office: Office) -> None:
    """第三十六条（七）项、第二条：行政查询（D14）；不是政府信息、其他处理（D25）。"""
    special = {"有特别规定的法律、行政法规": "《不动产登记暂行条例》第二十七条", **CHANNEL}
    text = office.decide(brought(office)[1], "行政查询事项，按有关规定办理", special)
    assert body(text) == (
        f"{asked('2026-0001')}经审查，《不动产登记暂行条例》第二十七条对获取该类信息有特别规定。"
        "依照《中华人民共和国政府信息公开条例》第三十六条第（七）项，"
        f"请您依照上述规定办理：{CHANNEL['办理渠道']}。"
    )
    advice = {"理由": "所问的是补偿标准今后会不会提高，属于咨询", **CHANNEL}
    text = office.decide(brought(office)[1], "申请内容不是政府信息", advice)
    assert body(text) == (
        f"{asked('2026-0002')}经审查，您申请的内容不是行政机关在履行行政管理职能过程中制作或者获取的，"
        "以一定形式记录、保存的信息，不属于《中华人民共和国政府信息公开条例》第二条所称的政府信息。"
        "理由：所问的是补偿标准今后会不会提高，属于咨询。"
        f"您可以通过以下渠道办理：{CHANNEL['办理渠道']}。"
    )
    apart = {"理由": "申请人要的是参加听证会，已经转给负责听证的科室", **CHANNEL}
    _, case = brought(office)
    assert body(office.decide(case, "其他处理", apart)) == (
        f"{asked('2026-0003')}经审查，本机关对该申请作如下处理：申请人要的是参加听证会，已经转给负责听证的科室。"
        f"您可以通过以下渠道办理：{CHANNEL['办理渠道']}。"
    )
    sound(office.hand_over(case, "答复"))
