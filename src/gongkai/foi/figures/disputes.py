"""Table 4: reconsiderations and suits that were alive during the year, by how they stood at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import QuerySet

from gongkai.figures.registry import Definition, Record, Scope, Value
from gongkai.foi.models import Dispute
from gongkai.foi.queries import disputes_alive

PENDING = "p"
TOTAL = "t"
_COLUMNS = {**dict(Dispute.Result.choices), PENDING: "尚未审结", TOTAL: "总计"}
_MEANING = "本年内处于审理中的案件，按统计日的结果归类；上年未结而本年仍在审的再次计入。"
_BASIS = "条例第五十条第三项；国办公开办函〔2021〕30号"


class DisputeFigures:
    """Fifteen figures in three blocks."""

    definitions = tuple(
        Definition(f"t4.{kind}.{column}", f"{label} · {title}", _MEANING, "件", _BASIS)
        for kind, label in Dispute.Kind.choices
        for column, title in _COLUMNS.items()
    )

    def values(self, scope: Scope) -> Mapping[str, Value]:
        counts: Counter[str] = Counter()
        for dispute in _alive(scope):
            counts[f"t4.{dispute.kind}.{_column(dispute, scope)}"] += 1
            counts[f"t4.{dispute.kind}.{TOTAL}"] += 1
        return {d.key: Value(counts[d.key]) for d in self.definitions}

    def records(self, scope: Scope, key: str) -> Iterator[Record]:
        for dispute in _behind(scope, key):
            yield Record(
                uid=dispute.uid,
                label=dispute.number,
                detail=f"{dispute.get_kind_display()} · {_COLUMNS[_column(dispute, scope)]}",
                agency_id=dispute.case.agency_id,
                on=dispute.filed_on,
            )

    def uids(self, scope: Scope, key: str) -> Iterator[UUID]:
        return (dispute.uid for dispute in _behind(scope, key))


def _alive(scope: Scope) -> QuerySet[Dispute]:
    alive = disputes_alive(scope.agency_ids, scope.first, scope.as_of)
    return alive.select_related("case").order_by("filed_on", "pk")


def _behind(scope: Scope, key: str) -> Iterator[Dispute]:
    _, kind, column = key.split(".")
    for dispute in _alive(scope).filter(kind=kind):
        if column in (TOTAL, _column(dispute, scope)):
            yield dispute


def _column(dispute: Dispute, scope: Scope) -> str:
    concluded = dispute.concluded_on is not None and dispute.concluded_on <= scope.as_of
    return dispute.result if concluded else PENDING
