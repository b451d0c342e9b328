"""Somebody shows that what the office holds of them is wrong: corrected, passed on to whose it is, or refused (第四十一条)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from gongkai.foi.models import Case
from tests.journeys.soundness import sound
from tests.looks.officers import NAME, Office, fill
from tests.looks.requests.letters import body

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRONG = "虚构渠清淤补偿台账里本人的承包面积"
PROOF = "台账写三亩，附承包合同复印件一份"


def test_a_wrong_record_is_corrected_passed_on_or_left_as_it_is(office: Office) -> None:
    """第四十一条：申请人提供证据要求更正；属实的更正，不归本机关的转送，不属实的不予更正，各写更正告知书（D22）。"""
    checked = "经核对承包合同原件和村集体的发包台账，申请人提供的面积属实"
    made = {"更正了什么": "本人的承包面积由三亩改为三点五亩", "理由": checked}
    case = handed_in(office)
    assert results_offered(office, case) == [
        "更正",
        "不予更正",
        "不属于本机关职能范围，转送有权更正的机关",
        "补正后申请内容仍不明确",
        "逾期不补正，不再处理",
        "申请人撤回申请",
    ]
    assert body(office.decide(case, "更正", made)) == (
        f"{wants_changed('2026-0001')}经审核，您提出的事实和证据属实。"
        "依照《中华人民共和国政府信息公开条例》第四十一条，"
        f"本机关已作更正：本人的承包面积由三亩改为三点五亩。{checked}。"
    )
    page = office.open(case, office.cast.wang)
    expect(page.locator("dl.facts").first).to_contain_text("处理结果更正")
    sound(page)
    to = {"转送给哪个机关": "示例县湖泊局", "那个机关的联系方式": "试验路2号，0000-1111111"}
    whose = {**to, "理由": "该台账由示例县湖泊局制作并保存"}
    text = office.decide(handed_in(office), "不属于本机关职能范围，转送有权更正的机关", whose)
    assert body(text) == (
        f"{wants_changed('2026-0002')}该信息不属于本机关职能范围。"
        "依照《中华人民共和国政府信息公开条例》第四十一条，本机关已将更正申请转送示例县湖泊局"
        "（联系方式：试验路2号，0000-1111111）处理。该台账由示例县湖泊局制作并保存。"
    )
    kept = "承包合同记载的面积为三亩，与台账一致，申请人没有提供其他证据"
    text = office.decide(handed_in(office), "不予更正", {"理由": kept})
    assert body(text) == f"{wants_changed('2026-0003')}{kept}。"


def results_offered(office: Office, case: Case) -> list[str]:
    page = office.begin(case, "拟稿送签", office.cast.wang)
    return page.get_by_label("处理结果").locator("option").all_inner_texts()


def wants_changed(number: str) -> str:
    return (
        f"本机关于2026年3月2日收到您提出的政府信息更正申请（受理编号：{number}），"
        f"要求更正的内容为：“{WRONG}（{PROOF}）”。"
    )


def handed_in(office: Office) -> Case:
    """Register it at the counter, by what few need."""
    page = office.desk(office.cast.wang)
    page.goto("/desk/intake/counter/")
    page.get_by_text("少用的：").click()
    fill(page, {"受理机关": "示例县人民政府", "种类": "政府信息更正申请"})
    fill(page, {"姓名或者名称": NAME, "证件号码": "000000198001010013"})
    fill(page, {"电话": "0000-7654321", "通信地址": "试验县虚构路零号"})
    fill(page, {"要什么信息": WRONG, "其他线索": PROOF})
    page.get_by_role("button", name="登记并打印").click()
    expect(page.locator("h1")).to_have_text("示例县人民政府政府信息更正申请登记表")
    return Case.objects.latest("pk")
