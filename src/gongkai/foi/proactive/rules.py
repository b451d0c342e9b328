"""Who puts requests together and decides about them, and which requests may be."""

from __future__ import annotations

from gongkai.agencies.models import Level, Role
from gongkai.agencies.standing import Standing
from gongkai.foi.models import Case

JUDGES = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
WHO_JUDGES = "受理机关的承办、政务公开办"
GIVEN_ROWS = ("r1", "r2")
"""予以公开 and 部分公开 in table 3: what was given to one may be given to all (条例第四十四条)."""


def may_judge(standing: Standing, agency_id: int, level: Level) -> bool:
    """归入主题、登记结果: the officers of the agency that was asked."""
    return standing.holds_for(JUDGES, agency_id, level)


def is_given(case: Case) -> bool:
    """Whether the request was decided, and something was given."""
    return case.row in GIVEN_ROWS
