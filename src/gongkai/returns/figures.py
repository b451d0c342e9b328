"""Table 二（五）（六）（八）: sums of the accepted unit returns. A return that is missing blocks its figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import existing_in
from gongkai.figures.registry import Definition, Gap, Record, Scope, Value, register
from gongkai.returns.models import Item, Return
from gongkai.returns.queries import counted, missing

_BASIS = {
    Item.LICENCE: "条例第二十条第五项",
    Item.PENALTY: "条例第二十条第六项",
    Item.COERCION: "条例第二十条第六项",
    Item.FEE: "条例第二十条第八项；单位万元，保留到元",
}


class ReturnFigures:
    """Four figures. Their records are unit returns, each weighing what it reports."""

    definitions = tuple(
        Definition(
            f"t2.{item.value}",
            item.label,
            "各单位报送并经接收的数值之和；任何一个单位缺报，此数即不能得出。",
            "分" if item is Item.FEE else "件",
            basis,
        )
        for item, basis in _BASIS.items()
    )

    def values(self, scope: Scope) -> Mapping[str, Value]:
        rows = counted(scope.agency_ids, scope.year)
        gaps = missing(owing(scope), scope.year, rows)
        return {f"t2.{item.value}": _value(item, rows, gaps) for item in Item}

    def records(self, scope: Scope, key: str) -> Iterator[Record]:
        item = key.removeprefix("t2.")
        for row in counted(scope.agency_ids, scope.year):
            if row.item == item and row.value_int is not None:
                yield Record(
                    uid=row.uid,
                    label=f"{row.period} 年第 {row.revision} 稿",
                    detail=row.source,
                    agency_id=row.agency_id,
                    on=None,
                    weight=row.value_int,
                )

    def uids(self, scope: Scope, key: str) -> Iterator[UUID]:
        return (record.uid for record in self.records(scope, key))


def owing(scope: Scope) -> list[Agency]:
    """Return the agencies that report for the scope's year: those that were there in it.

    One that was dissolved in the year reports up to its end, unless the county lets its heirs report the
    whole year. What it did file counts either way, so a merger changes no total.
    """
    apart = scope.rules.flag("returns.owed_when_closed")
    return existing_in(scope.year, scope.agencies, to_its_end=not apart)


def _value(item: Item, rows: list[Return], gaps: list[tuple[Agency, Item, str]]) -> Value:
    blocked = tuple(
        Gap(agency.pk, f"{item.label}：{why}") for agency, owed, why in gaps if owed is item
    )
    if blocked:
        return Value(None, blocked)
    return Value(sum(row.value_int or 0 for row in rows if row.item == item))


register("returns", ReturnFigures())
