"""What a column of the standard tree says, by the rules of a day."""

from __future__ import annotations

from typing import Any

from gongkai.columns.models import Level, Template
from gongkai.law.parameters import Unit
from gongkai.law.platform import StandardColumn
from gongkai.law.publishing import LimitKind, TimeLimit
from gongkai.law.rules import Rules

GENERATED = frozenset({"guide", "directory", "functions"})
"""Standard columns whose page is made from data: they are as fresh as what is registered."""


def setup_of(standard: StandardColumn, rules: Rules) -> dict[str, Any]:
    """Return the arguments of a column's setup. A limit that no parameter names is 及时公开."""
    return {
        "section": standard.section,
        "basis": standard.basis,
        "limit": _limit(standard, rules),
        "duty": standard.duty,
        "freshness": standard.freshness,
        "rhythm_days": standard.rhythm or None,
        "level": Level(standard.level),
        "template": Template(standard.template),
    }


def _limit(standard: StandardColumn, rules: Rules) -> TimeLimit:
    if not standard.limit:
        return TimeLimit(LimitKind.IMMEDIATE)
    limit = rules.limit(standard.limit)
    running = limit.unit is Unit.WORKING_DAY
    return TimeLimit(LimitKind.WORKING_DAY if running else LimitKind.NATURAL_DAY, limit.count)
