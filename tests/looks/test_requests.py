"""Requests in a browser, from the counter to the letter in the applicant's hand, a family of letters a journey; with the manual's pictures."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.audit import clock
from gongkai.foi.models import Case
from gongkai.foi.receiving.actions import Sent
from gongkai.foi.receiving.models import FileRole, Submission
from tests.journeys.browsing import PHONE, OpenPage
from tests.journeys.soundness import STILL, faults_in_every_look, sound
from tests.looks.ahead import Ahead
from tests.looks.album import shoot, shoot_whole
from tests.looks.officers import (
    SUBJECT,
    WHY,
    Office,
    Typed,
    brought,
    fill,
    make_office,
    press,
    taken,
)
from tests.pure.files.made import pdf
from tests.pure.letters.reading import pdf_says

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TALL = (1280, 1500)
"""A desk screen on which a case's page shows what can be done and what is on record."""
MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
NAME = "淯喆昇申请人"
ORAL = "我想要前年虚构渠清淤的时候给各户补偿的标准，听说每亩一个价，想看看文件。"
SCAN: FilePayload = {"name": "签字.pdf", "mimeType": "application/pdf", "buffer": pdf("x")}
GIVEN: FilePayload = {
    "name": "补偿标准.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf("补偿标准"),
}
CHANNEL = {"办理渠道": "示例县办事大厅三号窗口，试验路3号，0000-3333333"}


@pytest.fixture
def office(
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    browser_page: OpenPage,
    live_server: LiveServer,
) -> Office:
    ahead = Ahead(MORNING)
    monkeypatch.setattr(clock, "now", ahead.now)
    return make_office(ahead, browser_page, live_server.url)


def test_a_walk_in_is_answered_in_part_and_takes_the_file_on_a_telephone(office: Office) -> None:
    """照手册“窗口登记”六步办成一件；延期一次；部分公开（D12）；申请人不用脚本，凭查询码取文书和附件。"""
    sent = register_by_the_manual(office)
    case = Case.objects.get()
    extend(office, case)
    typed: Typed = {"附件名称": "补偿标准（节录，1页）", "文件": GIVEN}
    office.take(case, "附上要给申请人的文件", typed)
    page = answer_in_part(office, case)
    text = office.letter(case)
    held = ("部分公开告知书", NAME, SUBJECT, "补偿标准（节录，1页）", "申请行政复议")
    assert [word in text for word in held] == [True] * len(held)
    shoot(office.open(case, office.cast.wang), "foi-letters", "h2:nth-of-type(2)")
    electronic = {"送达什么": "答复", "送达方式": "电子送达", "说明": "申请人当面同意"}
    send_it(office, case, electronic)
    take_on_the_telephone(office, sent)
    page.goto("/desk/cases/statistics/?year=2026")
    shoot(page, "foi-statistics")
    see_it_everywhere(office, case)


def register_by_the_manual(office: Office) -> Sent:
    """Follow the numbered steps of 窗口登记 in ``docs/manual/foi.zh.md``, by the keyboard where one types."""
    page = office.desk(office.cast.wang)
    page.goto("/desk/")
    page.get_by_role("link", name="收件登记", exact=True).click()
    page.get_by_role("link", name="窗口登记").click()
    expect(page.get_by_role("link", name="当面提交")).to_have_attribute("aria-current", "page")
    fill(page, {"受理机关": "示例县人民政府"})
    fill(page, {"姓名或者名称": NAME, "证件号码": "000000198001010013"})
    fill(page, {"电话": "0000-7654321", "通信地址": "试验县虚构路零号"})
    fill(page, {"口头申请，由工作人员代写": True, "要什么信息": SUBJECT, "其他线索": ORAL})
    assert stops_to(page, "登记并打印") == STOPS
    shoot_whole(page, "foi-counter")
    sound(page)
    page.get_by_role("button", name="登记并打印").click()
    expect(page.get_by_role("alert")).to_contain_text("宣读")
    fill(page, {"已向申请人宣读，确认无误": True})
    page.get_by_role("button", name="登记并打印").click()
    code = print_record(page)
    row = Submission.objects.get()
    add_the_scan(page, row)
    return Sent(row, code)


STOPS = 14
"""How often Tab is pressed from 受理机关 to the button: thirteen fields, and what few need folded away."""


def stops_to(page: Page, button: str) -> int:
    """Walk the form by Tab alone, from its first field to *button*; return how many steps it takes."""
    page.get_by_label(re.compile("^受理机关")).focus()
    end = page.get_by_role("button", name=button)
    for steps in range(1, 40):
        page.keyboard.press("Tab")
        if end.evaluate("one => one === document.activeElement"):
            return steps
    raise AssertionError(f"{button} is not reached by Tab")


def print_record(page: Page) -> str:
    """Print the record: one sheet of A4, with the slip and its code; return the code."""
    shoot_whole(page, "foi-record")
    sound(page)
    told = pdf_says(page.pdf(format="A4", prefer_css_page_size=True))
    record = ("政府信息公开申请登记表", NAME, SUBJECT, ORAL, "申请人签字", "回执（交申请人）")
    assert [word in told for word in record] == [True] * len(record)
    assert ["收件登记" in told, "退出登录" in told] == [False, False]  # paper has no menu
    return page.locator(".slip-codes strong").last.inner_text()


def add_the_scan(page: Page, row: Submission) -> None:
    page.get_by_role("link", name="收件页").click()
    fill(page, {"是什么": FileRole.SIGNED.label, "扫描件或者照片": SCAN})
    page.get_by_role("button", name="加密保存").click()
    expect(page.get_by_role("button", name="下载第 1 份")).to_be_visible()
    shoot(page, "foi-intake", "h2:last-of-type", above=420)
    assert row.files.get().role == FileRole.SIGNED
    sound(page)


def extend(office: Office, case: Case) -> None:
    """条例第三十三条：一人提请，另一人批准，原期限以内告知。"""
    ask = {"延长几个工作日": "10", "延长理由": "涉及四个乡镇的台账，要逐户核对补偿的面积和金额"}
    office.take(case, "提请延长答复期限", ask)
    page = office.take(case, "批准延长答复期限", by=office.cast.zhao)
    expect(page.locator("#main")).to_contain_text("收到时期限为 2026 年 3 月 30 日")
    assert "延长10个工作日" in office.write(case, "延期答复告知书")
    shoot(office.open(case, office.cast.wang), "foi-case", size=TALL)


def answer_in_part(office: Office, case: Case) -> Page:
    internal = "不予公开：三类内部事务信息"
    typed = {
        "已提供的信息或者提供的方式": "虚构渠清淤补偿标准复印件一份",
        "不予公开的理由": "附表是经办人员的内部轮班安排，不对外产生效力，也不涉及补偿的标准",
        f"不公开的是哪一部分（{internal}）（可以不写）": "第二页的轮班表",
    }
    page = office.draft(case, "部分公开", typed, held_back=internal)
    expect(page.get_by_text("没有说明能不能区分处理")).to_be_visible()
    shoot_whole(page, "foi-rehearsal")
    fill(page, {"能不能区分处理": "轮班表自成一页，可以与补偿标准分开"})
    page.get_by_role("button", name="再看文书").click()
    expect(page.get_by_text("逐项读过，没有发现问题")).to_be_visible()
    shoot_whole(page, "foi-draft")
    sound(page)
    press(page, "送签")
    head = office.begin_to_sign(case)
    shoot_whole(head, "foi-sign")
    sound(head)
    press(head)
    return page


def send_it(office: Office, case: Case, typed: dict[str, str]) -> None:
    page = office.begin(case, "送达", office.cast.wang)
    fill(page, typed)
    shoot_whole(page, "foi-service")
    sound(page)
    press(page)


def take_on_the_telephone(office: Office, sent: Sent) -> None:
    """个人信息只给凭码的人：申请人取决定书和附件，点“我已收到”，看到可以复议到哪一天。"""
    page = office.applicant(sent)
    assert "部分公开告知书" in taken(page, "取 PDF：部分公开告知书")
    with page.expect_download() as download:
        page.get_by_role("button", name="取附件").click()
    assert download.value.path().read_bytes() == GIVEN["buffer"]
    shoot(page, "foi-status-phone", "h2", size=PHONE)
    page.get_by_role("button", name="我已收到").click()
    expect(page.get_by_role("heading", name="不服的，可以到哪一天")).to_be_visible()
    elder = office.open_page(size=PHONE, **STILL)
    elder.goto("/look/elder?back=/apply/status/")
    fill(elder, {"收件编号": sent.submission.number, "查询码": sent.code})
    elder.get_by_role("button", name="查询", exact=True).click()
    shoot(elder, "foi-status-elder", "h2", size=PHONE)
    sound(elder, "elder")


def see_it_everywhere(office: Office, case: Case) -> None:
    """案件页上有文书、送达凭证的时候，连同打开它们和附件的页面：四种显示方式 × 四种宽度。"""
    page = office.open(case, office.cast.wang)
    slip = page.get_by_role("link", name=re.compile("^凭证、期限"))
    there = [str(slip.get_attribute("href")), *linked(page, "letter")]
    assert len(there) == 4  # the slip, the receipt, the longer limit, the decision
    faults = faults_in_every_look(page)
    for address in there:
        page.goto(address)
        faults += faults_in_every_look(page)
    (enclosure,) = linked(page, "enclosure")  # the decision is the last and names its file
    page.goto(enclosure)
    assert [*faults, *faults_in_every_look(page)] == []


def linked(page: Page, what: str) -> list[str]:
    """Return the addresses of each *what* the page leads to, in the order they were written, each once."""
    found = page.locator(f"#main a[href*='/{what}/']")
    return sorted({str(one.get_attribute("href")) for one in found.all()})


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
