"""What waits in the matter of unit returns: figures to file, to file again, to accept."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.models import Role
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.law.rules import Rules
from gongkai.returns.models import Return, State
from gongkai.returns.queries import places
from gongkai.returns.season import period_asked_for

_BASIS = "条例第四十九条、第五十条"


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield what *standing* has to file, then what it has to judge."""
    if standing.is_any(Role.RETURN_FILLER):
        yield from _to_file(standing, rules)
    if standing.is_any(Role.RETURN_APPROVER):
        yield from _to_judge(standing)


def _to_file(standing: Standing, rules: Rules) -> Iterator[Todo]:
    year = period_asked_for(rules)
    if year is None:
        return
    due = rules.day_in("returns.due", year + 1)
    for place in places(working_as(standing, Role.RETURN_FILLER).filter(rolls_up=True), year):
        if place.owed:
            yield Todo(
                what=f"{year} 年{place.item.label}",
                act="修改后重新报送" if place.state == State.SENT_BACK else "报送",
                page=("desk-returns-unit", place.agency.code, year),
                agency_id=place.agency.pk,
                due=due,
                basis=_BASIS,
            )


def _to_judge(standing: Standing) -> Iterator[Todo]:
    mine = working_as(standing, Role.RETURN_APPROVER)
    waiting = Return.objects.filter(agency__in=mine, state=State.FILED).select_related("agency")
    for row in waiting.exclude(filler=standing.person).order_by("period", "agency__code", "item"):
        yield Todo(
            what=f"{row.period} 年{row.get_item_display()}第 {row.revision} 稿",
            act="审核",
            page=("desk-returns-unit", row.agency.code, row.period),
            agency_id=row.agency_id,
            basis="谁审核谁负责",
        )
