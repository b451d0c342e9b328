"""The pure machine of a case: the fold of events, by the table of steps, into a projection.

The projected columns of a case are whatever :func:`fold` returns, written in the transaction of the
event, and checked again by ``gongkai ledger verify``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from gongkai.foi.models import State
from gongkai.foi.table import LABELS, STEPS, EventKind, Step
from gongkai.law.outcomes import row_of
from gongkai.text.canonical import Plain

__all__ = [
    "LABELS",
    "MOVES",
    "EventKind",
    "Happening",
    "MachineBroken",
    "Projection",
    "StepRefused",
    "check",
    "faults",
    "fold",
]

MOST_STATES, MOST_ROWS = 8, 39
_FINAL = frozenset({State.SERVED})
MOVES: Mapping[tuple[State, EventKind], Step] = {
    (state, step.event): step for step in STEPS if step.event for state in step.from_states
}
"""Which step an event is in a state. A pair that is not here is refused."""


class StepRefused(Exception):
    """A step the case does not allow now: what happened, why, and what to do."""


class MachineBroken(Exception):
    """The table contradicts itself: the program does not start with it."""


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


@dataclass(frozen=True)
class _Place:
    """Where a case is, and where a draft that comes back was made."""

    at: Projection
    last: date
    drafted_in: State


def fold(events: Iterable[Happening]) -> Projection:
    """Return where *events* lead. Raises :class:`StepRefused` at the first step that is not allowed."""
    steps = iter(events)
    first = next(steps, None)
    if first is None or first.kind is not EventKind.RECEIVED:
        raise StepRefused("案件的第一个事件必须是收到申请（条例第三十一条）。")
    at = Projection(klass=str(first.payload["klass"]), received_on=first.on, state=State.HANDLING)
    place = _Place(at, first.on, State.HANDLING)
    for event in steps:
        place = _moved(place, event)
    return place.at


def faults(guards: Collection[str], steps: Collection[Step] = STEPS) -> Iterator[str]:
    """Yield what is wrong with the table; *guards* are the names of those that exist."""
    if len(State) > MOST_STATES or len(steps) > MOST_ROWS:
        yield f"主状态不超过 {MOST_STATES} 个，步骤不超过 {MOST_ROWS} 行"
    names = [step.name for step in steps]
    yield from (f"步骤 {name} 重复" for name in {name for name in names if names.count(name) > 1})
    kinds = {step.event for step in steps}
    yield from (f"事件 {kind} 没有步骤" for kind in EventKind if kind not in kinds)
    for step in steps:
        yield from (
            f"{step.name}：没有条件 {guard}" for guard in step.guards if guard not in guards
        )
        if step.desk and not step.roles:
            yield f"{step.name}：没有办理的角色"
    yield from _ambiguous(steps)
    yield from _astray(steps)


def check(guards: Collection[str]) -> None:
    """Raise :class:`MachineBroken` with everything that is wrong with the table."""
    if found := list(faults(guards)):
        raise MachineBroken("；".join(found))


def _ambiguous(steps: Collection[Step]) -> Iterator[str]:
    seen: dict[tuple[State, EventKind], str] = {}
    for step in steps:
        for state in step.from_states if step.event else ():
            assert step.event is not None  # noqa: S101  # narrowed by the loop
            other = seen.setdefault((state, step.event), step.name)
            if other != step.name:
                yield f"{state.label}时的“{step.event.label}”有两行：{other}、{step.name}"


def _astray(steps: Collection[Step]) -> Iterator[str]:
    """Yield states no step leads to, and states no step leads out of that are not the end."""
    reached = {step.to_state for step in steps}
    yield from (f"状态“{state.label}”到不了" for state in State if state not in reached)
    left = {state for step in steps for state in step.from_states if step.returns or step.to_state}
    for state in State:
        if (state in left) is (state in _FINAL):
            yield f"状态“{state.label}”{'是终点却还能离开' if state in _FINAL else '出不去'}"


def _moved(place: _Place, event: Happening) -> _Place:
    at = place.at
    step = MOVES.get((at.state, event.kind))
    if step is None:
        raise StepRefused(_no_such_step(at.state, event.kind))
    if event.on < place.last and event.kind in (EventKind.DECIDED, EventKind.SERVED):
        raise StepRefused(
            f"{event.kind.label}日期 {event.on} 早于前一步的 {place.last}，请核对日期。"
        )
    state = place.drafted_in if step.returns else step.to_state or at.state
    drafted_in = at.state if event.kind is EventKind.DRAFTED else place.drafted_in
    return _Place(_after(replace(at, state=state), event), max(place.last, event.on), drafted_in)


def _after(moved: Projection, event: Happening) -> Projection:
    if event.kind is EventKind.DECIDED:
        outcome = str(event.payload["outcome"])
        return replace(moved, outcome=outcome, row=row_of(outcome), decided_on=event.on)
    if event.kind is EventKind.SERVED:
        return replace(moved, served_on=event.on)
    return moved


def _no_such_step(state: State, kind: EventKind) -> str:
    can = "、".join(kind.label for at, kind in MOVES if at is state) or "无（案件已办结）"
    return f"案件现在是“{state.label}”，不能{kind.label}。现在可以：{can}。"
