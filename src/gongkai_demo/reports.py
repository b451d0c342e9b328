"""The demo's reports: the county's of both years and one unit's, frozen and released."""

from __future__ import annotations

import tomllib
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.reporting.actions import freeze_report, open_report, release_report
from gongkai.reporting.models import Report
from gongkai_demo.cast import Cast
from gongkai_demo.organs import DATA

CONTACT = "社旗县人民政府办公室 0000-0000000"


def release_year(agency: Agency, year: int, cast: Cast) -> Report:
    """Open, freeze and release the report of *agency* for *year*."""
    report = open_report(agency, year=year, contact=CONTACT, sections=_sections(year), by=cast.officer)
    freeze = freeze_report(report, after=0, as_of=date(year, 12, 31), by=cast.officer)
    return release_report(freeze, on=date(year + 1, 1, 20), by=cast.leader)


def _sections(year: int) -> dict[int, str]:
    texts = tomllib.loads((DATA / "sections.toml").read_text(encoding="utf-8"))
    return {int(n): text.replace("{year}", str(year)).strip() for n, text in texts.items()}
