"""Who may draft for an agency, and who may look again at what it withholds."""

from __future__ import annotations

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.standing import Standing

DRAFTING = (Role.INFORMATION_OFFICER, Role.OPENNESS_OFFICER)
DRAFTERS = f"本机关的“{Role.INFORMATION_OFFICER.label}”或“{Role.OPENNESS_OFFICER.label}”"
REASSESSING = (*DRAFTING, Role.LEADER)
REASSESSORS = f"{DRAFTERS}、“{Role.LEADER.label}”"


def may_draft(standing: Standing, agency: Agency) -> bool:
    """起草: the information officer or the open-government office of the agency."""
    return any(standing.holds(role, agency) for role in DRAFTING)


def may_reassess(standing: Standing, agency: Agency) -> bool:
    """定期评估不予公开的信息（条例第十八条）: those who draft, and who leads."""
    return any(standing.holds(role, agency) for role in REASSESSING)
