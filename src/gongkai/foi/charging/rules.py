"""Who decides on what an agency charges."""

from __future__ import annotations

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.standing import Standing

CHOOSES = "本机关的负责人"


def may_choose(standing: Standing, agency: Agency) -> bool:
    """Whether to charge is the head's decision: the default of 条例第四十二条 is that nothing is charged."""
    return standing.holds(Role.LEADER, agency)
