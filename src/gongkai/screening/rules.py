"""Who has files examined, and who may answer for one that is held."""

from __future__ import annotations

from gongkai.agencies.models import ADMINISTRATORS, Agency, Level, Role
from gongkai.agencies.standing import Standing

WORKING = tuple(role for role in Role if role not in ADMINISTRATORS)
EXAMINERS = "本单位的工作人员"
RELEASING = (Role.LEADER, Role.OPENNESS_OFFICER)
RELEASERS = f"本单位的“{Role.LEADER.label}”或“{Role.OPENNESS_OFFICER.label}”"


def may_screen(standing: Standing, agency: Agency) -> bool:
    """出门检查: whoever works for the agency."""
    return standing.holds_for(WORKING, agency.pk, Level(agency.level))


def may_release(standing: Standing, agency: Agency) -> bool:
    """放行: who answers for what the agency lets out. That it was somebody else's file is asked apart."""
    return standing.holds_for(RELEASING, agency.pk, Level(agency.level))
