"""What waits in the matter of documents: drafts to finish, relayed news that has a clock, what is withheld to look at again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Row, Rows, Todo
from gongkai.audit import clock
from gongkai.documents.queries import open_editions, relay_due, withheld_due
from gongkai.documents.rules import DRAFTING, REASSESSING
from gongkai.law.rules import Rules


def todo(standing: Standing, rules: Rules) -> Iterator[Todo | Rows]:
    """Yield the drafts *standing* wrote or saved last, then what its agencies have to look at again."""
    if standing.is_any(*DRAFTING):
        yield from _drafts(standing, rules)
    if standing.is_any(*REASSESSING):
        yield _withheld(standing)


def _drafts(standing: Standing, rules: Rules) -> Iterator[Todo]:
    mine = open_editions().filter(
        document__agency__in=working_as(standing, *DRAFTING), saved_by=standing.person
    )
    for edition in mine.select_related("document").order_by("saved_at", "pk"):
        due = relay_due(edition, rules)
        yield Todo(
            what=f"《{edition.title}》第 {edition.n} 版",
            act="写完送审",
            page=("desk-item", edition.document.url_key),
            agency_id=edition.document.agency_id,
            due=clock.legal_date(due) if due else None,
            basis=rules.parameter("relay.limit").basis if due else "",
        )


def _withheld(standing: Standing) -> Rows:
    mine = working_as(standing, *REASSESSING)
    # From the first of the month in which it falls due: a register of hundreds is no list of work.
    month_ends = standing.on.replace(day=monthrange(standing.on.year, standing.on.month)[1])
    found = withheld_due(month_ends).filter(document__agency__in=mine)
    columns = {"name": "document__index_no", "whose": "document__agency_id", "day": "review_due"}
    return Rows(found.select_related(None), _reassess, {"uid": "uid", **columns})


def _reassess(row: Row) -> Todo:
    return Todo(
        what=f"不予公开的信息 {row.name}",
        act="重新评估",
        page=("desk-withheld-reassess", row.uid),
        agency_id=row.whose,
        due=row.day,
        basis="条例第十八条",
    )
