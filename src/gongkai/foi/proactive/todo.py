"""What several applicants got, and nobody has decided about yet."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.foi.proactive.queries import THRESHOLD, piled_up
from gongkai.foi.proactive.rules import JUDGES
from gongkai.law.rules import Rules


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield topics asked for by as many as the parameter says: one query."""
    if not standing.is_any(*JUDGES):
        return
    for topic in piled_up(standing, rules.number(THRESHOLD)):
        yield Todo(
            f"{topic.applicants} 个申请人要过“{topic.title}”",  # type: ignore[attr-defined]  # annotated
            "研究是否转为主动公开",
            ("topic", str(topic.uid)),
            topic.agency_id,
            basis="条例第四十四条",
        )
