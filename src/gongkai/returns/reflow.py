"""What a change of the rules moves: the day by which units report this season's figures."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.rules import Rules
from gongkai.returns.season import period_asked_for
from gongkai.rulebook.moves import Limits, Move, register

DUE = "returns.due"


def this_season(before: Rules, after: Rules) -> Iterator[Move]:
    """Yield the last day of the season that runs, where it is another one."""
    year = period_asked_for(before)
    if year is None:
        return
    first, second = before.day_in(DUE, year + 1), after.day_in(DUE, year + 1)
    if first != second:
        yield Move(f"{year} 年单位报送", f"returns:{year}", before.on, first, second)


def none_settled(before: Rules, after: Rules) -> Iterator[Move]:
    """Yield nothing: what was filed is filed, whenever its last day was."""
    yield from ()


register(
    "returns.due",
    Limits(
        title="单位报送截止日",
        touched_by=frozenset({"returns.open", DUE}),
        running=this_season,
        settled=none_settled,
    ),
)
