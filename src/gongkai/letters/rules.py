"""Who may word the county's letters, and who may approve it."""

from __future__ import annotations

from gongkai.agencies.models import Role
from gongkai.agencies.standing import Standing
from gongkai.letters.models import State, Wording
from gongkai.rulebook.rules import office_held

PROPOSES = "县政府办公室的政务公开办或者负责人"
APPROVES = "县政府办公室的负责人或者政务公开办，须是另一人"


def may_propose(standing: Standing) -> bool:
    """提出: the openness office of the county, or its head; the wording is the whole county's."""
    return any(
        office_held(standing, role) is not None for role in (Role.OPENNESS_OFFICER, Role.LEADER)
    )


def may_approve(standing: Standing, wording: Wording) -> bool:
    """批准: the same roles, but not whoever wrote it."""
    return may_propose(standing) and wording.author_id != standing.person.pk


def may_stop(standing: Standing) -> bool:
    """不批准, 撤回, 收回."""
    return may_propose(standing)


def waits(wording: Wording) -> bool:
    """Whether somebody has still to decide."""
    return wording.state == State.PROPOSED
