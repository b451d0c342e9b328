"""Review and suit: what an outcome opens, in which order, how long (复议法, 行政诉讼法).

Whether review must come first is a dated parameter: since 2024-01-01 refusals go to review first.
The last day is information for the applicant, not a promise: the period runs from when the person
learnt of the decision, which the organ cannot know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.clock import due_days
from gongkai.law.outcomes import Route, outcome
from gongkai.law.rules import Limit, Rules


class Way(StrEnum):
    """A way to complain."""

    REVIEW = "review"
    SUIT = "suit"
    SUIT_AFTER_REVIEW = "suit_after_review"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Way.REVIEW: "申请行政复议",
    Way.SUIT: "直接提起行政诉讼",
    Way.SUIT_AFTER_REVIEW: "对复议决定不服，提起行政诉讼",
}
LIMITS = {
    Way.REVIEW: "review.apply",
    Way.SUIT: "suit.direct",
    Way.SUIT_AFTER_REVIEW: "suit.after_review",
}
REVIEW_FIRST = {
    Route.REFUSAL: "remedy.refusal_review_first",
    Route.PARTIAL: "remedy.partial_review_first",
}


@dataclass(frozen=True)
class Remedy:
    """One way with its limit, whose *basis* names the law."""

    way: Way
    limit: Limit

    @property
    def sentence(self) -> str:
        """The way and its period, for a letter."""
        since = "收到复议决定书之日" if self.way is Way.SUIT_AFTER_REVIEW else "知道本决定之日"
        return f"自{since}起{self.limit.label}内{self.way.label}（{self.limit.basis}）"

    def last_day(self, known_on: date, rules: Rules) -> date | None:
        """The last day for someone who learnt of it on *known_on*."""
        return due_days(known_on, (), self.limit, rules).due


@dataclass(frozen=True)
class Remedies:
    """What can be done against a decision. *review_first*: a suit needs the review before it."""

    review_first: bool
    ways: tuple[Remedy, ...]
    basis: str


NOTHING = Remedies(review_first=False, ways=(), basis="")


def remedies(outcome_code: str, decided: date, rules: Rules) -> Remedies:
    """What is open against *outcome_code* decided on *decided*."""
    route = outcome(outcome_code).remedies
    if route is Route.NONE:
        return NOTHING
    return _remedies(REVIEW_FIRST.get(route), rules.as_of(decided))


def ordinary_remedies(decided: date, rules: Rules) -> Remedies:
    """What is open against a decision that is no outcome of a request: telling a third party, Art 41."""
    return _remedies(None, rules.as_of(decided))


def remedies_for_silence(expired: date, rules: Rules) -> Remedies:
    """What is open when the answer did not come in time (法释〔2025〕8号 第二条)."""
    return _remedies("remedy.silence_review_first", rules.as_of(expired))


def _remedies(key: str | None, rules: Rules) -> Remedies:
    first = key is not None and rules.flag(key)
    ways = (Way.REVIEW, Way.SUIT_AFTER_REVIEW) if first else (Way.REVIEW, Way.SUIT)
    return Remedies(
        review_first=first,
        ways=tuple(Remedy(way, rules.limit(LIMITS[way])) for way in ways),
        basis="" if key is None else rules.parameter(key).basis,
    )
