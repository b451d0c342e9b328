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
_NAMES = {
    "officer": "公开办经办",
    "leader": "县政府办负责人",
    "filler": "单位填报人",
    "approver": "单位审核人",
    "author": "信息员",
    "security": "安全管理员",
    "audit": "审计管理员",
    "handler": "单位承办人",
    "secrecy": "保密审查人",
    "legality": "法制审核人",
    "first": "初审人",
    "second": "复审人",
    "final": "终审人",
}
"""Each seat's holder, in the order of their staff numbers."""
_CHECKING = {
    "secrecy": Role.SECRECY_REVIEWER,
    "legality": Role.LEGALITY_REVIEWER,
    "first": Role.FIRST_REVIEWER,
    "second": Role.SECOND_REVIEWER,
    "final": Role.FINAL_REVIEWER,
}
"""Who looks at the work of others, at the county, its office and the bureau alike."""


@dataclass(frozen=True)
class Cast:
    """Who does what: one person for each duty, so that nobody approves their own work."""

    founder: Person
    officer: Person
    leader: Person
    filler: Person
    approver: Person
    author: Person
    handler: Person
    secrecy: Person
    legality: Person
    first: Person
    second: Person
    final: Person
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
    people = {
        seat: register_person(name=f"演示·{name}", staff_no=f"DEMO-{n:02d}", by=founder)
        for n, (seat, name) in enumerate(_NAMES.items(), start=1)
    }
    return Cast(founder=founder, system=founder, **people)


def seat(cast: Cast, county: Agency, office: Agency, bureau: Agency) -> None:
    """Give the cast their roles and the demo accounts."""
    for agency in (county, office):
        appoint(cast.officer, agency, role=Role.OPENNESS_OFFICER, since=SINCE, by=cast.founder)
        appoint(cast.leader, agency, role=Role.LEADER, since=SINCE, by=cast.founder)
    for agency in (county, office, bureau):
        for duty, role in _CHECKING.items():
            appoint(getattr(cast, duty), agency, role=role, since=SINCE, by=cast.founder)
    _seat_bureau(cast, bureau)
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


def _seat_bureau(cast: Cast, bureau: Agency) -> None:
    for person, role in (
        (cast.filler, Role.RETURN_FILLER),
        (cast.approver, Role.RETURN_APPROVER),
        (cast.approver, Role.LEADER),
        (cast.author, Role.OPENNESS_OFFICER),
        (cast.author, Role.INFORMATION_OFFICER),
        (cast.handler, Role.CASE_OFFICER),
    ):
        appoint(person, bureau, role=role, since=SINCE, by=cast.founder)
