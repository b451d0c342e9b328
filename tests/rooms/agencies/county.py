"""Changes among the cast's agencies, said in one line."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actions import establish_agency, merge_agencies
from gongkai.agencies.actions.establishing import Contact
from gongkai.agencies.models import Agency, Level, Succession
from gongkai.agencies.reorganisation import Change, ChangeKind, Plan, plan_of
from gongkai.people.models import Person
from tests.rooms.cast import SINCE, Cast

REFORM = date(2024, 7, 1)
BASIS = "示办〔2024〕9号"
CONTACT = Contact(
    duties="管粮食。",
    head="示例某",
    office="示例县粮食局办公室",
    address="示例路 1 号",
    hours="工作日 8:30—12:00，14:30—18:00",
    telephone="0000-0000001",
)


def merging(cast: Cast, on: date = REFORM) -> Change:
    """Lakes into grain."""
    heirs = ((cast.grain, "全部职能"),)
    return Change(ChangeKind.MERGE, (cast.lakes,), heirs, on, BASIS)


def merge(cast: Cast, on: date = REFORM, plan: Plan | None = None) -> list[Succession]:
    """Merge lakes into grain, having seen *plan* or what stands now."""
    seen = (plan or plan_of(merging(cast, on))).sha256
    return merge_agencies(
        [cast.lakes], cast.grain, on=on, scope="全部职能", basis=BASIS, seen=seen, by=cast.li
    )


def station(cast: Cast, n: int = 9, since: date = SINCE, parent: Agency | None = None) -> Agency:
    """Establish one more agency."""
    return establish_agency(
        code=f"T{n:08d}",
        credit_code=f"11000000T{n:08d}X",
        level=Level.INSTITUTION,
        name=f"示例县第{n}站",
        short=f"第{n}站",
        mark=f"示站{n}",
        since=since,
        parent=parent,
        by=cast.li,
    )


def names_of_roles(person: Person) -> list[tuple[str, str, date | None]]:
    rows = person.memberships.select_related("agency").order_by("pk")
    return [(row.agency.code, row.role, row.ended) for row in rows]
