"""What happens to a clock between receipt and reply: the events, as plain values.

``end=None`` means *not yet*: a correction not handed in, an opinion not received, a fee not paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What an interval does to the clock."""

    CORRECTION = "correction"
    EXTENSION = "extension"
    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    OTHER_ORGAN = "other_organ"
    OPINION = "opinion"
    FEE = "fee"
    DELAY = "delay"


LABELS: Mapping[Kind, str] = {
    Kind.CORRECTION: "补正",
    Kind.EXTENSION: "延长答复期限",
    Kind.THIRD_PARTY: "征求第三方意见",
    Kind.CO_MAKER: "征求共同制作机关意见",
    Kind.OTHER_ORGAN: "征求其他机关意见",
    Kind.OPINION: "征求意见",
    Kind.FEE: "缴纳信息处理费",
    Kind.DELAY: "延迟答复",
}

CONSULTATIONS = (Kind.THIRD_PARTY, Kind.CO_MAKER, Kind.OTHER_ORGAN, Kind.OPINION)

# The limit that ends a consultation without an answer. The law sets none for other organs.
CONSULTATION_LIMITS: Mapping[Kind, str] = {
    Kind.THIRD_PARTY: "thirdparty.limit",
    Kind.CO_MAKER: "comaker.limit",
}


@dataclass(frozen=True)
class Interval:
    """One event with its time.

    * CORRECTION: *sent* = notice given to the applicant (Art 30), *end* = corrected request received;
      the clock starts anew on *end*. Open: the clock stands.
    * EXTENSION: *sent* = applicant told (Art 33), *days* = working days added.
    * THIRD_PARTY, CO_MAKER, OTHER_ORGAN: *sent* = letter sent, *start* = letter received by whom it
      asks, *end* = opinion received (Art 33). Open: the first two are counted up to their own limit,
      the last makes the clock stand, because no limit ends it.
    * OPINION: the same where it is not said whose opinion was asked; taken as stated, cut by no limit.
    * DELAY: *sent* = applicant told, *end* = last day of the reasonable longer period (Art 35).
    * FEE: *sent* = fee notice given, *end* = payment complete; a full new limit runs from *end*.
    """

    kind: Kind
    sent: date | None = None
    start: date | None = None
    end: date | None = None
    days: int = 0

    @property
    def label(self) -> str:
        return LABELS[self.kind]


def correction(sent: date | None, received: date | None = None) -> Interval:
    """A correction notice and the day the corrected request came in."""
    return Interval(Kind.CORRECTION, sent=sent, end=received)


def extension(days: int, told: date | None = None) -> Interval:
    """*days* working days more, and the day the applicant was told."""
    return Interval(Kind.EXTENSION, sent=told, days=days)


def consultation(
    kind: Kind, received: date | None, answered: date | None = None, sent: date | None = None
) -> Interval:
    """A letter asking for an opinion: sent, received by the other side, answered."""
    return Interval(kind, sent=sent, start=received, end=answered)


def fee_hold(told: date | None, paid: date | None = None) -> Interval:
    """A fee notice and the day payment was complete."""
    return Interval(Kind.FEE, sent=told, end=paid)


def delay(until: date, told: date | None = None) -> Interval:
    """A reasonable longer period for a request beyond reason in number, fixed by its last day."""
    return Interval(Kind.DELAY, sent=told, end=until)
