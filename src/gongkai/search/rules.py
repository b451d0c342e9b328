"""Who looks after the county's search."""

from __future__ import annotations

from gongkai.agencies.models import Level, Role
from gongkai.agencies.standing import Standing

TENDS = "县政府办公室的政务公开办"
_COUNTY_OFFICE = (Level.COUNTY, Level.OFFICE)


def may_tend(standing: Standing) -> bool:
    """Synonyms and recommendations: the openness office of the county, for they change what all find."""
    return any(
        held.role is Role.OPENNESS_OFFICER and held.level in _COUNTY_OFFICE
        for held in standing.held
    )
