"""Draft → pre-flight → freeze → release: what stands in the way is named, what is frozen stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.refusal import RoleRefused
from gongkai.annualreport.model import cell_keys
from gongkai.audit import guards
from gongkai.audit.models import Event
from gongkai.figures import registry
from gongkai.people.actions import register_person
from gongkai.reporting.actions import (
    ReportRefused,
    freeze_report,
    note_erratum,
    open_report,
    release_report,
    write_section,
)
from gongkai.reporting.compile import compile_draft
from gongkai.reporting.models import CellList, Erratum, Freeze, Report
from gongkai.reporting.preflight import Obstacle, obstacles
from gongkai.reporting.queries import broken_freezes, frozen_report, frozen_uids, released_report
from gongkai.returns.models import Item, Return
from gongkai.text.canonical import from_canonical
from tests.rooms.reporting.conftest import YEAR, YEAR_END, Office


def test_the_draft_has_all_two_hundred_cells_from_registered_figures(report: Report) -> None:
    cells = compile_draft(report, YEAR_END).report.cells()
    assert list(cells) == list(cell_keys("2021"))
    assert len(cells) == 175 + 15 + 10
    assert set(cells) <= set(registry.registered())
    nonzero = {key: value for key, value in cells.items() if value not in (0, "0")}
    assert nonzero == {"t2.licence": 10, "t2.penalty": 10, "t2.coercion": 10, "t2.fee": "2"}


def test_the_draft_on_any_day_says_what_the_report_would_say(report: Report) -> None:
    draft = compile_draft(report, date(YEAR, 6, 30))
    assert (draft.report.period, draft.scope.as_of) == ("2024-01-01/2024-06-30", date(YEAR, 6, 30))


def test_compiling_asks_the_database_a_fixed_number_of_times(
    report: Report, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """一百万件申请与一件申请的查询次数相同。"""
    with django_assert_num_queries(19):
        compile_draft(report, YEAR_END)


def test_a_missing_return_is_the_only_obstacle_and_blocks_the_freeze(
    office: Office, report: Report
) -> None:
    """不变量十：缺报不等于零，预检指出是哪个单位、哪一格。"""
    _lose_penalties(office)
    blocking = [found for found in obstacles(compile_draft(report, YEAR_END)) if found.blocking]
    assert blocking == [
        Obstacle(
            "A-缺报",
            True,
            "error",
            ("t2.penalty",),
            "试验县某局：行政处罚处理决定数量：尚未报送。缺报不等于零，请催报并接收后再定稿。",
            "国办公开办函〔2021〕30号；条例第五十条",
        )
    ]
    with pytest.raises(ReportRefused, match="试验县某局：行政处罚"):
        freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    assert not Freeze.objects.exists()


def test_a_typed_number_that_disagrees_blocks_the_freeze(office: Office, report: Report) -> None:
    text = report.sections.get(n=1).text.replace("主动公开信息 {n.items} 条", "主动公开信息 88 条")
    write_section(report, n=1, text=text, by=office.officer)
    blocking = [found for found in obstacles(compile_draft(report, YEAR_END)) if found.blocking]
    assert [(found.code, found.cells) for found in blocking] == [("N-手写", ("n.items",))]


@pytest.mark.parametrize("code", ["A-缺报", "N-手写"])
def test_a_missing_return_or_a_typed_number_cannot_be_excused(
    office: Office, report: Report, code: str
) -> None:
    """不变量十：写了理由也不能带着缺报或手写数字定稿。"""
    _lose_penalties(office)
    text = report.sections.get(n=1).text.replace("主动公开信息 {n.items} 条", "主动公开信息 88 条")
    write_section(report, n=1, text=text, by=office.officer)
    everything = {
        o.code: "领导同意" for o in obstacles(compile_draft(report, YEAR_END)) if o.code != code
    }
    with pytest.raises(ReportRefused, match=f"\\n{code} "):
        freeze_report(
            report,
            after=0,
            as_of=YEAR_END,
            accepting={**everything, code: "领导同意"},
            by=office.officer,
        )


def test_a_failing_check_is_accepted_with_a_reason_that_is_frozen(
    office: Office, report: Report
) -> None:
    text = report.sections.get(n=1).text.replace("收到申请 {t3.new.tot} 件", "收到申请 3 件")
    write_section(report, n=1, text=text, by=office.officer)
    reasons = {"B-56": "另有说明", "N-01": "含口头咨询，已在正文说明"}
    freeze = freeze_report(report, after=0, as_of=YEAR_END, accepting=reasons, by=office.officer)
    assert from_canonical(bytes(freeze.canonical))["accepted"] == reasons  # type: ignore[index, call-overload]


def test_a_typed_count_of_requests_that_disagrees_blocks_the_freeze(
    office: Office, report: Report
) -> None:
    """N-01：正文“收到申请”与表三新收不符；表三全零而正文有申请，同时是 B-56。"""
    text = report.sections.get(n=1).text.replace("收到申请 {t3.new.tot} 件", "收到申请 3 件")
    write_section(report, n=1, text=text, by=office.officer)
    blocking = [
        found.code for found in obstacles(compile_draft(report, YEAR_END)) if found.blocking
    ]
    assert blocking == ["B-56", "N-01"]


def test_a_year_that_has_not_ended_cannot_be_frozen(office: Office, report: Report) -> None:
    with pytest.raises(ReportRefused, match="尚未结束，只能看草稿"):
        freeze_report(report, after=0, as_of=date(YEAR, 12, 30), by=office.officer)


def test_a_freeze_keeps_the_report_and_every_list(office: Office, report: Report) -> None:
    """不变量五：定稿保存每个数字背后的清单及其哈希。"""
    freeze = freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    assert frozen_report(freeze).cells() == compile_draft(report, YEAR_END).report.cells()
    assert CellList.objects.filter(freeze=freeze).count() == len(registry.registered())
    wanted = Return.objects.filter(item=Item.LICENCE).values_list("uid", flat=True)
    assert frozen_uids(freeze, "t2.licence") == frozenset(wanted)
    assert broken_freezes() == []


def test_two_freezes_at_once_the_second_is_told(office: Office, report: Report) -> None:
    freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    with pytest.raises(ReportRefused, match="另一位同事刚刚定稿"):
        freeze_report(report, after=0, as_of=YEAR_END, by=office.leader)
    assert list(Freeze.objects.values_list("n", flat=True)) == [1]
    assert freeze_report(report, after=1, as_of=YEAR_END, by=office.leader).n == 2


@pytest.mark.parametrize("table", ["reporting_freeze", "reporting_celllist"])
@pytest.mark.parametrize("change", ["UPDATE {} SET sha256 = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_frozen(
    office: Office, report: Report, table: str, change: str
) -> None:
    freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    with (
        pytest.raises(DatabaseError, match="只可追加"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


def test_a_planted_change_of_a_frozen_byte_is_found(office: Office, report: Report) -> None:
    freeze = freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    guards.drop_all(connection)
    changed = bytes(freeze.canonical).replace(b'"licence":10', b'"licence":11')
    Freeze.objects.filter(pk=freeze.pk).update(canonical=changed)
    assert broken_freezes() == [f"{report} 第 1 稿：内容与哈希不符"]


def test_who_froze_may_not_release(office: Office, report: Report) -> None:
    """不变量二：定稿与批准公布是两个人。"""
    freeze = freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    with pytest.raises(ReportRefused, match="定稿人不能自己批准公布"):
        release_report(freeze, on=date(2025, 1, 20), by=office.officer)
    assert released_report(office.county, YEAR) is None
    release_report(freeze, on=date(2025, 1, 20), by=office.leader)
    shown = released_report(office.county, YEAR)
    assert shown is not None
    assert (shown.published_on, shown.cell("t2.fee")) == (date(2025, 1, 20), "2")


def test_an_erratum_says_the_old_value_itself(office: Office, report: Report) -> None:
    freeze = freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    noted = partial(note_erratum, freeze, reason="漏报一件", on=date(2025, 2, 1), by=office.leader)
    noted(cell="t2.penalty", new="11")
    assert list(Erratum.objects.values_list("cell", "old", "new", "reason")) == [
        ("t2.penalty", "10", "11", "漏报一件")
    ]
    with pytest.raises(ReportRefused, match=r"定稿中没有 t9\.x"):
        noted(cell="t9.x", new="1")


def test_every_step_of_a_report_is_in_the_log(office: Office, report: Report) -> None:
    freeze = freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    release_report(freeze, on=date(2025, 1, 20), by=office.leader)
    logged = Event.objects.filter(subject=f"report:{report.uid}").order_by("seq")
    assert [(event.kind, event.actor_name) for event in logged] == [
        ("report.opened", "公开办小孙"),
        ("report.frozen", "公开办小孙"),
        ("report.released", "负责人老赵"),
    ]


def _lose_penalties(office: Office) -> None:
    guards.drop_all(connection)
    Return.objects.filter(agency=office.bureau, item=Item.PENALTY).delete()
    guards.install_all(connection)


def test_the_action_itself_asks_for_the_role(office: Office, report: Report) -> None:
    """编制、撰写、定稿、公布、更正各有其角色：动作自己拒绝，写明是谁的事，什么都不写。"""
    freeze = freeze_report(report, after=0, as_of=YEAR_END, by=office.officer)
    stranger = register_person(name="路人", staff_no="T-09", by=office.officer)
    before = Event.objects.count()
    steps: Mapping[str, Callable[[], object]] = {
        "编制年度报告由编制机关的“政务公开办”": lambda: open_report(
            office.county, year=YEAR + 1, contact="电话", sections={}, by=stranger
        ),
        "撰写年报正文由编制机关的“政务公开办”": lambda: write_section(
            report, n=1, text="正文", by=stranger
        ),
        "年报定稿由编制机关的“政务公开办”": lambda: freeze_report(
            report, after=1, as_of=YEAR_END, by=stranger
        ),
        "公布年报由编制机关的“负责人”": lambda: release_report(
            freeze, on=date(2025, 1, 20), by=stranger
        ),
        "更正已公布的年报由编制机关的“政务公开办”“负责人”": lambda: note_erratum(
            freeze, cell="t2.fee", new="1", reason="漏", on=date(2025, 2, 1), by=stranger
        ),
    }
    for said, step in steps.items():
        with pytest.raises(RoleRefused) as refused:
            step()
        assert str(refused.value) == (
            f"{said}办理（谁办理谁负责），您今天不担任这一角色。"
            "如确由您负责，请本单位负责人或县政务公开办先登记您的任职。"
        )
    assert Event.objects.count() == before
