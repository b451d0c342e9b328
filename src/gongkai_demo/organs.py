"""The demo county's agencies."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.agencies.actions import establish_agency
from gongkai.agencies.models import Agency, Level
from gongkai.audit.identity import Actor

DATA = Path(__file__).parent / "data"
SINCE = date(2019, 1, 1)


@dataclass(frozen=True)
class Organ:
    """An agency with its share of licences, penalties, coercive measures and fees."""

    agency: Agency
    mark: str
    weight: tuple[int, ...]


def establish(by: Actor) -> list[Organ]:
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
        organs.append(Organ(agency, row["mark"], tuple(row["weight"])))
    return organs
