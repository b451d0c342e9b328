"""Who may take the anonymised list out of the house."""

from __future__ import annotations

from gongkai.agencies.models import ADMINISTRATORS, Role
from gongkai.agencies.standing import Standing

RELEASES = "政务公开办"


def may_release(standing: Standing) -> bool:
    """做公开数据: an officer of openness, of the agencies one sees, and no administrator beside that."""
    return standing.is_any(Role.OPENNESS_OFFICER) and not standing.is_any(*ADMINISTRATORS)
