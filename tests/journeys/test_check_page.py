"""/check/ in a real browser: choose, read the verdict, download it; with and without scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import FilePayload, expect

from gongkai.annualreport.model import to_json
from gongkai.annualreport.verdict.html import write_page
from gongkai.annualreport.verdict.judge import judge
from gongkai.annualreport.verdict.plain import write_line
from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.journeys.soundness import sound
from tests.pure.annualreport.reports import SHEQI, clean, previous

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = pytest.mark.parametrize("size", [PHONE, DESK], ids=["375", "1280"])
LONG = "青禾县高新技术产业开发区管理委员会综合行政执法和应急管理局2024年度报告（定稿最终版2）.json"
FAULTY = to_json(clean({"t3.r1.tot": 99, "t4.rev.t": 9, "t3.r4_1.com": "/", "t3.r5_2.nat": None}))


@pytest.fixture(autouse=True)
def _static_root() -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def of_every_kind() -> list[FilePayload]:
    """A clean one, one with many findings and a long name, a published one, an unreadable one."""
    return [
        file("干净.json", to_json(clean())),
        file(LONG, FAULTY),
        file("已公布.txt", SHEQI.read_bytes()),
        file("扫描件.jpg", b"\xff\xd8\xff" + bytes(200)),
    ]


@WIDTHS
def test_from_the_front_page_to_the_wrong_cell_and_the_download(
    browser_page: OpenPage, size: tuple[int, int]
) -> None:
    """从首页进入，选四份文件，看结论，点错格看原因，下载网页和 JSON；每一页无障碍零违规。"""
    page = browser_page(size=size)
    page.goto("/")
    page.get_by_role("link", name="检查报告").click()
    sound(page)
    page.get_by_label("年度报告（可选多份）").set_input_files(of_every_kind())
    expect(page.locator("#files-chosen")).to_contain_text("已选 4 份：干净.json、")
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_role("heading", name="检查结论", exact=True)).to_be_visible()
    expect(page.locator(".v-list tbody tr")).to_have_count(4)
    sound(page)
    mark = page.locator("[id='f2-t4.rev.t']")
    expect(mark).to_contain_text("应为 3")
    mark.click()
    item = page.locator(".v-finding:target")
    expect(item).to_contain_text("四种结果相加为 3，总计填的是 9")
    item.get_by_role("link").first.click()
    expect(page.locator(".v-mark:target")).to_have_count(1)
    verdict = [judge(one["name"], one["buffer"]) for one in of_every_kind()]
    with page.expect_download() as as_page:
        page.get_by_role("link", name="下载网页").click()
    assert as_page.value.suggested_filename == "年度报告检查结论.html"
    assert as_page.value.path().read_text("utf-8") == write_page(verdict)
    with page.expect_download() as as_lines:
        page.get_by_role("link", name="下载JSON").click()
    assert as_lines.value.path().read_text("utf-8") == "".join(map(write_line, verdict))


@WIDTHS
def test_page_that_stands_alone_is_sound(
    browser_page: OpenPage, size: tuple[int, int], tmp_path: Path
) -> None:
    """单独保存的结论网页：从磁盘打开也无障碍零违规，键盘到得了宽表格，打印不缺列。"""
    kept = tmp_path / "结论.html"
    kept.write_text(write_page([judge(f["name"], f["buffer"]) for f in of_every_kind()]), "utf-8")
    page = browser_page(size=size, java_script_enabled=True)
    page.goto(kept.as_uri())
    sound(page)
    region = page.get_by_role("region", name="第 2 份 三、收到和处理政府信息公开申请情况")
    region.focus()
    expect(region).to_be_focused()
    page.emulate_media(media="print")
    sticking_out = (
        "e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible'"
    )
    cut = page.eval_on_selector_all(".v-scroll", f"all => all.filter({sticking_out}).length")
    assert cut == 0


def test_without_scripts_with_last_year_and_a_direct_download(browser_page: OpenPage) -> None:
    """不开脚本：照样能选文件、对照上年、直接下载。"""
    page = browser_page(java_script_enabled=False)
    page.goto("/check/")
    page.get_by_label("年度报告（可选多份）").set_input_files(file("a.json", to_json(clean())))
    before = file("b.json", to_json(previous({"t3.fwd.nat": 3, "t3.fwd.tot": 3})))
    page.get_by_label("上一年度的报告").set_input_files(before)
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="检查并下载 JSON").click()
    line = json.loads(downloaded.value.path().read_text("utf-8"))
    errors = [found["code"] for found in line["findings"] if found["severity"] == "error"]
    assert (line["source"], errors) == ("a.json", ["B-40", "B-46"])


def test_dropped_files_are_chosen_and_too_many_are_said_at_once(browser_page: OpenPage) -> None:
    """拖进来的文件等于选了；超过份数当场说明，不用等提交。"""
    page = browser_page()
    page.goto("/check/")
    drop = """([count]) => {
      const transfer = new DataTransfer();
      for (let n = 0; n < count; n++) transfer.items.add(new File(["x"], `${n}.txt`));
      const zone = document.querySelector(".drop");
      zone.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(drop, [2])
    expect(page.locator("#files-chosen")).to_have_text("已选 2 份：0.txt、1.txt")
    page.evaluate(drop, [11])
    expect(page.locator("#files-chosen")).to_have_text(
        "一次最多检查 10 份，现在选了 11 份；请分几次提交。"
    )
    page.get_by_role("button", name="检查", exact=True).click()
    assert page.url.endswith("/check/")
    expect(page.get_by_role("heading", name="检查年度报告")).to_be_visible()


def test_too_large_an_upload_is_answered_with_a_page(browser_page: OpenPage) -> None:
    """不开脚本提交过大的文件：看到的是说明，不是断开的连接。"""
    page = browser_page(java_script_enabled=False)
    page.goto("/check/")
    page.get_by_label("年度报告（可选多份）").set_input_files(file("a.pdf", b"x" * 12_000_000))
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("这些文件加起来超过 10 MB")
    sound_without_scripts = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert sound_without_scripts <= 0
