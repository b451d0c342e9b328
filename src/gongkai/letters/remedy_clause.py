"""The sentence that tells how to complain: order, periods, organ and court (行政复议法, 行政诉讼法)."""

from __future__ import annotations

from gongkai.law.outcomes import OUTCOMES, Route
from gongkai.law.remedies import Remedies, Remedy, Way
from gongkai.letters.facts import Complaint, LetterFacts


def remedy_clause(facts: LetterFacts) -> str:
    """Return the clause for what *facts* decide; empty where nothing is open or nobody has said where to."""
    complaint = facts.complaint
    if complaint is None or not complaint.remedies.ways:
        return ""
    partial = _route(facts.outcome) is Route.PARTIAL
    return _against(complaint.remedies, partial=partial) + _ways(complaint) + _online(complaint)


def _route(outcome: str) -> Route:
    known = OUTCOMES.get(outcome)
    return known.remedies if known else Route.ORDINARY


def _against(remedies: Remedies, *, partial: bool) -> str:
    what = "本决定中不予公开的部分" if partial and remedies.review_first else "本决定"
    return f"如不服{what}，"


def _ways(complaint: Complaint) -> str:
    by_way = {remedy.way: remedy for remedy in complaint.remedies.ways}
    review = by_way[Way.REVIEW]
    if complaint.remedies.review_first:
        after = by_way[Way.SUIT_AFTER_REVIEW]
        return (
            f"应当自知道本决定之日起{review.limit.label}内先向{complaint.review_organ}申请行政复议"
            f"（{review.limit.basis}；{complaint.remedies.basis}）；对行政复议决定不服的，可以自收到行政复议"
            f"决定书之日起{after.limit.label}内向{complaint.court}提起行政诉讼（{after.limit.basis}）。"
        )
    return f"可以{_applied(review, complaint)}{_sued(by_way.get(Way.SUIT), complaint)}。"


def _applied(review: Remedy, complaint: Complaint) -> str:
    return (
        f"自知道本决定之日起{review.limit.label}内向{complaint.review_organ}申请行政复议"
        f"（{review.limit.basis}）"
    )


def _sued(suit: Remedy | None, complaint: Complaint) -> str:
    if suit is None:
        return ""
    return (
        f"，也可以自知道本决定之日起{suit.limit.label}内直接向{complaint.court}提起行政诉讼"
        f"（{suit.limit.basis}）"
    )


def _online(complaint: Complaint) -> str:
    return f"在线申请行政复议的途径：{complaint.online}。" if complaint.online else ""
