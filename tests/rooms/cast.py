"""A small invented county, made through the rooms' own actions: what every room's test starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongkai.agencies.actions import appoint, establish_agency
from gongkai.agencies.models import Agency, Level, Role
from gongkai.documents.actions import Draft, enter_documents
from gongkai.documents.models import Edition, Kind
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.policies.actions import Dates, enter_norm
from gongkai.policies.models import Policy

SINCE = date(2019, 5, 15)
"""The day everybody took office: the day the 条例 of 2019 entered into force."""

SEALED_AT = datetime(2024, 3, 1, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Who acts. *sun* works for another agency than *chen*; *li*, *wang* and *zhao* are the office's."""

    county: Agency
    office: Agency
    grain: Agency
    lakes: Agency
    chen: Person
    li: Person
    wang: Person
    zhao: Person
    sun: Person


def make_cast() -> Cast:
    """Enter the county, its office, two bureaus and five people with their roles."""
    li = register_person(name="初审李", staff_no="T002", by=None)
    county = add_agency("T00000001", Level.COUNTY, "示例县人民政府", "示政", None, li)
    office = add_agency("T00000002", Level.OFFICE, "示例县人民政府办公室", "示政办", county, li)
    grain = add_agency("T00000003", Level.BUREAU, "示例县粮食局", "示粮", county, li)
    lakes = add_agency("T00000004", Level.BUREAU, "示例县湖泊局", "示湖", county, li)
    chen = register_person(name="信息员小陈", staff_no="T001", by=li)
    wang = register_person(name="复审王", staff_no="T003", by=li)
    zhao = register_person(name="终审赵", staff_no="T004", by=li)
    sun = register_person(name="外局孙", staff_no="T005", by=li)
    for person, agency, role in (
        (li, office, Role.OPENNESS_OFFICER),
        (wang, office, Role.CASE_OFFICER),
        (zhao, office, Role.LEADER),
        (chen, grain, Role.INFORMATION_OFFICER),
        (sun, lakes, Role.INFORMATION_OFFICER),
    ):
        appoint(person, agency, role=role, since=SINCE, by=li)
    return Cast(county, office, grain, lakes, chen, li, wang, zhao, sun)


def administrator(cast: Cast, role: Role) -> Person:
    """Enter somebody who keeps the installation and holds no role of the work (三员分立)."""
    person = register_person(name=f"{role.label}甲", staff_no=f"T-{role.value}"[:40], by=cast.li)
    appoint(person, cast.county, role=role, since=SINCE, by=cast.li)
    return person


def items(
    cast: Cast, *titles: str, kind: Kind = Kind.NOTICE, closed_at: datetime | None = SEALED_AT
) -> list[Edition]:
    """Enter one document of the grain bureau for each title, written by 小陈."""
    drafts = [Draft(kind=kind, title=title, text=f"{title}正文。") for title in titles]
    return enter_documents(drafts, agency=cast.grain, year=2024, closed_at=closed_at, by=cast.chen)


def norm(
    cast: Cast,
    number: str,
    *,
    written: date,
    in_force: date | None = None,
    expires: date | None = None,
) -> Policy:
    """Enter a normative document of the grain bureau, judged by 终审赵."""
    edition = items(cast, f"关于{number}的规定", kind=Kind.POLICY)[0]
    dates = Dates(
        written_on=written,
        published_on=written,
        in_force_on=in_force or written,
        expires_on=expires,
    )
    return enter_norm(edition.document, number=number, dates=dates, judged_on=written, by=cast.zhao)


def add_agency(
    code: str, level: Level, name: str, mark: str, parent: Agency | None, by: Person
) -> Agency:
    """Enter an agency below *parent*, since everybody took office."""
    return establish_agency(
        code=code,
        credit_code=f"11000000{code}X",
        level=level,
        name=name,
        short=name.removeprefix("示例"),
        mark=mark,
        since=SINCE,
        parent=parent,
        by=by,
    )
