"""The to-do of each person: what is theirs, nearest first, and nothing of anybody else's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.agencies.queries import standing_on
from gongkai.audit import clock
from gongkai.columns import freshness
from gongkai.desk.todo import Group, collected, groups
from gongkai.people.models import Person
from gongkai.reporting.actions import freeze_report
from gongkai.returns.actions import file_return, send_back_return
from gongkai.returns.models import Item
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import SINCE
from tests.rooms.columns.making import appearing, column
from tests.rooms.portal.scene import FROZEN_ON, Scene, account, request

TODAY = date(2025, 1, 6)


@pytest.fixture(autouse=True)
def a_monday_in_january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 1, 6, 2, tzinfo=UTC))


@pytest.fixture
def busy(scene: Scene) -> Scene:
    """The grain bureau has an officer, a filler and an approver; two requests are open."""
    cast = scene.cast
    appoint(cast.chen, cast.grain, role=Role.CASE_OFFICER, since=SINCE, by=cast.li)
    appoint(cast.chen, cast.grain, role=Role.RETURN_FILLER, since=SINCE, by=cast.li)
    appoint(cast.sun, cast.lakes, role=Role.CASE_OFFICER, since=SINCE, by=cast.li)
    appoint(cast.wang, cast.grain, role=Role.RETURN_APPROVER, since=SINCE, by=cast.li)
    request(cast, cast.grain, 5, date(2024, 11, 25))
    request(cast, cast.lakes, 6, date(2024, 12, 10))
    return scene


def waits(person: Person) -> list[tuple[str, str, date | None]]:
    return [
        (one.what, one.act, one.due)
        for one in collected(standing_on(person, TODAY), rules_on(TODAY))
    ]


def test_an_officer_has_the_open_requests_of_the_own_agency(busy: Scene) -> None:
    """不变量四：粮食局的承办只有粮食局未办结的申请，湖泊局的只有湖泊局的。"""
    grain = ("申请 2024-0003", "办理并答复", date(2024, 12, 23))
    lakes = ("申请 2024-0002", "办理并答复", date(2025, 1, 8))
    assert (waits(busy.cast.chen), waits(busy.cast.sun)) == ([grain], [lakes])


def test_the_office_urges_what_is_late_or_nearly_so(busy: Scene) -> None:
    """条例第三条：县政务公开办督促别的单位快到期和逾期的，自己的全列。"""
    assert waits(busy.cast.li) == [
        ("申请 2024-0003", "督促承办单位", date(2024, 12, 23)),
        ("申请 2024-0002", "督促承办单位", date(2025, 1, 8)),
        ("申请 2024-0001", "办理并答复", date(2025, 1, 14)),
        ("2024 年度报告", "定稿", date(2025, 3, 31)),
    ]


def test_a_report_waits_for_its_leader_once_it_is_frozen(busy: Scene) -> None:
    """不变量二：定稿之后轮到负责人公布；定稿人的待办里不再有。"""
    assert waits(busy.cast.zhao) == []
    freeze_report(busy.report, after=0, as_of=FROZEN_ON, by=busy.cast.li)
    assert waits(busy.cast.zhao) == [("2024 年度报告", "批准公布", date(2025, 3, 31))]
    assert "定稿" not in {act for _, act, _ in waits(busy.cast.li)}


def test_a_return_waits_for_another_than_its_filler(busy: Scene) -> None:
    """不变量二：报送后由另一人审核；退回后回到填报人手里。"""
    cast = busy.cast
    filed = file_return(
        cast.grain, period=2024, item=Item.LICENCE, value=7, source="系统", by=cast.chen
    )
    appoint(cast.chen, cast.grain, role=Role.RETURN_APPROVER, since=SINCE, by=cast.li)
    mine = [one for one in waits(cast.chen) if one[1] == "审核"]
    theirs = [one for one in waits(cast.wang) if one[1] == "审核"]
    assert (mine, theirs) == ([], [("2024 年行政许可处理决定数量第 2 稿", "审核", None)])
    send_back_return(filed, reason="与系统不符", by=cast.wang)
    again = [one for one in waits(cast.chen) if "重新" in one[1]]
    assert again == [("2024 年行政许可处理决定数量", "修改后重新报送", date(2025, 1, 10))]


def test_groups_are_by_working_days(busy: Scene) -> None:
    """按工作日分组：逾期、快到期、以后；每组可以只列前几项。"""
    standing = standing_on(busy.cast.li, TODAY)
    names = {
        agency.pk: agency.code for agency in (busy.cast.county, busy.cast.grain, busy.cast.lakes)
    }
    found = groups(collected(standing, rules_on(TODAY)), rules_on(TODAY), names, most=1)
    assert [(one.kind, one.title, one.total, len(one.shown)) for one in found] == [
        ("late", "已逾期", 1, 1),
        ("soon", "快到期", 1, 1),
        ("far", "以后", 2, 1),
    ]
    assert isinstance(found[0], Group)
    assert found[0].shown[0].urgency.text == "逾期 9 个工作日"


def test_overdue_columns_are_one_line_for_whose_they_are(
    busy: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """国办秘函〔2019〕19号：空白和未按时更新的栏目，县里一行，责任机关一行，别的机关没有。"""
    cast, days = busy.cast, {"late": date(2024, 12, 1), "fresh": date(2025, 1, 3)}
    for slug in (*days, "empty"):
        column(cast, slug)
    monkeypatch.setattr(freshness, "_sources", [appearing(days)])

    def lines(person: Person) -> list[tuple[str, str, str, int, date | None]]:
        found = collected(standing_on(person, TODAY), rules_on(TODAY))
        return [
            (one.what, one.act, one.address, one.agency_id, one.due)
            for one in found
            if "栏目" in one.what
        ]

    what, where = "2 个栏目空白或者没有按时更新（空白 1 个）", "/desk/columns/?overdue=1"
    due = date(2024, 12, 31)
    assert lines(cast.li) == [(what, "督促责任机关", where, cast.office.pk, due)]
    assert lines(cast.chen) == [(what, "更新栏目", where, cast.grain.pk, due)]
    assert (lines(cast.sun), lines(cast.zhao)) == ([], [])


@pytest.mark.parametrize("who", ["li", "zhao", "chen"])
def test_the_desk_asks_few_questions(
    busy: Scene, who: str, django_assert_max_num_queries: object
) -> None:
    """待办页不超过 12 次查询，起草、审核、栏目、收件各项都在内；主管、负责人、承办兼报送人都一样。"""
    column(busy.cast, "empty")
    client = Client()
    client.force_login(account(getattr(busy.cast, who), who))
    client.get("/desk/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get("/desk/")
    assert page.context["total"] == {"li": 5, "zhao": 0, "chen": 2}[who]
