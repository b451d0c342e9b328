"""A third party objects, the request is refused; the refusal is annulled and it is answered again."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from gongkai.foi.models import Case
from tests.journeys.soundness import sound
from tests.looks.album import shoot_whole
from tests.looks.officers import NAME, Office, brought, fill, press, taken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_refused_for_a_third_party_then_annulled_and_answered_again(office: Office) -> None:
    """征求第三方（第三十二条）后不予公开（D13）；复议撤销、责令重作；同一申请人另编一件，予以公开（D11）。"""
    sent, case = brought(office)
    party = {"对方姓名或者名称": "某第三方有限公司", "第三方联系方式": "试验路9号"}
    page = office.begin(case, "征求意见", office.cast.wang)
    matter = "虚构渠清淤投标文件里的分项报价"
    fill(page, {"征求谁的意见": "第三方（第三十二条", **party, "涉及的信息": matter})
    shoot_whole(page, "foi-step")
    press(page)
    assert "某第三方有限公司" in office.write(case, "征求第三方意见书")
    copy = office.letter(case, "征求意见告知书")
    assert [matter in copy, "某第三方有限公司" in copy] == [True, False]
    office.take(case, "登记对方收到征求意见书", {"凭证": "回执一号"})
    office.ahead.go_to(date(2026, 3, 9))
    answer = {"是否同意公开": "否", "意见内容": "载有报价明细，公开后竞争对手可以推算成本"}
    page = office.take(case, "登记收到意见", answer)
    expect(page.locator("#main")).not_to_contain_text("某第三方")
    ground = "载有该公司未公开的报价明细，公开后竞争对手可以推算它的成本，损害其合法权益"
    typed = {"不予公开的理由": ground, "能不能区分处理": "通篇是报价，分开以后没有可以提供的内容"}
    text = office.decide(case, "不予公开：保护第三方合法权益", typed)
    told = ("不予公开告知书", NAME, "先向试验市人民政府", "第十五条")
    assert [word in text for word in told] == [True] * len(told)
    assert "某第三方" not in text
    page = office.hand_over(case, "答复")
    expect(page.locator("#main")).to_contain_text("在答复期限内")
    phone = office.applicant(sent)
    expect(phone.locator("#main")).to_contain_text("须先申请行政复议")
    assert "不予公开告知书" in taken(phone, "取 PDF：不予公开告知书")
    redo = annulled(office, case)
    text = office.decide(
        redo, "予以公开", {"已提供的信息或者提供的方式": "虚构渠清淤补偿标准复印件一份"}
    )
    assert ["予以公开告知书" in text, NAME in text] == [True, True]
    page = office.hand_over(redo, "答复")
    expect(page.locator(".byline").first).to_contain_text("已送达")
    sound(page)


def annulled(office: Office, case: Case) -> Case:
    """复议法第六十四条：撤销并责令重作，原案不变，另编一件。"""
    office.ahead.go_to(date(2026, 4, 13))
    page = office.open(case, office.cast.wang)
    page.get_by_role("link", name="登记复议、诉讼").click()
    organ = {"复议机关或者法院": "试验市人民政府", "案号": "试复〔2026〕3号"}
    fill(page, {**organ, "受理（立案）日期": "2026-04-10"})
    press(page)
    page.get_by_role("link", name="试复〔2026〕3号").click()
    shoot_whole(page, "foi-dispute")
    sound(page)
    office.ahead.go_to(date(2026, 5, 18))
    page = office.desk(office.cast.wang)
    page.reload()
    page.get_by_role("link", name="登记审结").click()
    fill(page, {"怎样结束": "作出决定或者裁判", "结果": "结果纠正", "责令重新答复": True})
    press(page)
    assert Case.objects.get(pk=case.pk).outcome == "refused_third_party"
    return Case.objects.exclude(pk=case.pk).get()
