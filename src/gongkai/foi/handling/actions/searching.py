"""The search worksheet: one row for every place that was looked through (条例第三十六条第四项)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.foi import actions
from gongkai.foi.handling.actions.taking import permit
from gongkai.foi.models import Case, SearchRecord
from gongkai.people.models import Person


@dataclass(frozen=True)
class Sought:
    """Where was looked, how far, for what, who keeps it, and what came of it."""

    system: str
    scope: str
    terms: str
    custodians: str
    result: str


@transaction.atomic
def record_search(
    case: Case, sought: Sought, *, on: date, order: Order | None = None, by: Person
) -> SearchRecord:
    """Add a row to the worksheet. What was searched is never taken off it again."""
    permit(case, "search", on=on, by=by, order=order)
    return actions.record_search(
        case,
        system=sought.system,
        scope=sought.scope,
        terms=sought.terms,
        custodians=sought.custodians,
        result=sought.result,
        on=on,
        by=by,
    )
