"""What of the rules waits for whom."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.queries import standing_on
from gongkai.agencies.todo import Todo, told
from gongkai.people.models import Person
from gongkai.rulebook.actions import propose_notice, reject_notice
from gongkai.rulebook.queries import rules_on
from gongkai.rulebook.todo import todo
from tests.rooms.cast import Cast
from tests.rooms.rulebook.entering import notice, propose_value, put_notice, put_value

NOVEMBER = date(2026, 11, 1)


def waiting(person: Person, on: date) -> list[Todo]:
    standing, rules = standing_on(person, on), rules_on(on)
    with CaptureQueriesContext(connection) as captured:
        found = told(todo(standing, rules))
    assert len(captured) <= 2
    return found


def test_what_others_propose_waits_for_the_leader(cast: Cast) -> None:
    """两人经手：别人提出的等负责人批准，自己提出的不列；别的机关什么都没有。"""
    row = propose_notice(notice(), by=cast.li)
    own = propose_value(cast, "correction.period", "10", date(2026, 3, 1))
    mine = propose_notice(notice(number="示办发〔2026〕10号"), by=cast.zhao)
    assert [(t.what, t.address, t.agency_id) for t in waiting(cast.zhao, date(2026, 6, 1))] == [
        ("2027年放假通知待批准", f"/desk/rulebook/notices/{row.uid}/", cast.office.pk),
        ("“合理补正期限”的县内取值待批准", f"/desk/rulebook/values/{own.uid}/", cast.office.pk),
    ]
    assert (waiting(cast.li, date(2026, 6, 1)), waiting(cast.sun, NOVEMBER)) == ([], [])
    assert str(mine.uid) not in "".join(t.address for t in waiting(cast.zhao, NOVEMBER))


def test_a_missing_notice_is_asked_for_from_november(cast: Cast) -> None:
    """次年通知：十一月一日起提醒政务公开办，提出或批准后不再提醒，撤回后又提醒。"""
    asked = ["2027年放假通知还没有录入，跨年的期限都是暂定的"]

    def what(on: date) -> list[str]:
        return [found.what for found in waiting(cast.li, on)]

    assert (what(date(2026, 10, 31)), what(NOVEMBER)) == ([], asked)
    proposed = propose_notice(notice(), by=cast.li)
    assert what(NOVEMBER) == []
    reject_notice(proposed, reason="录错了", by=cast.li)
    assert what(NOVEMBER) == asked
    put_notice(cast)
    assert what(date(2026, 12, 31)) == []
    assert what(date(2025, 12, 31)) == []


def test_the_county_may_ask_earlier(cast: Cast) -> None:
    """提醒的起始日是参数：县里可以改为十月。"""
    put_value(cast, "notice.expected_from", "10-15", date(2026, 1, 1))
    assert len(waiting(cast.li, date(2026, 10, 15))) == 1
