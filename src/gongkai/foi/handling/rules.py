"""Who may give back what was assigned, and see it."""

from __future__ import annotations

from gongkai.agencies.models import ADMINISTRATORS
from gongkai.agencies.standing import Standing
from gongkai.foi.handling.models import Assignment
from gongkai.foi.rules import may_work

RETURNERS = "交办给的单位或者人员，或者受理机关的承办、政务公开办"


def may_return(standing: Standing, given: Assignment) -> bool:
    """Those it was given to, and the officers of the case on their behalf."""
    if given.returned_on is None and given.person_id == standing.person.pk:
        return True
    return _in_the_unit(standing, given) or may_work(standing, given.case)


def may_see(standing: Standing, given: Assignment) -> bool:
    """Whether the matter given away is one's own: it tells the task, and nothing of the case beside its number."""
    mine = given.person_id == standing.person.pk
    return mine or _in_the_unit(standing, given) or may_work(standing, given.case)


def _in_the_unit(standing: Standing, given: Assignment) -> bool:
    return any(
        given.unit_id in held.reach and held.role not in ADMINISTRATORS for held in standing.held
    )
