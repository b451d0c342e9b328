"""What waits between a unit and the county office: pieces sent in to be handled, items passed on to be answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate

from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Row, Rows, Todo
from gongkai.audit.clock import SHANGHAI
from gongkai.law.rules import Rules
from gongkai.sharing.models import Delivery, Offer
from gongkai.sharing.rules import ANSWER, WRITING, is_office


def todo(standing: Standing, rules: Rules) -> Iterator[Rows]:
    """Yield what units sent in, to the office, and what the office passed on, to the units that were asked."""
    if is_office(standing):
        sent = Offer.objects.filter(state=Offer.State.SENT)
        yield Rows(sent, _handle, {"uid": "uid", "whose": "agency_id", "name": "title"})
    if standing.is_any(*WRITING):
        yield _deliveries(standing, rules)


def _deliveries(standing: Standing, rules: Rules) -> Rows:
    waiting = Delivery.objects.filter(
        state=Delivery.State.WAITING, agency__in=working_as(standing, *WRITING)
    )
    until = F("push__at") + timedelta(hours=rules.number(ANSWER))
    day = TruncDate(ExpressionWrapper(until, DateTimeField()), tzinfo=SHANGHAI)
    columns: dict[str, str | Combinable] = {
        "uid": "uid",
        "whose": "agency_id",
        "name": "push__edition__title",
        "day": day,
    }
    basis = rules.parameter(ANSWER).basis
    return Rows(waiting, lambda row: _answer(row, basis), columns)


def _handle(row: Row) -> Todo:
    return Todo(
        what=f"单位报送的信息：{row.name}",
        act="采用或者答复",
        page=("sharing-offer", row.uid),
        agency_id=row.whose,
    )


def _answer(row: Row, basis: str) -> Todo:
    return Todo(
        what=f"县里推送的信息：{row.name}",
        act="答复转载或者不转",
        page=("sharing-delivery", row.uid),
        agency_id=row.whose,
        due=row.day,
        basis=basis,
    )
