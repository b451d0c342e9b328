"""Somebody walks in: registered by the manual, extended, answered in part, taken on a telephone; with the manual's pictures."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from gongkai.foi.models import Case
from gongkai.foi.receiving.actions import Sent
from gongkai.foi.receiving.models import FileRole, Submission
from tests.journeys.browsing import PHONE
from tests.journeys.soundness import STILL, faults_in_every_look, sound
from tests.looks.album import shoot, shoot_whole
from tests.looks.officers import NAME, SUBJECT, Office, Typed, fill, press, taken
from tests.pure.files.made import pdf
from tests.pure.letters.reading import pdf_says

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TALL = (1280, 1500)
"""A desk screen on which a case's page shows what can be done and what is on record."""
ORAL = "我想要前年虚构渠清淤的时候给各户补偿的标准，听说每亩一个价，想看看文件。"
SCAN: FilePayload = {"name": "签字.pdf", "mimeType": "application/pdf", "buffer": pdf("x")}
GIVEN: FilePayload = {
    "name": "补偿标准.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf("补偿标准"),
}


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
