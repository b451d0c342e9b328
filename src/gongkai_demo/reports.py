"""The demo's reports: the county's of both years and one unit's, frozen and released."""

from __future__ import annotations

import tomllib
from datetime import date

from gongkai.agencies.models import Agency, Level
from gongkai.people.models import Person
from gongkai.reporting.actions import freeze_report, open_report, release_report
from gongkai.reporting.models import Report
from gongkai_demo.organs import DATA

CONTACT = "社旗县人民政府办公室 0000-0000000"


def release_year(agency: Agency, year: int, *, officer: Person, leader: Person) -> Report:
    """Open, freeze and release the report of *agency* for *year*."""
    report = open_report(
        agency, year=year, contact=CONTACT, sections=_sections(agency, year), by=officer
    )
    freeze = freeze_report(report, after=0, as_of=date(year, 12, 31), by=officer)
    return release_report(freeze, on=date(year + 1, 1, 20), by=leader)


def _sections(agency: Agency, year: int) -> dict[int, str]:
    texts = tomllib.loads((DATA / "sections.toml").read_text(encoding="utf-8"))
    county = agency.level == Level.COUNTY
    whole = "全县各级各部门" if county else "本机关"
    own = {1: texts["1"], 5: texts[f"5-{year}" if county else "5-unit"], 6: texts["6"]}
    return {
        n: text.replace("{year}", str(year)).replace("{whole}", whole).strip()
        for n, text in own.items()
    }
