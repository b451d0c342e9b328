"""A county with four requests, all returns in, and a report: what the pages' tests read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongkai.agencies.actions import appoint
from gongkai.agencies.authority import Order
from gongkai.agencies.models import Agency, Role
from gongkai.foi.actions import Arrival, decide, extend, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case
from gongkai.foi.rules import typed_facts
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.people.actions import open_account
from gongkai.people.models import Person, User
from gongkai.reporting.actions import freeze_report, open_report, release_report
from gongkai.reporting.models import Freeze, Report
from gongkai.returns.actions import accept_return, file_return
from gongkai.returns.models import Item
from tests.rooms.cast import SINCE, Cast, make_cast

YEAR = 2024
FROZEN_ON = date(2025, 1, 10)
RELEASED_ON = date(2025, 1, 20)
PASSWORD = "演示口令-只为测试-20240101"
SECRETS = ("甲乙丙申请人", "110101190001010001", "13900000001")
"""What one applicant is called, her identity number and her telephone: none may leave."""

SECTIONS: Mapping[int, str] = {
    1: (
        "依据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号编制。\n"
        "（一）主动公开情况\n主动公开信息 {n.items} 条。\n"
        "（二）依申请公开情况\n2024年收到申请 {t3.new.tot} 件，办结 {t3.r7.tot} 件，结转 {t3.fwd.tot} 件。\n"
        "（三）政府信息管理情况\n制发行政规范性文件 {t2.norm.made} 件。\n"
        "（四）政府信息公开平台建设情况\n完善检索。\n"
        "（五）监督保障情况\n工作考核结果良好，未开展社会评议，未发生责任追究。"
    ),
    5: "存在的主要问题：公开不够及时。\n改进情况：明确更新期限并按月检查。",
    6: (
        "2024年未收取信息处理费。统计期限自2024年1月1日起至2024年12月31日止。"
        "联系电话：0000-0000000。"
    ),
}


@dataclass(frozen=True)
class Scene:
    """*prompt*, *late*, *extended* and *waiting* are requests named by how they went."""

    cast: Cast
    report: Report
    prompt: Case
    late: Case
    extended: Case
    waiting: Case

    @property
    def address(self) -> str:
        return f"/report/{self.report.agency.code}/{YEAR}/"

    @property
    def desk_address(self) -> str:
        return f"/desk{self.address}"


def make_scene() -> Scene:
    """Enter the county, its requests, its returns and the unfrozen report of 2024."""
    cast = make_cast()
    appoint(cast.zhao, cast.county, role=Role.LEADER, since=SINCE, by=cast.li)
    prompt = request(cast, cast.grain, 1, date(2024, 3, 4))
    late = request(cast, cast.lakes, 2, date(2024, 5, 6), "com")
    extended = request(cast, cast.grain, 3, date(2024, 7, 1))
    waiting = request(cast, cast.county, 4, date(2024, 12, 16))
    extend(extended, days=20, on=date(2024, 7, 20), reason="资料多", by=cast.wang)
    for case, on in (
        (prompt, date(2024, 3, 20)),
        (late, date(2024, 8, 1)),
        (extended, date(2024, 8, 9)),
    ):
        grant(cast, case, on)
    file_returns(cast)
    return Scene(cast, open_county_report(cast), prompt, late, extended, waiting)


def request(cast: Cast, agency: Agency, n: int, on: date, klass: str = "nat") -> Case:
    """Register a request handed in on *on*; the first one comes from the applicant of ``SECRETS``."""
    name, document, telephone = SECRETS
    who = Identity(f"{name}{n if n > 1 else ''}", f"{document[:-1]}{n}", f"{telephone[:-1]}{n}")
    noon = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    arrival = Arrival(Channel.IN_PERSON, ReceiptFacts(submitted_on=on), noon)
    return register_case(agency, applicant=who, klass=klass, arrival=arrival, by=cast.wang)


def grant(cast: Cast, case: Case, on: date) -> Case:
    facts = dict.fromkeys(typed_facts(), "已写明")
    return decide(case, result="granted", on=on, facts=facts, by=cast.wang)


def file_returns(cast: Cast, *, value: int = 5) -> None:
    """File and accept every item of every agency: *value* things, or as many 万元."""
    order = Order(cast.li, "试验台账")
    for agency in (cast.county, cast.office, cast.grain, cast.lakes):
        for item in Item:
            amount = value * 1_000_000 if item is Item.FEE else value
            filed = file_return(
                agency,
                period=YEAR,
                item=item,
                value=amount,
                source="业务系统",
                order=order,
                by=cast.chen,
            )
            accept_return(filed, order=order, by=cast.zhao)


def open_county_report(cast: Cast) -> Report:
    return open_report(
        cast.county,
        year=YEAR,
        contact="示例县人民政府办公室 0000-0000000",
        sections=SECTIONS,
        by=cast.li,
    )


def freeze_and_release(scene: Scene) -> Freeze:
    """Freeze by the openness officer, release by the leader."""
    freeze = freeze_report(scene.report, after=0, as_of=FROZEN_ON, by=scene.cast.li)
    release_report(freeze, on=RELEASED_ON, by=scene.cast.zhao)
    return freeze


def account(person: Person, login: str) -> User:
    """Give *person* an account with the tests' password."""
    return open_account(person, login=login, password=PASSWORD, by=person)
