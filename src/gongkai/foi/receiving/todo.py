"""What waits at the counter: submissions to confirm with those who sent them."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.foi.receiving.models import State
from gongkai.foi.receiving.queries import waiting_for
from gongkai.foi.receiving.rules import receives_anywhere
from gongkai.law.receipt import Channel
from gongkai.law.rules import Rules

_ACTS = {State.WAITING: "与申请人确认收到", State.UNREACHABLE: "再联系申请人"}
_BASIS = "条例第三十一条：双方确认之日为收到之日"


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield what waits for the officers of receiving; it has no legal last day before it is confirmed."""
    if not receives_anywhere(standing):
        return
    rows = waiting_for(standing).values_list(
        "number", "channel", "state", "agency_id", "arrived_on"
    )
    for number, channel, state, agency_id, arrived_on in rows:
        yield Todo(
            what=f"收件 {number}",
            act=_ACTS[State(state)],
            page=("intake-one", number),
            agency_id=agency_id,
            basis=f"{Channel(channel).label}，{arrived_on:%m-%d} 收件。{_BASIS}",
        )
