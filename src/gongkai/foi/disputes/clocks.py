"""The clocks of a dispute, each with its proof: our answer, the organ's decision, the suit that may follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.foi.disputes.models import DisputeStep
from gongkai.foi.models import Dispute
from gongkai.law.clock import Deadline, deadline
from gongkai.law.errors import LawError
from gongkai.law.remedies import LIMITS, Way
from gongkai.law.rules import Limit, Rules

_SIMPLE, _ORDINARY = Dispute.Procedure.SIMPLE, Dispute.Procedure.ORDINARY
_OF_A_SUIT = {
    "answer": {_ORDINARY: "suit.respond", _SIMPLE: "suit.respond"},
    "decide": {_ORDINARY: "suit.decide_ordinary", _SIMPLE: "suit.decide_simple"},
}
_OF_A_REVIEW = {
    "answer": {_ORDINARY: "review.respond_ordinary", _SIMPLE: "review.respond_simple"},
    "decide": {_ORDINARY: "review.decide_ordinary", _SIMPLE: "review.decide_simple"},
}
_EXTENSION = "review.decide_ext"
Kind = DisputeStep.Kind


@dataclass(frozen=True)
class Clock:
    """One limit: from *since*, reckoned as *deadline*; or *trouble* says why it is not.

    *done_on*: the day it was met or ended. *ours*: the agency has to meet it.
    """

    title: str
    since: date
    deadline: Deadline | None
    trouble: str
    done_on: date | None
    ours: bool = False

    @property
    def due(self) -> date | None:
        return self.deadline.due if self.deadline else None

    @property
    def missed(self) -> bool:
        """Whether it was met later than it ran out."""
        return self.due is not None and self.done_on is not None and self.done_on > self.due


def clocks_of(dispute: Dispute, steps: Sequence[DisputeStep], rules: Rules) -> Iterator[Clock]:
    """Yield the clocks of *dispute* in the order they begin.

    *rules* are today's; each clock is judged by those of the day it begins.
    """
    by_kind = {step.kind: step for step in steps}
    if dispute.copied_on:
        done = by_kind.get(Kind.RESPONDED)
        met = done.on if done else None
        title = "提交答辩状和证据" if _is_suit(dispute) else "提交书面答复和证据"
        yield _clock(rules, title, _key(dispute, "answer"), dispute.copied_on, met, ours=True)
    more = _EXTENSION if Kind.EXTENDED in by_kind else ""
    title = "法院审结" if _is_suit(dispute) else "复议机关作出决定"
    yield _clock(
        rules, title, _key(dispute, "decide"), dispute.filed_on, dispute.concluded_on, more=more
    )
    ended = by_kind.get(Kind.DECIDED)
    if ended and ended.arrived_on and not _is_suit(dispute):
        since = ended.arrived_on
        yield _clock(rules, "申请人不服复议决定起诉", LIMITS[Way.SUIT_AFTER_REVIEW], since, None)


def answer_due(dispute: Dispute, rules: Rules) -> date | None:
    """Return the day our answer is due; None where it is not known from when, or by which rule."""
    if dispute.copied_on is None:
        return None
    return _clock(rules, "", _key(dispute, "answer"), dispute.copied_on, None).due


def decision_due(dispute: Dispute, *, extended: bool, rules: Rules) -> date | None:
    """Return the day the organ's or court's own limit ends; None where no rule says."""
    more = _EXTENSION if extended else ""
    return _clock(rules, "", _key(dispute, "decide"), dispute.filed_on, None, more=more).due


def _is_suit(dispute: Dispute) -> bool:
    return dispute.kind != Dispute.Kind.REVIEW


def _key(dispute: Dispute, what: str) -> str:
    keys = _OF_A_SUIT if _is_suit(dispute) else _OF_A_REVIEW
    return keys[what][Dispute.Procedure(dispute.procedure or _ORDINARY)]


def _clock(
    rules: Rules,
    title: str,
    key: str,
    since: date,
    done: date | None,
    *,
    more: str = "",
    ours: bool = False,
) -> Clock:
    try:
        at = rules.as_of(since)
        found = deadline(since, (), _limit(at, key, more), at)
    except LawError as trouble:
        return Clock(title, since, None, str(trouble), done, ours)
    return Clock(title, since, found, "", done, ours)


def _limit(rules: Rules, key: str, more: str) -> Limit:
    limit = rules.limit(key)
    if not more:
        return limit
    extra = rules.limit(more)
    return replace(
        limit, count=limit.count + extra.count, basis=f"{limit.basis}，延长 {extra.label}"
    )
