"""The people of the demo county: every name says that it is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actions import appoint
from gongkai.agencies.authority import Order
from gongkai.agencies.models import Agency, Role
from gongkai.people.actions import open_account, register_person
from gongkai.people.models import Person
from gongkai_demo.accounts import ACCOUNTS

SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class Cast:
    """Who does what: one person for each duty, so that nobody approves their own work."""

    founder: Person
    officer: Person
    leader: Person
    filler: Person
    approver: Person
    author: Person
    system: Person
    security: Person
    audit: Person

    @property
    def order(self) -> Order:
        """By whose order these few people act for every agency, whatever roles they hold."""
        return Order(self.founder, "演示数据")


def hire() -> Cast:
    """Register the people."""
    founder = register_person(name="演示·系统管理员", staff_no="DEMO-00", by=None)
    names = (
        *("公开办经办", "县政府办负责人", "单位填报人", "单位审核人", "信息员"),
        *("安全管理员", "审计管理员"),
    )
    officer, leader, filler, approver, author, security, audit = (
        register_person(name=f"演示·{name}", staff_no=f"DEMO-{n:02d}", by=founder)
        for n, name in enumerate(names, start=1)
    )
    return Cast(founder, officer, leader, filler, approver, author, founder, security, audit)


def seat(cast: Cast, county: Agency, office: Agency, bureau: Agency) -> None:
    """Give the cast their roles and the demo accounts."""
    for agency in (county, office):
        appoint(cast.officer, agency, role=Role.OPENNESS_OFFICER, since=SINCE, by=cast.founder)
        appoint(cast.leader, agency, role=Role.LEADER, since=SINCE, by=cast.founder)
    for person, role in (
        (cast.filler, Role.RETURN_FILLER),
        (cast.approver, Role.RETURN_APPROVER),
        (cast.approver, Role.LEADER),
        (cast.author, Role.OPENNESS_OFFICER),
    ):
        appoint(person, bureau, role=role, since=SINCE, by=cast.founder)
    for person, role in (
        (cast.system, Role.SYSTEM_ADMINISTRATOR),
        (cast.security, Role.SECURITY_ADMINISTRATOR),
        (cast.audit, Role.AUDIT_ADMINISTRATOR),
    ):
        appoint(person, county, role=role, since=SINCE, by=cast.founder)
    for account in ACCOUNTS:
        open_account(
            getattr(cast, account.seat),
            login=account.login,
            password=account.password,
            is_demo=True,
            by=cast.founder,
        )
