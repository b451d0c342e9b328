"""Who may change the rules of the county, and who may void a number."""

from __future__ import annotations

from gongkai.agencies.models import Agency, Level, Role
from gongkai.agencies.standing import Held, Standing
from gongkai.rulebook.models import Proposal

PROPOSES = "县政府办公室的政务公开办"
APPROVES = "县政府办公室的负责人"
VOIDS = "该机关的政务公开办"

_COUNTY_OFFICE = (Level.COUNTY, Level.OFFICE)


def may_propose(standing: Standing) -> bool:
    """提出: the openness office of the county, in charge of the whole county's work (条例第三条)."""
    return office_held(standing, Role.OPENNESS_OFFICER) is not None


def may_approve(standing: Standing) -> bool:
    """批准: the head of the county's office; that it is another person than proposed, the action checks."""
    return office_held(standing, Role.LEADER) is not None


def may_reject(standing: Standing, row: Proposal) -> bool:
    """不批准或者撤回: whoever may approve, and whoever proposed as long as they still may."""
    mine = row.proposed_by_id == standing.person.pk
    return may_approve(standing) or (mine and may_propose(standing))


def may_void(standing: Standing, agency: Agency) -> bool:
    """作废编号: the openness office of the agency whose series it is, or the county's."""
    return standing.holds(Role.OPENNESS_OFFICER, agency) or may_propose(standing)


def office_held(standing: Standing, role: Role) -> Held | None:
    """Return the seat in the county's office that gives *standing* the role, or None."""
    seats = (held for held in standing.held if held.role is role and held.level in _COUNTY_OFFICE)
    return next(seats, None)
