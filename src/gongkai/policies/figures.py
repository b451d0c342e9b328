"""Table 二（一）: documents made, gone and in stock, for 规章 and 行政规范性文件."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from gongkai.figures.registry import Definition, Record, Scope, Value, register
from gongkai.policies.models import Category, Policy, Relation
from gongkai.policies.queries import exits_between, in_stock, made_between

_CATEGORIES = {"rule": Category.RULE, "norm": Category.NORM}
_COLUMNS = {
    "made": ("本年制发件数", "成文日期在本年内的文件；联合制发的只计主办机关。"),
    "repealed": ("本年废止件数", "废止、宣布失效、有效期届满三种退出，按退出生效日期计入当年。"),
    "valid": ("现行有效件数", "截至统计日已制发且未退出的文件，含已公布尚未施行的。"),
}
_BASIS = "条例第二十条第一项；国办公开办函〔2021〕30号"


class StockFigures:
    """Six figures, each the size of its list: last year's stock plus made minus gone follows from them."""

    definitions = tuple(
        Definition(f"t2.{row}.{column}", f"{category.label} {title}", meaning, "件", _BASIS)
        for row, category in _CATEGORIES.items()
        for column, (title, meaning) in _COLUMNS.items()
    )

    def values(self, scope: Scope) -> Mapping[str, Value]:
        return {d.key: Value(sum(1 for _ in self.uids(scope, d.key))) for d in self.definitions}

    def records(self, scope: Scope, key: str) -> Iterator[Record]:
        row, column = key.split(".")[1:]
        if column == "repealed":
            yield from map(_exit_record, _exits(scope, row))
        else:
            yield from map(_policy_record, _policies(scope, row, column))

    def uids(self, scope: Scope, key: str) -> Iterator[UUID]:
        return (record.uid for record in self.records(scope, key))


def _policies(scope: Scope, row: str, column: str) -> Iterator[Policy]:
    category = _CATEGORIES[row]
    if column == "made":
        found = made_between(category, scope.agency_ids, scope.first, scope.as_of)
    else:
        found = in_stock(category, scope.agency_ids, scope.as_of)
    return found.select_related("document").order_by("written_on", "pk").iterator()


def _exits(scope: Scope, row: str) -> Iterator[Relation]:
    found = exits_between(_CATEGORIES[row], scope.agency_ids, scope.first, scope.as_of)
    return found.select_related("target__document").order_by("effective_on", "pk").iterator()


def _policy_record(policy: Policy) -> Record:
    return Record(
        uid=policy.uid,
        label=policy.number,
        detail=f"{policy.written_on:%Y-%m-%d} 成文，{policy.in_force_on:%Y-%m-%d} 施行",
        agency_id=policy.document.agency_id,
        on=policy.written_on,
    )


def _exit_record(relation: Relation) -> Record:
    return Record(
        uid=relation.uid,
        label=relation.target.number,
        detail=f"{relation.get_kind_display()}，依据：{relation.basis}",
        agency_id=relation.target.document.agency_id,
        on=relation.effective_on,
    )


register("policies", StockFigures())
