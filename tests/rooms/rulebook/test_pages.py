"""The staff pages of the rules: who may do what, what is refused and how, how many queries."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.law.announcement import write_announcement
from gongkai.law.notice import parse_notice
from gongkai.rulebook.actions import propose_notice, take_number
from gongkai.rulebook.models import HolidayNotice, NumberSeries, NumberUse, Parameter
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import Cast
from tests.rooms.portal.scene import request
from tests.rooms.rulebook.entering import notice, propose_value, put_notice, put_value

ROOT = "/desk/rulebook/"
NEW = f"{ROOT}notices/new/"
PERIOD = f"{ROOT}parameters/correction.period/"
VALUE = {"value": "10", "since": "2026-03-01", "source": "县办规定", "certainty": "P"}


def typed(**changed: str) -> dict[str, str]:
    """The sheet as it is sent with the rows of the invented notice."""
    found = parse_notice(notice())
    sent = {
        "year": "2027",
        "title": found.title,
        "number": str(found.number),
        "published_on": "2026-11-01",
        "source": "测试",
        "off-TOTAL_FORMS": str(len(found.festivals)),
        "off-INITIAL_FORMS": "0",
        "makeup-TOTAL_FORMS": str(len(found.makeup)),
        "makeup-INITIAL_FORMS": "0",
    }
    for n, entry in enumerate(found.festivals):
        sent |= {f"off-{n}-name": entry.name, f"off-{n}-days": str(entry.count)}
        sent |= {f"off-{n}-first": str(entry.first), f"off-{n}-last": str(entry.last)}
    sent |= {f"makeup-{n}-on": str(on) for n, on in enumerate(found.makeup)}
    return sent | changed


def text(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def test_pasted_text_fills_the_sheet(officer: Client) -> None:
    """粘贴通知正文：读成的行填进表里，读不懂的句子列出，什么都不写。"""
    pasted = write_announcement(parse_notice(notice())) + "\n各地区要安排好值班。"
    answer = officer.post(NEW, {"step": "read", "year": "2027", "text": pasted})
    sheet = answer.context["sheet"]
    rows = [(form.initial["name"], form.initial["days"]) for form in sheet.off.initial_forms]
    assert rows == [(e.name, e.count) for e in parse_notice(notice()).festivals]
    assert [line.why for line in answer.context["found"].unread] == ["没有写明日期"]
    assert HolidayNotice.objects.count() == 0


def test_typed_rows_become_the_same_notice(officer: Client) -> None:
    """表里填的行，提出后就是那份通知；核对只看不写。"""
    checked = officer.post(NEW, typed(step="check"))
    assert (checked.status_code, HolidayNotice.objects.count()) == (200, 0)
    assert checked.context["year"].working == 246
    proposed = officer.post(NEW, typed(step="propose"))
    row = HolidayNotice.objects.get()
    assert (proposed.status_code, proposed["Location"]) == (302, f"{ROOT}notices/{row.uid}/")
    assert parse_notice(bytes(row.body)) == parse_notice(notice())


def test_a_file_fills_the_sheet(officer: Client) -> None:
    """数据文件读进表里；不是通知的文件说明原因。"""
    good = officer.post(NEW, {"step": "file", "file": SimpleUploadedFile("a.json", notice())})
    assert good.context["sheet"].head.initial["number"] == "示办发〔2026〕9号"
    bad = officer.post(NEW, {"step": "file", "file": SimpleUploadedFile("a.json", b"\xff\x00")})
    assert bad.context["reasons"] == [
        "文件不是 UTF-8 编码的 JSON，请用本系统的放假通知格式重新准备"
    ]
    big = officer.post(NEW, {"step": "file", "file": SimpleUploadedFile("a.json", b"1" * 200_000)})
    assert "文件太大" in text(big)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"year": "2028"}, "年份不符：year 是2028"),
        ({"off-1-days": "7"}, "春节写明共7天，2027-02-05 至 2027-02-12 是8天"),
        ({"makeup-0-on": "2027-02-22"}, "2027-02-22 是周一至周五，不需要列为调休上班"),
        ({"off-1-last": "2027-02-01"}, "春节放假截止日 2027-02-01 早于起始日 2027-02-05"),
        ({"title": ""}, "请填写标题"),
        ({"off-0-first": "一月一日"}, "写成 2027-01-01 的样子"),
        ({"year": "0"}, "请填写"),
        ({"off-TOTAL_FORMS": "x"}, "录入放假通知"),
        ({"off-TOTAL_FORMS": "100000"}, "录入放假通知"),
        ({"title": "\x00<script>alert(1)</script>"}, "录入放假通知"),
        ({"title": "长" * 5000}, "录入放假通知"),
    ],
)
def test_a_wrong_sheet_is_answered_with_a_sentence(
    officer: Client, changed: dict[str, str], said: str
) -> None:
    """填错的表：中文说明，不写入，不出错页。"""
    answer = officer.post(NEW, typed(step="propose", **changed))
    assert answer.status_code in (200, 409)
    assert said.replace("请填写", "") in text(answer)
    assert "<script>alert" not in text(answer)
    assert HolidayNotice.objects.count() == 0


def test_officer_proposes_and_leader_approves(cast: Cast, officer: Client, leader: Client) -> None:
    """政务公开办提出，负责人批准；批准前日历不变。"""
    officer.post(NEW, typed(step="propose"))
    row = HolidayNotice.objects.get()
    page = leader.get(f"{ROOT}notices/{row.uid}/")
    assert rules_on(date(2027, 1, 1)).calendar.covers(2027) is False
    approved = leader.post(
        f"{ROOT}notices/{row.uid}/approve/", {"seen": page.context["plan"].sha256}
    )
    assert approved.status_code == 302
    assert rules_on(date(2027, 1, 1)).calendar.covers(2027) is True
    assert "批准时变动了什么" in text(leader.get(f"{ROOT}notices/{row.uid}/"))


def test_an_outdated_page_approves_nothing(cast: Cast, leader: Client) -> None:
    """打开页面后影响变了：409，说明并给出新的影响。"""
    row = propose_notice(notice(), by=cast.li)
    seen = leader.get(f"{ROOT}notices/{row.uid}/").context["plan"].sha256
    case = request(cast, cast.grain, 1, date(2027, 1, 25))
    answer = leader.post(f"{ROOT}notices/{row.uid}/approve/", {"seen": seen})
    assert answer.status_code == 409
    assert "打开页面之后，受影响的案件有了变化" in text(answer)
    assert case.number in text(answer)
    row.refresh_from_db()
    assert row.state == "proposed"


def test_other_agencies_only_read(cast: Cast, outsider: Client, officer: Client) -> None:
    """外局只能查看：提出、批准、否决一律 403，什么都不改；看得到规则本身。"""
    row = propose_notice(notice(), by=cast.li)
    own = propose_value(cast, "correction.period", "10", date(2026, 3, 1))
    for address, data in (
        (NEW, typed(step="propose")),
        (f"{ROOT}notices/{row.uid}/approve/", {"seen": ""}),
        (f"{ROOT}notices/{row.uid}/reject/", {"reason": "不"}),
        (PERIOD, {**VALUE, "step": "propose"}),
        (f"{ROOT}values/{own.uid}/approve/", {"seen": ""}),
        (f"{ROOT}values/{own.uid}/reject/", {"reason": "不"}),
    ):
        assert outsider.post(address, data).status_code == 403
    assert officer.post(f"{ROOT}notices/{row.uid}/approve/", {"seen": ""}).status_code == 403
    assert outsider.get(NEW).status_code == 403
    for address in ("", "notices/", f"notices/{row.uid}/", "parameters/", "numbers/"):
        assert outsider.get(f"{ROOT}{address}").status_code == 200
    assert {row.state, *Parameter.objects.values_list("state", flat=True)} == {"proposed"}
    assert HolidayNotice.objects.count() == 1


def test_a_reason_is_needed_to_take_back(cast: Cast, officer: Client) -> None:
    """撤回要写理由；写了就撤回，同一通知可以再提。"""
    row = propose_notice(notice(), by=cast.li)
    address = f"{ROOT}notices/{row.uid}/reject/"
    assert officer.post(address, {"reason": " "}).status_code == 409
    assert officer.post(address, {"reason": "录错了"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == ("rejected", "录错了")


def test_a_value_is_shown_first_then_proposed_then_approved(
    cast: Cast, officer: Client, leader: Client
) -> None:
    """县里的取值：先看影响，不写；再提出；另一人批准后才算数。"""
    assert officer.post(PERIOD, {**VALUE, "step": "check"}).context["plan"].moves == ()
    assert Parameter.objects.count() == 0
    officer.post(PERIOD, {**VALUE, "step": "propose"})
    own = Parameter.objects.get()
    on = date(2026, 3, 1)
    assert rules_on(on).number("correction.period") == 15
    page = leader.get(f"{ROOT}values/{own.uid}/")
    seen = page.context["plan"].sha256
    assert leader.post(f"{ROOT}values/{own.uid}/approve/", {"seen": seen}).status_code == 302
    assert rules_on(on).number("correction.period") == 10
    assert "县里自定，已批准" in text(leader.get(PERIOD))


@pytest.mark.parametrize(
    ("key", "changed", "status", "said"),
    [
        ("correction.period", {"value": "-1"}, 200, "填不带符号的整数"),
        ("correction.period", {"value": "十"}, 200, "填不带符号的整数"),
        ("correction.period", {"value": "9" * 30}, 200, "100000"),
        ("correction.period", {"since": "2018-01-01"}, 409, "2019-05-15起施行"),
        ("correction.period", {"source": ""}, 200, "请写明依据"),
        ("correction.period", {"certainty": "Z"}, 200, "Z"),
        ("reply.limit", {}, 409, "县里不能另定"),
        ("pause.from", {"value": "never"}, 200, "never"),
        ("site.annual_table", {"value": "02-31"}, 409, "与单位"),
        ("site.annual_table", {"value": "x"}, 200, "写成 01-31 的样子"),
    ],
)
def test_a_wrong_value_is_answered_with_a_sentence(
    officer: Client, key: str, changed: dict[str, str], status: int, said: str
) -> None:
    """取值填错：中文说明，不写入。"""
    sent = {**VALUE, "step": "propose", **changed}
    answer = officer.post(f"{ROOT}parameters/{key}/", sent)
    assert (answer.status_code, Parameter.objects.count()) == (status, 0)
    assert said in text(answer)


def test_only_the_unsure_rules(cast: Cast, outsider: Client) -> None:
    """只看没有把握的：已核对原文的一条不列，县里核对后的也不列。"""
    found = outsider.get(f"{ROOT}parameters/?only=unsure").context["entries"]
    assert {entry.now.certainty for entry in found} == {"M+", "M", "M?", "P"} & {
        entry.now.certainty for entry in found
    }
    assert "reply.limit" not in {entry.key for entry in found}
    assert "法规已定，不能改" in text(outsider.get(f"{ROOT}parameters/"))


@pytest.mark.parametrize("address", ["parameters/no.such/", f"notices/{UUID(int=1)}/", "values/1/"])
def test_what_is_not_there_is_404(officer: Client, address: str) -> None:
    assert officer.get(f"{ROOT}{address}").status_code == 404


def test_a_number_is_voided_with_a_reason_and_never_while_borne(
    cast: Cast, officer: Client, outsider: Client
) -> None:
    """编号作废写明理由；正在使用的号不能作废；别的机关的序列答 404。"""
    case = request(cast, cast.grain, 1, date(2026, 1, 5))
    free = take_number(cast.grain, kind="case", year=2026, subject=uuid4())
    series = NumberSeries.objects.get(kind="case")
    address = f"{ROOT}numbers/{series.uid}/void/"
    borne = NumberUse.objects.get(subject_uid=case.uid).n
    for n, reason, status in (
        (borne, "不用了", 409),
        (free, "", 409),
        (99, "不用了", 409),
        ("一", "不用了", 409),
        (free, "登记错机关", 302),
        (free, "再来一次", 409),
    ):
        assert officer.post(address, {"n": n, "reason": reason}).status_code == status
    voided = NumberUse.objects.exclude(void_reason="").values_list("n", "void_reason")
    assert list(voided) == [(free, "登记错机关")]
    assert outsider.get(f"{ROOT}numbers/{series.uid}/").status_code == 404
    assert outsider.post(address, {"n": free, "reason": "x"}).status_code == 404


@pytest.mark.parametrize("address", ["", "notices/", "parameters/", "numbers/"])
def test_lists_take_few_queries(cast: Cast, officer: Client, address: str) -> None:
    """名单页的查询数不随行数增加。"""
    put_notice(cast)
    put_value(cast, "correction.period", "9", date(2026, 2, 1))

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"{ROOT}{address}").status_code == 200
        return len(captured)

    few = count()
    for n in range(5):
        body = json.loads(notice())
        propose_notice(
            json.dumps(body | {"number": f"示办发〔2026〕{n + 20}号"}).encode(), by=cast.li
        )
        propose_value(cast, "correction.period", "9", date(2026, 3, n + 1))
        take_number(cast.grain, kind=f"k{n}", year=2026, subject=uuid4())
    assert (count(), few <= 12) == (few, True)
