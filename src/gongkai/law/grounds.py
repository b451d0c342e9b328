"""The eight grounds on which information is not disclosed (Arts 14-16 and 36(7))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.errors import OutcomeError
from gongkai.law.packaged import rows


class Force(StrEnum):
    """How far a ground binds the organ."""

    MUST = "must"
    CONDITIONAL = "conditional"
    MAY = "may"
    REDIRECT = "redirect"

    @property
    def label(self) -> str:
        return FORCE_LABELS[self]


FORCE_LABELS: Mapping[Force, str] = {
    Force.MUST: "不得公开",
    Force.CONDITIONAL: "不得公开，有例外",
    Force.MAY: "可以不予公开",
    Force.REDIRECT: "依照其他规定办理",
}


@dataclass(frozen=True)
class Ground:
    """A ground with its article, the row it is counted in and the outcome it leads to."""

    code: str
    title: str
    article: str
    force: Force
    row: str
    outcome: str
    exception: str


GROUNDS: Mapping[str, Ground] = {
    entry.code: entry for entry in rows("grounds.toml", "ground", Ground)
}


def ground(code: str) -> Ground:
    """The ground *code*, or :class:`OutcomeError`."""
    found = GROUNDS.get(code)
    if found is None:
        raise OutcomeError(f"没有“{code}”这种不予公开的理由，请从 {'、'.join(GROUNDS)} 中选择。")
    return found
