"""It is the applicant's turn: to say what is meant, to say why so often, to pay; and what follows when nothing comes."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import FilePayload, expect

from gongkai.foi.models import Case
from tests.journeys.soundness import sound
from tests.looks.album import shoot
from tests.looks.officers import NAME, Office, brought, fill, press
from tests.looks.requests.letters import asked, body
from tests.pure.files.made import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_not_corrected_is_closed_and_a_fee_is_paid_or_not(office: Office) -> None:
    """第三十条、第三十五条、第四十二条：补正告知（D03）逾期不补正（D21）；收费（D10）缴清的答复，逾期未缴的不再处理（D21）；说明理由（D04）、延迟答复（D24）。"""
    sent, vague = brought(office, "补偿")
    items = {"补正事项": "写明哪一年、哪一段渠", "补正期限（工作日）": "7"}
    office.take(vague, "告知补正", items)
    assert "写明哪一年、哪一段渠" in office.write(vague, "补正告知书")
    office.hand_over(vague, "补正告知书")
    phone = office.applicant(sent)
    expect(phone.locator("#main")).to_contain_text("补正告知书")
    paid, unpaid = charge(office)
    office.ahead.go_to(date(2026, 3, 18))
    office.desk(office.cast.wang).goto("/desk/")
    expect(office.desk(office.cast.wang).locator("#main")).to_contain_text("按逾期不补正拟稿")
    assert "不再处理告知书" in office.decide(vague, "逾期不补正，不再处理", {})
    granted = office.decide(paid, "予以公开", {"已提供的信息或者提供的方式": "复印件一份"})
    assert "予以公开告知书" in granted
    delayed(office)
    office.ahead.go_to(date(2026, 4, 10))
    text = office.decide(unpaid, "逾期未缴费，不再处理", {})
    assert ["不再处理告知书" in text, NAME in text] == [True, True]
    sound(office.hand_over(unpaid, "答复"))


def charge(office: Office) -> tuple[Case, Case]:
    """国办函〔2020〕109号：负责人选定按量，两件各数出 31 页；一件当天缴清，一件没有缴。"""
    head = office.desk(office.cast.zhao)
    head.goto("/desk/fees/")
    chosen = {"机关": "示例县人民政府", "收费方式": "按量", "起始日期": "2026-01-01"}
    fill(head, {**chosen, "依据": "示政办〔2025〕9号（虚构）"})
    press(head)
    pages: FilePayload = {
        "name": "渠.pdf",
        "mimeType": "application/pdf",
        "buffer": pdf(*["x"] * 31),
    }
    cases = [brought(office)[1] for _ in range(2)]
    for case in cases:
        page = office.begin(case, "通知缴费", office.cast.wang)
        fill(page, {"要提供的 PDF": pages, "缴纳方式": "本机关窗口缴纳，凭通知书领财政票据"})
        press(page)
        text = office.write(case, "收费通知书")
        assert ["10元" in text, "本机关窗口缴纳" in text] == [True, True]
        shoot(office.open(case, office.cast.wang), "foi-fee", "h2:has(+ h3)")
        office.hand_over(case, "收费通知书")
    office.take(cases[0], "登记缴费", {"缴了多少元": "10", "财政票据号码": "虚构票据一号"})
    return cases[0], cases[1]


def delayed(office: Office) -> None:
    """第三十五条：理由合理、不能按期答复的，确定延迟的期限并告知（D24）。"""
    _, case = brought(office)
    office.take(case, "要求说明理由", {"数量、频次情况": "当月向本机关提出四件"})
    asked = office.write(case, "说明理由告知书", {"截止日期": "2026-03-25"})
    assert "当月向本机关提出四件" in asked
    finding = "四件各为不同年份的台账，用于核对本人承包地的补偿，理由合理"
    office.take(case, "审查申请人的理由", {"理由是否合理": "是", "审查意见": finding})
    office.take(case, "确定延迟答复期限", {"延迟答复到哪一天": "2026-05-15"})
    assert "2026年5月15日" in office.write(case, "延迟答复告知书")


def test_what_is_corrected_and_still_not_clear_is_closed_with_the_reasons(office: Office) -> None:
    """第三十条：告知补正（D03）送达以后申请人补正了，仍不明确的，写明哪里不明确（D18）。"""
    _, vague = brought(office, "补偿")
    items = {"补正事项": "写明哪一年、哪一段渠", "补正期限（工作日）": "7"}
    office.take(vague, "告知补正", items)
    office.write(vague, "补正告知书")
    office.hand_over(vague, "补正告知书")
    office.ahead.go_to(date(2026, 3, 9))
    office.take(vague, "登记收到补正")
    unclear = "补正写的是“历年的都要”，仍没有写明哪一段渠，本机关管护的渠有四十余段"
    text = office.decide(vague, "补正后申请内容仍不明确", {"理由": unclear})
    assert body(text) == (
        f"{asked('2026-0001', '补偿')}本机关的补正告知书已于2026年3月2日送达您，"
        f"并于2026年3月9日收到您的补正材料。经审查，补正后的申请内容仍不明确：{unclear}。"
        "依照《中华人民共和国政府信息公开条例》第三十条，本机关无法据此提供政府信息。"
        "您可以明确所需信息的名称、文号或者便于查询的其他特征后，另行提出申请。"
    )
    page = office.hand_over(vague, "答复")
    expect(page.locator(".byline").first).to_contain_text("已送达")
    sound(page)
