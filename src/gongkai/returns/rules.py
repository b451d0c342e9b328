"""Who may file a unit's return, and who may judge it."""

from __future__ import annotations

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.standing import Standing

FILERS = f"本单位的“{Role.RETURN_FILLER.label}”"
JUDGES = f"本单位的“{Role.RETURN_APPROVER.label}”"


def may_file(standing: Standing, agency: Agency) -> bool:
    """报送: the filler of the unit."""
    return standing.holds(Role.RETURN_FILLER, agency)


def may_judge(standing: Standing, agency: Agency) -> bool:
    """接收或退回: the approver of the unit; that it is another person than filed, the action checks."""
    return standing.holds(Role.RETURN_APPROVER, agency)
