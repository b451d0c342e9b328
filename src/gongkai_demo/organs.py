"""The demo county's agencies."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.agencies.actions import establish_agency, record_contact
from gongkai.agencies.actions.establishing import Contact
from gongkai.agencies.authority import Order
from gongkai.agencies.models import Agency, Level
from gongkai.letters.actions import set_forum
from gongkai.people.models import Person

DATA = Path(__file__).parent / "data"
SINCE = date(2019, 1, 1)


@dataclass(frozen=True)
class Organ:
    """An agency with its share of licences, penalties, coercive measures and fees."""

    agency: Agency
    name: str
    short: str
    mark: str
    weight: tuple[int, ...]


def establish(by: Person) -> list[Organ]:
    """Establish every agency of the list, the county first."""
    rows = tomllib.loads((DATA / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    organs: list[Organ] = []
    for n, row in enumerate(rows, start=1):
        agency = establish_agency(
            code=f"SQ{n:07d}",
            credit_code=f"11990000SQ{n:07d}0",
            level=Level(row["level"]),
            name=row["name"],
            short=row["short"],
            mark=row["mark"],
            since=SINCE,
            parent=organs[0].agency if organs else None,
            rolls_up=row.get("rolls_up", True),
            by=by,
        )
        contact = _contact(row["name"], n)
        record_contact(agency, contact, since=SINCE, order=Order(by, "演示数据"), by=by)
        organs.append(Organ(agency, row["name"], row["short"], row["mark"], tuple(row["weight"])))
    return organs


def say_where_to_complain(officer: Person) -> None:
    """Set the review organ and the court every decision names."""
    set_forum(
        None,
        review_organ="演示市人民政府",
        court="演示县人民法院",
        online="",
        since=SINCE,
        by=officer,
    )


def _contact(name: str, n: int) -> Contact:
    """Return what is made known of an agency: plainly invented, like its people."""
    return Contact(
        duties=f"{name}依法履行各项职能（演示数据，内容从略）。",
        head="演示·负责人",
        office=f"{name}政务公开工作机构（演示）",
        address=f"演示路 {n} 号",
        hours="工作日 8:30—12:00，14:30—18:00（法定节假日除外）",
        telephone="0000-0000000",
    )
