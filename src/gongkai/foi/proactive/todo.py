"""What several applicants got, and nobody has decided about yet."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Row, Rows, Todo
from gongkai.foi.proactive.queries import THRESHOLD, piled_up
from gongkai.foi.proactive.rules import JUDGES
from gongkai.law.rules import Rules


def todo(standing: Standing, rules: Rules) -> Iterator[Rows]:
    """Yield topics asked for by as many as the parameter says."""
    if standing.is_any(*JUDGES):
        columns = {"uid": "uid", "name": "title", "whose": "agency_id", "days": "applicants"}
        yield Rows(piled_up(standing, rules.number(THRESHOLD)), _tells, columns)


def _tells(row: Row) -> Todo:
    return Todo(
        f"{row.days} 个申请人要过“{row.name}”",
        "研究是否转为主动公开",
        ("topic", str(row.uid)),
        row.whose,
        basis="条例第四十四条",
    )
