"""What waits at the counter: submissions to confirm with those who sent them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import NO_DAY, Row, Rows, Todo
from gongkai.foi.receiving.models import State
from gongkai.foi.receiving.queries import waiting_for
from gongkai.foi.receiving.rules import receives_anywhere
from gongkai.law.receipt import Channel
from gongkai.law.rules import Rules

_ACTS = {State.WAITING: "与申请人确认收到", State.UNREACHABLE: "再联系申请人"}
_BASIS = "条例第三十一条：双方确认之日为收到之日"


def todo(standing: Standing, rules: Rules) -> Iterator[Rows]:
    """Yield what waits for the officers of receiving; it has no legal last day before it is confirmed."""
    if receives_anywhere(standing):
        columns = {"name": "number", "whose": "agency_id", "text": "channel", "more": "state"}
        arrived = Coalesce(F("arrived_on"), Value(NO_DAY))
        yield Rows(waiting_for(standing), _tells, {**columns, "since": arrived})


def _tells(row: Row) -> Todo:
    return Todo(
        what=f"收件 {row.name}",
        act=_ACTS[State(row.more)],
        page=("intake-one", row.name),
        agency_id=row.whose,
        basis=f"{Channel(row.text).label}，{row.since:%m-%d} 收件。{_BASIS}",
    )
