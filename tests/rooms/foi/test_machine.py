"""The table of steps: whole at start-up, every pair of state and event allowed or refused, drawn as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.foi.clock import intervals
from gongkai.foi.handling.guards import GUARDS, MEANINGS
from gongkai.foi.machine import (
    MOVES,
    EventKind,
    Happening,
    MachineBroken,
    StepRefused,
    check,
    faults,
    fold,
)
from gongkai.foi.models import State
from gongkai.foi.table import LABELS, STEPS
from gongkai.law.intervals import Kind, consultation
from tests.rooms.foi.conftest import RECEIVED
from tools.case_machine import FILE, drawn

_PATHS = {
    State.HANDLING: (),
    State.CORRECTING: (EventKind.CORRECTION_ASKED,),
    State.PAYING: (EventKind.FEE_ASKED,),
    State.SIGNING: (EventKind.DRAFTED,),
    State.DECIDED: (EventKind.DRAFTED, EventKind.DECIDED),
    State.SERVED: (EventKind.DECIDED, EventKind.SERVED),
}
FIRST = Happening(EventKind.RECEIVED, RECEIVED, {"klass": "nat"})


def _path_to(state: State) -> list[Happening]:
    steps = (Happening(kind, RECEIVED, {"outcome": "granted"}) for kind in _PATHS[state])
    return [FIRST, *steps]


def test_the_table_is_whole() -> None:
    """启动检查：至多八个主状态、不到四十行，每个事件、条件、状态都有着落。"""
    assert list(faults(GUARDS)) == []
    check(GUARDS)
    assert (len(State) <= 8, len(STEPS) < 40) == (True, True)
    assert (set(LABELS), set(MEANINGS)) == (set(EventKind), set(GUARDS))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (STEPS[1:], "事件 received 没有步骤"),
        (tuple(one for one in STEPS if one.name != "serve"), "状态“已送达”到不了"),
        (tuple(replace(one, guards=("没有",)) for one in STEPS[:2]), "没有条件 没有"),
        ((*STEPS, replace(STEPS[1], name="again")), "“告知补正”有两行"),
        ((*STEPS, STEPS[1]), "步骤 ask-correction 重复"),
        (tuple(replace(one, roles=()) for one in STEPS), "没有办理的角色"),
    ],
)
def test_a_broken_table_is_told(broken: tuple[object, ...], said: str) -> None:
    """启动检查本身：每一种缺陷都说得出来。"""
    assert any(said in fault for fault in faults(GUARDS, broken))  # type: ignore[arg-type]


def test_a_missing_guard_keeps_the_program_from_starting() -> None:
    with pytest.raises(MachineBroken, match="correction_once"):
        check(set(GUARDS) - {"correction_once"})


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("kind", list(EventKind))
def test_every_pair_of_state_and_event_is_allowed_or_refused_by_the_table(
    state: State, kind: EventKind
) -> None:
    path = _path_to(state)
    event = Happening(kind, date(2024, 3, 29), {"outcome": "granted"})
    step = MOVES.get((state, kind))
    if step is None:
        with pytest.raises(StepRefused, match=f"案件现在是“{state.label}”，不能{kind.label}"):
            fold([*path, event])
    else:
        expected = State.HANDLING if step.returns else step.to_state or state
        assert fold([*path, event]).state == expected


def test_a_draft_sent_back_returns_to_where_it_was_made() -> None:
    """待补正时拟的“逾期不补正”被退回，案件仍是待补正。"""
    kinds = (EventKind.CORRECTION_ASKED, EventKind.DRAFTED, EventKind.SENT_BACK)
    assert fold([FIRST, *(Happening(kind, RECEIVED, {}) for kind in kinds)]).state == "correcting"


def test_events_written_before_consultations_had_numbers_fold_and_count_as_before() -> None:
    """旧事件没有征求意见的编号：状态是办理中，扣除的时间不变（条例第三十三条第三款）。"""
    asked = {"whom": "third_party", "received_on": "2024-03-11"}
    old = [
        FIRST,
        Happening(EventKind.CONSULTED, date(2024, 3, 8), asked),
        Happening(EventKind.OPINION, date(2024, 3, 20), {"consents": None}),
    ]
    days = (date(2024, 3, 11), date(2024, 3, 20), date(2024, 3, 8))
    assert fold(old[:2]).state == fold(old).state == State.HANDLING
    assert intervals(old) == [consultation(Kind.THIRD_PARTY, *days)]


def test_consultations_running_at_once_end_each_with_its_own_answer() -> None:
    """条例第三十二条、第三十四条：两份征求意见书同时在外，各算各的。"""
    first: dict[str, object] = {"whom": "third_party", "consultation": "a"}
    second: dict[str, object] = {"whom": "co_maker", "consultation": "b"}
    events = [
        FIRST,
        *(
            Happening(kind, date(2024, 3, day), payload)  # type: ignore[arg-type]
            for kind, day, payload in (
                (EventKind.CONSULTED, 5, first),
                (EventKind.CONSULTED, 6, second),
                (EventKind.CONSULT_ARRIVED, 7, second),
                (EventKind.CONSULT_ARRIVED, 8, first),
                (EventKind.OPINION, 12, {**second, "consents": True}),
            )
        ),
    ]
    assert intervals(events) == [
        consultation(Kind.THIRD_PARTY, date(2024, 3, 8), None, date(2024, 3, 5)),
        consultation(Kind.CO_MAKER, date(2024, 3, 7), date(2024, 3, 12), date(2024, 3, 6)),
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(list(EventKind)), max_size=12))
def test_folding_at_once_is_folding_step_by_step(kinds: list[EventKind]) -> None:
    """不变量六：逐步折叠（不许的跳过）与一次折叠相同，状态总在表里。"""
    taken = [FIRST]
    for n, kind in enumerate(kinds):
        event = Happening(kind, RECEIVED + timedelta(days=n), {"outcome": "granted"})
        before = fold(taken)
        try:
            after = fold([*taken, event])
        except StepRefused:
            assert (before.state, kind) not in MOVES
            continue
        assert (before.state, kind) in MOVES
        taken.append(event)
        assert fold(taken) == after


def test_the_manual_shows_the_table_as_it_is() -> None:
    """手册里的步骤表由程序写出：python -m tools.case_machine。"""
    assert FILE.read_text(encoding="utf-8") == drawn()
