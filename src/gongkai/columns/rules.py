"""Who may arrange columns and catalogues, and who sees which."""

from __future__ import annotations

from gongkai.agencies.models import Role
from gongkai.agencies.rules import KEEPERS, may_keep_directory
from gongkai.agencies.standing import Standing

__all__ = ["FEEDING", "KEEPERS", "may_keep_columns"]

FEEDING = (Role.INFORMATION_OFFICER, Role.OPENNESS_OFFICER)
"""Who sees to it that an agency's columns are kept up to date."""


def may_keep_columns(standing: Standing) -> bool:
    """栏目和标准目录: the county's openness office, which directs the work (条例第三条、第二十四条)."""
    return may_keep_directory(standing)
