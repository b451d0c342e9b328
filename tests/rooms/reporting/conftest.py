"""A county with one bureau, both with returns in, and a report whose text refers to figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from gongkai.agencies.actions import appoint, establish_agency
from gongkai.agencies.authority import Order
from gongkai.agencies.models import Agency, Level, Role
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.reporting.actions import open_report
from gongkai.reporting.models import Report
from gongkai.returns.actions import accept_return, file_return
from gongkai.returns.models import Item, Return

YEAR = 2024
YEAR_END = date(YEAR, 12, 31)
SECTIONS: Mapping[int, str] = {
    1: (
        "依据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号编制。\n（一）主动公开情况\n主动公开信息 {n.items} 条。\n"
        "（二）依申请公开情况\n{year}年收到申请 {t3.new.tot} 件，办结 {t3.r7.tot} 件，结转 {t3.fwd.tot} 件。\n"
        "（三）政府信息管理情况\n制发行政规范性文件 {t2.norm.made} 件。\n（四）政府信息公开平台建设情况\n完善检索。\n"
        "（五）监督保障情况\n工作考核结果良好，未开展社会评议，未发生责任追究。"
    ),
    5: "存在的主要问题：公开不够及时。\n改进情况：明确更新期限并按月检查。",
    6: "{year}年未收取信息处理费。统计期限自{year}年1月1日起至{year}年12月31日止。联系电话：0000-0000000。",
}


@dataclass(frozen=True)
class Office:
    """Who is in the scene."""

    county: Agency
    bureau: Agency
    officer: Person
    leader: Person


@pytest.fixture
def office(db: None) -> Office:
    officer = register_person(name="公开办小孙", staff_no="T-01", by=None)
    leader = register_person(name="负责人老赵", staff_no="T-02", by=officer)
    county = _agency(1, "试验县人民政府", Level.COUNTY, officer)
    bureau = _agency(2, "试验县某局", Level.BUREAU, officer)
    for agency in (county, bureau):
        # The leader sits in both chairs, so that a test can tell the second person from the second role.
        for person, role in (
            (officer, Role.OPENNESS_OFFICER),
            (leader, Role.OPENNESS_OFFICER),
            (leader, Role.LEADER),
        ):
            appoint(person, agency, role=role, since=date(2019, 1, 1), by=officer)
        for item in Item:
            accept_return(_filed(agency, item, officer), order=Order(officer, "试验"), by=leader)
    return Office(county, bureau, officer, leader)


@pytest.fixture
def report(office: Office) -> Report:
    sections = {n: text.replace("{year}", str(YEAR)) for n, text in SECTIONS.items()}
    return open_report(
        office.county,
        year=YEAR,
        contact="试验县人民政府办公室 0000-0000000",
        sections=sections,
        by=office.officer,
    )


def _filed(agency: Agency, item: Item, by: Person) -> Return:
    value = 1_000_000 if item is Item.FEE else 5  # 一万元；五件
    order = Order(by, "试验")
    return file_return(
        agency, period=YEAR, item=item, value=value, source="试验", order=order, by=by
    )


def _agency(n: int, name: str, level: Level, by: Person) -> Agency:
    return establish_agency(
        code=f"TR{n:07d}",
        credit_code=f"11990000TR{n:07d}0",
        level=level,
        name=name,
        short=name[3:],
        mark="试",
        since=date(2019, 1, 1),
        by=by,
    )
