"""Table 3: 25 rows by seven columns from four grouped counts over the projected columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Count, QuerySet

from gongkai.figures.registry import Definition, Record, Scope, Value
from gongkai.foi.models import Case
from gongkai.foi.queries import counted_cases, decided_between, open_at_end_of, received_between
from gongkai.law.applicants import CLASSES
from gongkai.law.counting import ONE_DAY
from gongkai.law.outcomes import OUTCOMES, ROW_TITLES, ROWS

TOTAL = "tot"
_COLUMNS = {**{key: found.label for key, found in CLASSES.items()}, TOTAL: "总计"}
_FRAME = {
    "new": ("本年新收政府信息公开申请数量", "收到日期（条例第三十一条）在本年内的申请。"),
    "carry": ("上年结转政府信息公开申请数量", "上年末之前收到、到上年末尚未作出处理决定的申请。"),
    "r7": ("本年度办理结果总计", "处理决定日期在本年内的申请。"),
    "fwd": ("结转下年度继续办理", "到统计日已收到、尚未作出处理决定的申请。"),
}
_BASIS = "条例第五十条第二项；国办公开办函〔2021〕30号"


def _row_meaning(row: str) -> tuple[str, str]:
    articles = "；".join(
        f"{o.title}（{o.article}）" if o.article else o.title
        for o in OUTCOMES.values()
        if o.row == row
    )
    return ROW_TITLES[row], f"处理决定日期在本年内、结果为以下之一的申请：{articles}。"


_ROWS = {
    "new": _FRAME["new"],
    "carry": _FRAME["carry"],
    **{row: _row_meaning(row) for row in ROWS},
    "r7": _FRAME["r7"],
    "fwd": _FRAME["fwd"],
}


class CaseFigures:
    """175 figures. Each is the number of cases its door opens onto."""

    definitions = tuple(
        Definition(f"t3.{row}.{column}", f"{title} · {label}", meaning, "件", _BASIS)
        for row, (title, meaning) in _ROWS.items()
        for column, label in _COLUMNS.items()
    )

    def values(self, scope: Scope) -> Mapping[str, Value]:
        counts: Counter[tuple[str, str]] = Counter()
        for row in ("new", "carry", "fwd"):
            for klass, n in (
                _cases(scope, row).values_list("klass").annotate(n=Count("pk")).order_by()
            ):
                counts[row, klass] = n
        decided = _cases(scope, "r7").values_list("row", "klass").annotate(n=Count("pk")).order_by()
        for row, klass, n in decided:
            counts[row, klass] = n
            counts["r7", klass] += n
        return {d.key: Value(_cell(counts, d.key)) for d in self.definitions}

    def records(self, scope: Scope, key: str) -> Iterator[Record]:
        for case in _behind(scope, key).iterator(chunk_size=2_000):
            yield Record(
                uid=case.uid,
                label=case.number,
                detail=_detail(case),
                agency_id=case.agency_id,
                on=case.received_on,
                address=case.url_key,
            )

    def uids(self, scope: Scope, key: str) -> Iterator[UUID]:
        return _behind(scope, key).values_list("uid", flat=True).iterator(chunk_size=10_000)


def _cell(counts: Counter[tuple[str, str]], key: str) -> int:
    _, row, column = key.split(".")
    columns = CLASSES if column == TOTAL else (column,)
    return sum(counts[row, klass] for klass in columns)


def _cases(scope: Scope, row: str) -> QuerySet[Case]:
    cases = counted_cases(scope.agency_ids, scope.rules)
    if row == "new":
        return received_between(cases, scope.first, scope.as_of)
    if row == "carry":
        return open_at_end_of(cases, scope.first - ONE_DAY)
    if row == "fwd":
        return open_at_end_of(cases, scope.as_of)
    return decided_between(cases, scope.first, scope.as_of)


def _behind(scope: Scope, key: str) -> QuerySet[Case]:
    _, row, column = key.split(".")
    cases = _cases(scope, row)
    if row in ROWS:
        cases = cases.filter(row=row)
    if column != TOTAL:
        cases = cases.filter(klass=column)
    return cases.order_by("received_on", "pk")


def _detail(case: Case) -> str:
    """What the public may read of a case: never who asked, nor for what."""
    result = OUTCOMES[case.outcome].title if case.outcome else case.get_state_display()
    return f"{CLASSES[case.klass].label} · {result}"
