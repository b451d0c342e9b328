"""Who may put an approved text before the public, and who may take it away."""

from __future__ import annotations

from gongkai.agencies.models import Agency, Level, Role
from gongkai.agencies.rules import OF_THE_COUNTY
from gongkai.agencies.standing import Standing

PUBLISHERS = "信息员或者县政务公开办"
WITHDRAWERS = "本机关负责人、县政府办公室负责人或者县政务公开办"
_OVERSEES = (Role.OPENNESS_OFFICER, Role.LEADER)
ALERTERS = "县政务公开办或者县政府办公室负责人"


def may_publish(standing: Standing, agency: Agency) -> bool:
    """Whether an approved edition of *agency* may be published by *standing*."""
    return standing.holds(Role.INFORMATION_OFFICER, agency) or is_office(standing)


def may_withdraw(standing: Standing, agency: Agency) -> bool:
    """Whether a publication of *agency* may be ended by *standing*."""
    return standing.holds(Role.LEADER, agency) or is_office(standing, Role.LEADER)


def withdrawn_for(standing: Standing, agency: Agency) -> int | None:
    """Return the key of the agency in whose name *standing* ends a publication of *agency*: its own, or the office."""
    if standing.holds(Role.LEADER, agency):
        return agency.pk
    held = [one for one in standing.held if one.role in _OVERSEES and one.level in OF_THE_COUNTY]
    held.sort(key=lambda one: one.level is not Level.OFFICE)
    return held[0].agency_id if held else None


def may_alert(standing: Standing) -> bool:
    """Whether *standing* answers for what the whole site says: its alerts, its addresses, what is destroyed."""
    return is_office(standing, Role.LEADER)


def is_office(standing: Standing, *others: Role) -> bool:
    """Whether one belongs to the office that answers for the whole site (条例第三条)."""
    return standing.compiles_for_the_county and standing.is_any(Role.OPENNESS_OFFICER, *others)
