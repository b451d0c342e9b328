"""Who sends in, who handles what was sent, who passes on, who answers."""

from __future__ import annotations

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.rules import OF_THE_COUNTY
from gongkai.agencies.standing import Standing

WRITING = (Role.INFORMATION_OFFICER, Role.OPENNESS_OFFICER)
SENDERS = f"本单位的“{Role.INFORMATION_OFFICER.label}”或“{Role.OPENNESS_OFFICER.label}”"
OFFICE = f"县政府办公室的“{Role.INFORMATION_OFFICER.label}”或“{Role.OPENNESS_OFFICER.label}”"
ANSWER = "relay.limit"


def may_write(standing: Standing, agency: Agency) -> bool:
    """报送、答复: the information officer or the open-government office of the unit."""
    return any(standing.holds(role, agency) for role in WRITING)


def is_office(standing: Standing) -> bool:
    """办理报送、推送: the county office, which answers for the county's site (条例第三条)."""
    return any(held.role in WRITING and held.level in OF_THE_COUNTY for held in standing.held)


def may_offer(standing: Standing, agency: Agency) -> bool:
    """A unit sends in; the office has nobody to send to."""
    return agency.level not in OF_THE_COUNTY and may_write(standing, agency)
