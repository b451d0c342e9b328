"""The staff pages of the letters: the list, a letter, the sheet, a version, the files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.test import Client

from gongkai.audit import clock
from gongkai.law.letters import LETTERS
from gongkai.letters.models import State, Wording
from gongkai.letters.wording.packaged import packaged
from gongkai.letters.wording.words import Block
from tests.pure.letters.reading import pdf_says
from tests.rooms.cast import Cast
from tests.rooms.letters.wording import own_blocks, propose_again, put_wording

HOME = "/desk/letters/"
EDIT = f"{HOME}D13/edit/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def sheet(blocks: Sequence[Block], **more: str) -> dict[str, str]:
    """What the browser sends of a sheet with these blocks."""
    fields = {"block-TOTAL_FORMS": str(len(blocks)), "block-INITIAL_FORMS": "0"}
    for n, block in enumerate(blocks):
        condition = (
            block.when if block.when.startswith("结果:") else block.when and f"+{block.when}"
        )
        fields |= {
            f"block-{n}-place": str(n),
            f"block-{n}-part": block.part.value,
            f"block-{n}-text": block.text,
            f"block-{n}-condition": condition or (block.unless and f"-{block.unless}"),
        }
    return fields | {"since": clock.today().isoformat(), "note": "改一句"} | more


def test_the_list_has_every_letter_and_few_queries(
    officer: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    """27 种文书都在清单里，写明用的是附带的还是县里的；查询次数与版本多少无关。"""
    put_wording("D12", by=cast.li, approver=cast.zhao)
    with django_assert_max_num_queries(10):
        page = text(officer.get(HOME))
    assert all(letter.title in page for letter in LETTERS.values())
    assert page.count("软件附带") == len(LETTERS) - 1


def test_a_letter_is_shown_with_its_ways_of_complaint_by_outcome(outsider: Client) -> None:
    """所有工作人员都能看样子；按办理结果切换；没有这种文书的答 404。"""
    page = text(outsider.get(f"{HOME}D13/?outcome=refused_secret"))
    assert "第十四条" in page
    assert "应当自知道本决定之日起60日内先向示例县人民政府申请行政复议" in page
    assert "改文字" not in page
    assert outsider.get(f"{HOME}D99/").status_code == 404
    assert outsider.get(EDIT).status_code == 403


def test_a_wording_goes_from_the_sheet_to_the_letter(
    officer: Client, leader: Client, cast: Cast
) -> None:
    """县里改一句：核对、提出、另一人对照后批准，PDF 里就是这一句。"""
    blocks = own_blocks("D13")
    checked = text(officer.post(EDIT, sheet(blocks, step="check", since="")))
    assert "没有发现问题" in checked
    assert "没有提交" not in checked
    assert 'value="改一句"' in checked
    assert "本县另行说明：" in checked
    answer = officer.post(EDIT, sheet(blocks, step="propose"))
    row = Wording.objects.get()
    assert answer.headers["Location"] == f"{HOME}wording/{row.uid}/"
    mine = text(officer.get(f"{HOME}wording/{row.uid}/"))
    assert "须由另一人" in mine
    assert officer.post(f"{HOME}wording/{row.uid}/approve/").status_code == 409
    theirs = text(leader.get(f"{HOME}wording/{row.uid}/"))
    assert theirs.count("change-added") == 1
    assert leader.post(f"{HOME}wording/{row.uid}/approve/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.approver) == (State.APPROVED, cast.zhao)
    assert "本县另行说明" in pdf_says(leader.get(f"{HOME}D13/preview.pdf").content)


def test_rows_are_ordered_by_their_place_and_faults_by_their_row(officer: Client) -> None:
    """换位置只改“顺序”的数字；缺陷按表上的行号说。"""
    blocks = [*packaged("D13").blocks, Block(packaged("D13").blocks[3].part, "{没有}")]
    last = len(blocks)
    fields = sheet(blocks, step="live") | {f"block-{last - 1}-place": "3"}
    told = json.loads(officer.post(EDIT, fields).content)["problems"]
    assert told == [{"row": last, "sentence": "没有“{没有}”这个空，请从“可以用的空”里选。"}]


SPOILED: tuple[dict[str, str], ...] = (
    {"block-TOTAL_FORMS": "x"},
    {"block-0-part": "script"},
    {"block-1-place": "九"},
    {"block-3-text": "长" * 20_000},
    {"block-3-condition": "+没有这一项"},
    {"since": "9999-99-99"},
    {"note": ""},
)


def test_a_sheet_that_cannot_be_read_is_answered_in_chinese(officer: Client) -> None:
    """行填错、表单被改、日期不对：说明哪里，不写入，不出错。"""
    whole = sheet(own_blocks("D13"), step="propose")
    answers = [officer.post(EDIT, whole | spoiled) for spoiled in SPOILED]
    assert [(a.status_code, "没有填好" in text(a)) for a in answers] == [(409, True)] * 7
    assert Wording.objects.count() == 0


def test_a_version_is_turned_down_or_taken_back_with_a_reason(
    officer: Client, leader: Client, cast: Cast
) -> None:
    """不批准要写理由；批准了没启用的可以收回。"""
    row = propose_again("D13", by=cast.li)
    where = f"{HOME}wording/{row.uid}/"
    assert "没有写理由" in text(leader.post(f"{where}reject/", {"reason": ""}))
    assert leader.post(f"{where}reject/", {"reason": "不妥"}).status_code == 302
    planned = put_wording("D13", by=cast.li, approver=cast.zhao, since=date(2999, 1, 1))
    assert (
        officer.post(f"{HOME}wording/{planned.uid}/take-back/", {"reason": "缓"}).status_code == 302
    )
    states = Wording.objects.order_by("pk").values_list("state", "reason")
    assert list(states) == [("rejected", "不妥"), ("taken_back", "缓")]


def test_strangers_decide_nothing(outsider: Client, cast: Cast) -> None:
    """外单位的人不能批准、不批准、收回。"""
    row = propose_again("D13", by=cast.li)
    steps = ("approve", "reject", "take-back")
    answers = [outsider.post(f"{HOME}wording/{row.uid}/{step}/", {"reason": "x"}) for step in steps]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_files_of_a_letter(officer: Client, cast: Cast) -> None:
    """PDF 在窗口里看，Word 下载；可以看待批准的一版；没有的一版答 404。"""
    propose_again("D13", by=cast.li)
    answers = [
        officer.get(f"{HOME}D13/{name}")
        for name in (
            "preview.pdf",
            "preview.docx",
            "preview.pdf?wording=1",
            "preview.pdf?wording=7",
        )
    ]
    assert [a.status_code for a in answers] == [200, 200, 200, 404]
    assert [a.headers["Content-Type"].rpartition("/")[2] for a in answers[:3]] == [
        "pdf",
        "vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf",
    ]
    says = [pdf_says(answers[n].content) for n in (0, 2)]
    assert ["本县另行说明" in one for one in says] == [False, True]


def test_a_wording_the_invented_case_cannot_fill_says_so(officer: Client, cast: Cast) -> None:
    """示例案件里没有的空：页面说明，PDF 不出残缺的。"""
    blocks = [Block(b.part, b.text + "{转送机关}", b.when, b.unless) if n == 3 else b for n, b in enumerate(packaged("D13").blocks)]  # fmt: skip
    row = propose_again("D13", by=cast.li, blocks=blocks)
    assert "示例案件里写不出来" in text(officer.get(f"{HOME}wording/{row.uid}/"))
    answer = officer.get(f"{HOME}D13/preview.pdf?wording=1")
    assert (answer.status_code, "缺少：“转送机关”" in text(answer)) == (409, True)
