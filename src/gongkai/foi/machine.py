"""The pure machine of a case: a table of transitions and the fold of events into a projection.

The projected columns of a case are whatever :func:`fold` returns, written in the transaction of the
event, and checked again by ``gongkai ledger verify``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum

from gongkai.foi.models import State
from gongkai.law.outcomes import row_of
from gongkai.text.canonical import Plain


class EventKind(StrEnum):
    """What can happen to a case."""

    RECEIVED = "received"
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    CONSULTED = "consulted"
    OPINION = "opinion"
    EXTENDED = "extended"
    FEE_ASKED = "fee_asked"
    FEE_PAID = "fee_paid"
    REASON_ASKED = "reason_asked"
    DECIDED = "decided"
    SERVED = "served"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: Mapping[EventKind, str] = {
    EventKind.RECEIVED: "收到申请",
    EventKind.CORRECTION_ASKED: "告知补正",
    EventKind.CORRECTED: "收到补正",
    EventKind.CONSULTED: "征求意见",
    EventKind.OPINION: "收到意见",
    EventKind.EXTENDED: "延长答复期限",
    EventKind.FEE_ASKED: "通知缴费",
    EventKind.FEE_PAID: "缴费完成",
    EventKind.REASON_ASKED: "要求说明理由",
    EventKind.DECIDED: "作出处理决定",
    EventKind.SERVED: "送达",
}

TRANSITIONS: Mapping[State, Mapping[EventKind, State]] = {
    State.HANDLING: {
        EventKind.CORRECTION_ASKED: State.CORRECTING,
        EventKind.CONSULTED: State.CONSULTING,
        EventKind.EXTENDED: State.HANDLING,
        EventKind.FEE_ASKED: State.PAYING,
        EventKind.REASON_ASKED: State.HANDLING,
        EventKind.DECIDED: State.DECIDED,
    },
    State.CORRECTING: {
        EventKind.CORRECTED: State.HANDLING,
        EventKind.DECIDED: State.DECIDED,
    },
    State.CONSULTING: {
        EventKind.OPINION: State.HANDLING,
        EventKind.EXTENDED: State.CONSULTING,
        EventKind.DECIDED: State.DECIDED,
    },
    State.PAYING: {
        EventKind.FEE_PAID: State.HANDLING,
        EventKind.DECIDED: State.DECIDED,
    },
    State.DECIDED: {EventKind.SERVED: State.SERVED},
    State.SERVED: {},
}


class StepRefused(Exception):
    """A step the case does not allow now: what happened, why, and what to do."""


@dataclass(frozen=True)
class Happening:
    """One event as the machine sees it."""

    kind: EventKind
    on: date
    payload: Mapping[str, Plain]


@dataclass(frozen=True)
class Projection:
    """The columns of a case that are derived from its events."""

    klass: str
    received_on: date
    state: State
    outcome: str = ""
    row: str = ""
    decided_on: date | None = None
    served_on: date | None = None

    def columns(self) -> dict[str, object]:
        return asdict(self)


def fold(events: Iterable[Happening]) -> Projection:
    """Return where *events* lead. Raises :class:`StepRefused` at the first step that is not allowed."""
    steps = iter(events)
    first = next(steps, None)
    if first is None or first.kind is not EventKind.RECEIVED:
        raise StepRefused("案件的第一个事件必须是收到申请（条例第三十一条）。")
    at = Projection(klass=str(first.payload["klass"]), received_on=first.on, state=State.HANDLING)
    last = first.on
    for event in steps:
        if event.on < last and event.kind in (EventKind.DECIDED, EventKind.SERVED):
            raise StepRefused(
                f"{event.kind.label}日期 {event.on} 早于前一步的 {last}，请核对日期。"
            )
        at, last = _step(at, event), max(last, event.on)
    return at


def _step(at: Projection, event: Happening) -> Projection:
    allowed = TRANSITIONS[at.state]
    if event.kind not in allowed:
        can = "、".join(kind.label for kind in allowed) or "无（案件已办结）"
        raise StepRefused(
            f"案件现在是“{at.state.label}”，不能{event.kind.label}。现在可以：{can}。"
        )
    moved = replace(at, state=allowed[event.kind])
    if event.kind is EventKind.DECIDED:
        outcome = str(event.payload["outcome"])
        return replace(moved, outcome=outcome, row=row_of(outcome), decided_on=event.on)
    if event.kind is EventKind.SERVED:
        return replace(moved, served_on=event.on)
    return moved
