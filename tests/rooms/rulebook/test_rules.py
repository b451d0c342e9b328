"""Notices and dated parameters: what the county adds to the national rules, and what that moves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.audit.models import Event
from gongkai.foi.actions import Arrival, decide, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case
from gongkai.foi.reflow import open_cases
from gongkai.law.errors import NoticeRefused, ParameterError
from gongkai.law.notice import parse_notice
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.rulebook.actions import (
    NoticeKnown,
    ParameterRefused,
    propose_notice,
    propose_parameter,
)
from gongkai.rulebook.models import HolidayNotice, Parameter
from gongkai.rulebook.moves import Move
from gongkai.rulebook.queries import approved_notices, rules_on
from gongkai.text.canonical import sha256_hex
from tests.rooms.cast import Cast
from tests.rooms.rulebook.entering import notice, propose_value, put_notice, put_value

ART_41 = "art41.counted"
PERIOD = "correction.period"
GIVEN = {"material": "电子邮件提供一份"}


def written() -> tuple[int, int]:
    return HolidayNotice.objects.count(), Event.objects.count()


def register(cast: Cast, on: date) -> Case:
    return register_case(
        cast.grain,
        applicant=Identity("演示申请人", f"TEST-{on}", "无"),
        klass="nat",
        arrival=Arrival(
            Channel.IN_PERSON,
            ReceiptFacts(submitted_on=on),
            datetime(on.year, on.month, on.day, 2, tzinfo=UTC),
        ),
        by=cast.chen,
    )


def test_an_imported_notice_is_in_force(cast: Cast) -> None:
    """民法典第二百零三条：导入的放假通知进入日历，逐字保存并记入日志。"""
    day = date(2027, 2, 20)
    before = rules_on(day).calendar.day(day)
    entered = put_notice(cast)
    after = rules_on(day).calendar.day(day)
    assert (before.working, before.provisional) == (False, True)
    assert (after.working, after.provisional, after.basis) == (
        True,
        False,
        "《2027年放假安排（测试用，虚构）》（示办发〔2026〕9号）",
    )
    stored = HolidayNotice.objects.get()
    assert (stored, bytes(stored.body), stored.sha256, stored.decided_by) == (
        entered,
        notice(),
        sha256_hex(notice()),
        cast.zhao,
    )
    assert approved_notices() == [parse_notice(notice())]


def test_a_notice_comes_in_once(cast: Cast) -> None:
    """同一通知导入两次：第二次说明已经导入、该怎么办，什么都不写。"""
    put_notice(cast)
    before = written()
    with pytest.raises(NoticeKnown) as known:
        propose_notice(notice(source="另一份文件"), by=cast.zhao)
    assert str(known.value) == (
        "《2027年放假安排（测试用，虚构）》（示办发〔2026〕9号）（2027 年）已经导入，日历没有变化。"
        "如国务院办公厅另发通知调整，请导入新通知（文号不同）。"
    )
    assert written() == before


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        (b"not json", ["文件不是 UTF-8 编码的 JSON，请用本系统的放假通知格式重新准备"]),
        (b"{}", ["缺少格式标识：schema 应为“gongkai.holiday-notice/1”"]),
        (
            notice(year=2028),
            ["年份不符：year 是2028，标题“2027年放假安排（测试用，虚构）”写的是2027年"],
        ),
        (
            notice(makeup=["2027-02-22", "2027-02-06"]),
            [
                "2027-02-06 既列为放假又列为调休上班",
                "2027-02-22 是周一至周五，不需要列为调休上班",
            ],
        ),
    ],
)
def test_a_wrong_notice_is_refused_whole(body: bytes, reasons: list[str], cast: Cast) -> None:
    """错误的通知一次说全，什么都不写。"""
    before = written()
    with pytest.raises(NoticeRefused) as refused:
        propose_notice(body, by=cast.li)
    assert refused.value.reasons == reasons
    assert str(refused.value) == "放假通知未被接受：" + "；".join(reasons)
    assert written() == before


def test_a_later_notice_replaces_the_first_of_its_year(cast: Cast) -> None:
    """国务院办公厅另发通知调整时，后批准的为准，先前的仍在案。"""
    put_notice(cast)
    put_notice(
        cast, notice(number="示办发〔2027〕1号", makeup=["2027-02-27", "2027-05-08", "2027-10-09"])
    )
    calendar = rules_on(date(2027, 2, 1)).calendar
    days = (date(2027, 2, 20), date(2027, 2, 27))
    assert [calendar.is_working(day) for day in days] == [False, True]
    assert HolidayNotice.objects.count() == 2


def test_a_parameter_holds_from_its_day(cast: Cast) -> None:
    """不变量十一：参数只记启用日期，启用前一日仍按原值；先前的取值仍在案。"""
    for value, since in (("10", date(2024, 3, 1)), ("7", date(2025, 1, 1))):
        put_value(cast, PERIOD, value, since)
    days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [rules_on(day).number(PERIOD) for day in days] == [15, 10, 10, 7]
    own = rules_on(date(2024, 3, 1)).parameter(PERIOD)
    assert (own.basis, own.certainty, own.since) == ("县办规定", "P", date(2024, 3, 1))
    assert own.title == rules_on(date(2024, 2, 29)).parameter(PERIOD).title


def test_the_rules_are_asked_for_once_and_never_kept_too_long(cast: Cast) -> None:
    """放假通知和县里的取值一次查询取齐；别的进程批准了，下一次就按新的算，没有副本要更新。"""
    day = date(2027, 2, 20)
    before = rules_on(day)
    put_notice(cast)
    put_value(cast, PERIOD, "10", date(2026, 3, 1))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        after = rules_on(day)
    assert len(asked) == 1
    assert (before.number(PERIOD), before.calendar.covers(2027)) == (15, False)
    assert (after.number(PERIOD), after.calendar.is_working(day)) == (10, True)
    assert rules_on(day) is after


def test_a_flag_parameter_is_read_as_yes_or_no(cast: Cast) -> None:
    """law 第 Q-4 条：更正申请是否计入表三由县里定，按启用日期。"""
    put_value(cast, ART_41, "true", date(2024, 1, 1))
    assert [rules_on(day).flag(ART_41) for day in (date(2023, 12, 31), date(2024, 1, 1))] == [
        False,
        True,
    ]


NOT_READ = [
    (PERIOD, "合理补正期限", "十五", "P"),
    (PERIOD, "合理补正期限", "-3", "P"),
    (PERIOD, "合理补正期限", "10", "Z"),
    (ART_41, "更正申请是否计入报告表三", "是", "P"),
]


def refused_value(cast: Cast, key: str, value: str, certainty: str) -> str:
    since = date(2024, 3, 1)
    with pytest.raises(ParameterRefused) as refused:
        propose_parameter(
            key, value=value, since=since, source="县办规定", certainty=certainty, by=cast.li
        )
    return str(refused.value)


@pytest.mark.parametrize(("key", "title", "value", "certainty"), NOT_READ)
def test_a_value_that_cannot_be_read_is_refused(
    key: str, title: str, value: str, certainty: str, cast: Cast
) -> None:
    """认不出的取值进不了规则库：否则此后一切期限都算不出来。什么都不写。"""
    before = Event.objects.count()
    assert refused_value(cast, key, value, certainty) == (
        f"“{title}”的取值“{value}”或可靠程度“{certainty}”无法识别："
        "数字填不带符号的整数，是否填 true 或 false，可靠程度填 V、M+、M、M?、P、D，请改正后再提交。"
    )
    assert (Parameter.objects.count(), Event.objects.count()) == (0, before)


def test_what_a_verified_text_fixes_is_not_the_county_s(cast: Cast) -> None:
    """条例第三十三条：已核对原文的答复期限县里不能另定。"""
    before = Event.objects.count()
    assert refused_value(cast, "reply.limit", "30", "P") == (
        "“答复期限”由《政府信息公开条例》第三十三条第二款规定，县里不能另定；法规修改后请更新本系统。"
    )
    assert (Parameter.objects.count(), Event.objects.count()) == (0, before)
    assert rules_on(date(2024, 3, 1)).number("reply.limit") == 20


@pytest.mark.parametrize(
    ("key", "since", "source"),
    [
        ("no.such", date(2024, 3, 1), "县办规定"),
        (PERIOD, date(2019, 5, 14), "县办规定"),
        (PERIOD, date(2024, 3, 1), " "),
    ],
)
def test_a_value_needs_a_known_key_in_force_and_a_source(
    key: str, since: date, source: str, cast: Cast
) -> None:
    """没有的参数、尚未施行的参数、没有依据的取值都被拒，什么都不写。"""
    before = Event.objects.count()
    with pytest.raises(ParameterError):
        propose_parameter(key, value="10", since=since, source=source, certainty="P", by=cast.li)
    assert (Parameter.objects.count(), Event.objects.count()) == (0, before)


def test_two_values_from_one_day_are_refused(cast: Cast) -> None:
    """同一参数同一日只能有一个取值，被拒的不留事件。"""

    since = date(2024, 3, 1)
    propose_value(cast, PERIOD, "10", since)
    before = Event.objects.count()
    with pytest.raises(ParameterRefused) as refused:
        propose_value(cast, PERIOD, "12", since)
    assert str(refused.value) == (
        "这一参数自 2024-03-01 起已有取值（在用或者待批准），同一天只能有一个。"
        "请刷新后查看；确需更改的，换一个启用日期，或者先撤回待批准的一项。"
    )
    assert (Parameter.objects.count(), Event.objects.count()) == (1, before)


def test_a_notice_moves_only_open_cases_it_touches(cast: Cast) -> None:
    """条例第三十三条：新通知只动在办且期限经过调整日的案件；看影响时什么都不写。"""
    register(cast, date(2026, 6, 1))
    touched = register(cast, date(2027, 1, 25))
    answered = register(cast, date(2027, 1, 26))
    register(cast, date(2027, 3, 1))
    decide(answered, result="granted", on=date(2027, 2, 1), facts=GIVEN, by=cast.chen)
    before = written()
    rules = rules_on(date(2027, 1, 25))
    moves = list(open_cases(rules, rules.with_notices([parse_notice(notice())])))
    # By hand, counting from 26 January: without the notice 5 and 8 February are statutory days off,
    # which makes 24 February the 20th day; with it 9–12 February fall away and 20 February is worked.
    assert moves == [
        Move(
            f"县粮食局 {touched.number}",
            f"case:{touched.uid}",
            date(2027, 1, 25),
            date(2027, 2, 24),
            date(2027, 3, 1),
            f"/desk/case/{touched.url_key}/",
        )
    ]
    assert written() == before
