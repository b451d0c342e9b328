"""When a letter counts as served, by the way it took, and until when one may complain of it.

Two days are told apart. *served*: the day that ends the organ's own limit; by post it is the day the letter
was posted. *known*: the day the applicant learnt of it, from which review and suit are reckoned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.clock import Deadline, deadline
from gongkai.law.counting import ONE_DAY
from gongkai.law.errors import ServiceError
from gongkai.law.packaged import rows
from gongkai.law.parameters import Certainty
from gongkai.law.remedies import Remedies, Remedy, Way, remedies
from gongkai.law.rules import Rules

NOTICE_DAYS = "service.notice_days"
POST_DAY = "service.post_day"
WITNESSES = "service.left_witnesses"
_POSTING = "posting"


class Means(StrEnum):
    """How a letter is served."""

    HANDED = "handed"
    ENTRUSTED = "entrusted"
    POST = "post"
    ELECTRONIC = "electronic"
    LEFT = "left"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return MEANS[self].title


class DayRule(StrEnum):
    """Which day counts as served."""

    SIGNED = "signed"
    POSTED = "posted"
    ARRIVED = "arrived"
    LEFT = "left"
    NOTICED = "noticed"


@dataclass(frozen=True)
class WayOfService:
    """A way with the rule of its day, the source of the rule, and what proves it."""

    code: Means
    title: str
    day: DayRule
    rule: str
    basis: str
    certainty: Certainty
    proof: str


MEANS: Mapping[Means, WayOfService] = {
    row.code: row for row in rows("service.toml", "way", WayOfService)
}


@dataclass(frozen=True)
class Served:
    """The day of service and the day the applicant knew, with the rule they follow from."""

    served_on: date
    known_on: date
    rule: str
    basis: str


def served(means: Means, sent: date, arrived: date | None, rules: Rules) -> Served:
    """Return the day a letter sent on *sent* counts as served; *arrived* is what its slip says.

    A public notice needs no *arrived*: its days run out. Raises :class:`ServiceError` for a day that is
    missing or before the sending, ``ParameterError`` where no rule is known for the day of sending.
    """
    way, at = MEANS[means], rules.as_of(sent)
    if way.day is DayRule.NOTICED:
        end = notice_ends(sent, rules)
        return Served(end, end, way.rule, at.limit(NOTICE_DAYS).basis)
    if arrived is None:
        raise ServiceError(
            f"{way.title}：{way.rule}（{way.basis}），还缺这一天的凭证：{way.proof}。"
        )
    if arrived < sent:
        raise ServiceError(f"送到的日期 {arrived} 早于发出的日期 {sent}，请对照凭证改正。")
    posting = way.day is DayRule.POSTED and at.text(POST_DAY) == _POSTING
    if way.day is DayRule.POSTED:
        rule = way.rule if posting else "以签收之日为送达日期"
        return Served(sent if posting else arrived, arrived, rule, at.parameter(POST_DAY).basis)
    return Served(arrived, arrived, way.rule, way.basis)


def notice_ends(sent: date, rules: Rules) -> date:
    """Return the day on which a public notice of *sent* counts as served: its days have passed."""
    return sent + rules.as_of(sent).limit(NOTICE_DAYS).count * ONE_DAY


@dataclass(frozen=True)
class Window:
    """One way to complain, with its last day and the proof of it. Its days are the applicant's to count."""

    remedy: Remedy
    deadline: Deadline

    @property
    def last_day(self) -> date | None:
        return self.deadline.due


@dataclass(frozen=True)
class Windows:
    """Until when a decision may be complained of by whoever learnt of it on *known_on*."""

    known_on: date
    remedies: Remedies
    open_until: tuple[Window, ...]

    def over(self, on: date) -> bool:
        """Whether every period has run out on a day, as far as the organ can know."""
        days = [window.last_day for window in self.open_until]
        return bool(days) and all(day is not None and day < on for day in days)


def windows(outcome: str, decided: date, known_on: date, rules: Rules) -> Windows:
    """Return the periods against *outcome*. The one after a review begins with the review's decision."""
    found = remedies(outcome, decided, rules)
    at = rules.as_of(decided)
    open_until = tuple(
        Window(remedy, deadline(known_on, (), remedy.limit, at))
        for remedy in found.ways
        if remedy.way is not Way.SUIT_AFTER_REVIEW
    )
    return Windows(known_on, found, open_until)
