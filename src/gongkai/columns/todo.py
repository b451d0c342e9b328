"""What waits in the matter of columns: those an inspection would find empty or not up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.agencies.models import Role
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.columns.freshness import State, Verdict
from gongkai.columns.queries import judged_on
from gongkai.columns.rules import FEEDING
from gongkai.law.rules import Rules
from gongkai.rulebook.rules import office_held

_BASIS = "国办秘函〔2019〕19号"


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield one line for the whole county's columns, or one for each agency whose columns *standing* feeds.

    One query, and only for those whose matter columns are.
    """
    if not standing.is_any(*FEEDING):
        return
    overdue = [one for one in judged_on(rules) or () if one.verdict.overdue]
    office = office_held(standing, Role.OPENNESS_OFFICER)
    if office is not None:
        yield from _line([one.verdict for one in overdue], "督促责任机关", office.agency_id)
        return
    mine: dict[int, list[Verdict]] = {}
    for one in overdue:
        if one.owner and one.level and standing.holds_for(FEEDING, one.owner, one.level):
            mine.setdefault(one.owner, []).append(one.verdict)
    for agency_id, verdicts in mine.items():
        yield from _line(verdicts, "更新栏目", agency_id)


def _line(verdicts: Sequence[Verdict], act: str, agency_id: int) -> Iterator[Todo]:
    """Several columns are one line: the page behind it names them. It is due as the oldest of them was."""
    empty = sum(verdict.state is State.EMPTY for verdict in verdicts)
    if verdicts:
        yield Todo(
            what=f"{len(verdicts)} 个栏目空白或者没有按时更新（空白 {empty} 个）",
            act=act,
            page=("desk-columns",),
            query="?overdue=1",
            agency_id=agency_id,
            due=min((verdict.due for verdict in verdicts if verdict.due), default=None),
            basis=_BASIS,
        )
