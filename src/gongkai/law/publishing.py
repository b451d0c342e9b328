"""How and by when a county makes information public: channels, limits of columns, columns with a limit of their own.

A limit is a kind and, where it runs, a number of days. What the law fixes as a parameter is named by its
key, so that the number stays where it is dated and sourced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.packaged import rows
from gongkai.law.parameters import Certainty
from gongkai.law.rules import Rules


class LimitKind(StrEnum):
    """How a time limit of a column or catalogue item runs."""

    WORKING_DAY = "working_day"
    NATURAL_DAY = "natural_day"
    IMMEDIATE = "immediate"
    REAL_TIME = "real_time"
    PERMANENT = "permanent"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def runs(self) -> bool:
        """Whether it is a number of days."""
        return self in (LimitKind.WORKING_DAY, LimitKind.NATURAL_DAY)


_LABELS = {
    LimitKind.WORKING_DAY: "工作日",
    LimitKind.NATURAL_DAY: "自然日",
    LimitKind.IMMEDIATE: "及时公开",
    LimitKind.REAL_TIME: "实时公开",
    LimitKind.PERMANENT: "永久公开",
}
MOST_DAYS = 3660
_DAYS = re.compile(r"(\d{1,4})\s*(?:个)?\s*(工作日|自然日|日|天)(?:以?内)?(?:公开|公布)?[。；]?\Z")


@dataclass(frozen=True)
class TimeLimit:
    """A limit as a value. *days* is set exactly where the kind runs.

    Raises ``ValueError`` for a number where none belongs, or none where one does.
    """

    kind: LimitKind
    days: int | None = None

    def __post_init__(self) -> None:
        if self.kind.runs != (self.days is not None):
            raise ValueError(f"{self.kind} with {self.days} days")
        if self.days is not None and not 1 <= self.days <= MOST_DAYS:
            raise ValueError(f"{self.days} days are no limit")

    @property
    def words(self) -> str:
        """Such as 20个工作日内, 及时公开."""
        return self.kind.label if self.days is None else f"{self.days}个{self.kind.label}内"


def read_time_limit(text: str) -> TimeLimit | None:
    """The limit that the words of a catalogue mean; None where they mean something else.

    A plain 日 or 天 is a natural day, as everywhere in the law.
    """
    plain = re.sub(r"\s+", "", text)
    for kind in LimitKind:
        if not kind.runs and plain.strip("。；") in (kind.label, kind.label.removesuffix("公开")):
            return TimeLimit(kind)
    found = _DAYS.search(plain)
    if found is None or not 1 <= int(found[1]) <= MOST_DAYS:
        return None
    working = found[2] == "工作日"
    return TimeLimit(
        LimitKind.WORKING_DAY if working else LimitKind.NATURAL_DAY,
        int(found[1]),
    )


@dataclass(frozen=True)
class PublishingChannel:
    """One of the boxes of 公开渠道和载体."""

    code: str
    title: str


@dataclass(frozen=True)
class Typical:
    """A limit as catalogues word it, and what it means."""

    text: str
    kind: LimitKind
    basis: str
    certainty: Certainty
    days: int | None = None

    @property
    def limit(self) -> TimeLimit:
        return TimeLimit(self.kind, self.days)


@dataclass(frozen=True)
class Special:
    """A kind of information for which a law says more than the 条例.

    *after* tells from when the limit runs. An empty *kind*: the law sets no limit. *key* names the
    parameter that holds the number, where there is one.
    """

    code: str
    title: str
    content: str
    after: str
    kind: str
    basis: str
    certainty: Certainty
    key: str = ""
    days: int | None = None

    def limit(self, rules: Rules) -> TimeLimit | None:
        """The limit by the *rules* of a day. Raises ``ParameterError`` when its parameter is not known."""
        if not self.kind:
            return None
        days = rules.number(self.key) if self.key else self.days
        return TimeLimit(LimitKind(self.kind), days)


CHANNELS: Mapping[str, PublishingChannel] = {
    channel.code: channel for channel in rows("publishing.toml", "channel", PublishingChannel)
}
TYPICAL: tuple[Typical, ...] = rows("publishing.toml", "typical", Typical)
SPECIAL: Mapping[str, Special] = {
    special.code: special for special in rows("publishing.toml", "special", Special)
}
