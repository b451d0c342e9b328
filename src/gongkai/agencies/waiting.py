"""What waits for the security administrator of a county that begins: somebody has to be the first."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.models import Level
from gongkai.agencies.queries import first_roles_missing
from gongkai.agencies.rules import may_keep_seats
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.law.rules import Rules


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield the first appointments a county still lacks. Nobody else is asked anything."""
    if not may_keep_seats(standing):
        return
    at = next((held.agency_id for held in standing.held if held.level is Level.COUNTY), None)
    if at is None:
        return
    for role in first_roles_missing():
        yield Todo(
            what=f"县里还没有“{role.label}”",
            act="任命第一位",
            page=("first-seats",),
            agency_id=at,
            basis="条例第四条：须有政府信息公开工作机构",
        )
