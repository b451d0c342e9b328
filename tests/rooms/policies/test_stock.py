"""How a document leaves the stock, once and for ever, and what the yearly table counts of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.audit.models import Event
from gongkai.figures.registry import Scope, Value
from gongkai.policies.actions import PolicyRefused, adjust_stock, end_policy
from gongkai.policies.figures import StockFigures
from gongkai.policies.models import (
    EXITS,
    TERMINAL,
    Category,
    Policy,
    Relation,
    RelationKind,
    StockAdjustment,
)
from gongkai.policies.queries import (
    exits_between,
    expiring_unrecorded,
    in_force,
    in_stock,
    made_between,
)
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import Cast, norm

DECIDED = date(2024, 11, 20)
END_2024, END_2025 = date(2024, 12, 31), date(2025, 12, 31)


def end(
    policy: Policy,
    cast: Cast,
    *,
    on: date = DECIDED,
    kind: RelationKind = RelationKind.REPEALS,
    source: Policy | None = None,
) -> Relation:
    return end_policy(
        policy,
        kind=kind,
        effective_on=on,
        decided_on=DECIDED,
        basis="示例县 2024 年清理决定",
        source=source,
        by=cast.zhao,
    )


def stock(cast: Cast, on: date) -> Sequence[str]:
    rows = in_stock(Category.NORM, [cast.grain.pk], on).order_by("number")
    return list(rows.values_list("number", flat=True))


def figures(cast: Cast, year: int) -> dict[str, Value]:
    as_of = date(year, 12, 31)
    return dict(
        StockFigures().values(Scope((cast.grain, cast.lakes), year, as_of, rules_on(as_of)))
    )


@pytest.mark.parametrize("first", EXITS)
@pytest.mark.parametrize("second", EXITS)
def test_a_document_leaves_once_for_ever(
    first: RelationKind, second: RelationKind, cast: Cast
) -> None:
    """不变量三：一份文件只有一个退出，第二次无论哪种方式都被拒，程序拒绝、数据库也拒绝。"""
    policy = norm(cast, "示粮〔2023〕1号", written=date(2023, 5, 1))
    relation = end(policy, cast, kind=first)
    before = Event.objects.count()
    with pytest.raises(PolicyRefused) as refused:
        end(policy, cast, kind=second)
    said = "示粮〔2023〕1号 已登记退出，一份文件只能退出一次；如登记有误请走更正。"
    assert (str(refused.value), Event.objects.count()) == (said, before)
    with pytest.raises(IntegrityError, match=r"relation_one_exit|target_id"), transaction.atomic():
        Relation.objects.create(
            kind=second,
            target=policy,
            effective_on=DECIDED,
            decided_on=DECIDED,
            basis="另一决定",
            terminal_key=TERMINAL,
        )
    assert list(Relation.objects.all()) == [relation]


@pytest.mark.parametrize("kind", [RelationKind.AMENDS, RelationKind.SUSPENDS_CLAUSE])
def test_an_amendment_is_no_exit(kind: RelationKind, cast: Cast) -> None:
    """修改、停止执行部分条款不使文件退出：程序拒绝登记为退出，数据库拒绝给它退出标记。"""
    policy = norm(cast, "示粮〔2023〕1号", written=date(2023, 5, 1))
    with pytest.raises(PolicyRefused) as refused:
        end(policy, cast, kind=kind)
    assert str(refused.value) == (
        f"“{kind.label}”不会使文件退出现行有效，请改用修改或停止执行的登记。"
    )
    row = {
        "kind": kind,
        "target": policy,
        "effective_on": DECIDED,
        "decided_on": DECIDED,
        "basis": "x",
    }
    with pytest.raises(IntegrityError, match="relation_exit_is_terminal"), transaction.atomic():
        Relation.objects.create(**row, terminal_key=TERMINAL)
    Relation.objects.create(**row)
    assert stock(cast, END_2024) == ["示粮〔2023〕1号"]


def test_an_exit_without_its_mark_is_refused(cast: Cast) -> None:
    """不变量三：废止不带退出标记便绕过“只退一次”，数据库拒绝。"""
    policy = norm(cast, "示粮〔2023〕1号", written=date(2023, 5, 1))
    with pytest.raises(IntegrityError, match="relation_exit_is_terminal"), transaction.atomic():
        Relation.objects.create(
            kind=RelationKind.REPEALS,
            target=policy,
            effective_on=DECIDED,
            decided_on=DECIDED,
            basis="x",
        )
    assert Relation.objects.count() == 0


def test_a_document_does_not_end_itself(cast: Cast) -> None:
    """关系在两份文件之间：程序与数据库都拒绝自己废止自己，另一份文件则可。"""
    policy = norm(cast, "示粮〔2023〕1号", written=date(2023, 5, 1))
    successor = norm(cast, "示粮〔2024〕1号", written=date(2024, 5, 1))
    with pytest.raises(ValidationError):
        end(policy, cast, source=policy)
    relation = end(policy, cast, source=successor)
    with pytest.raises(IntegrityError, match="relation_between_two"), transaction.atomic():
        Relation.objects.filter(pk=relation.pk).update(source=policy)
    assert Relation.objects.get().source == successor


def test_an_exit_counts_in_the_year_it_takes_effect(cast: Cast) -> None:
    """law Q-2：2024 年决定、次年 1 月 1 日生效的废止计入 2025 年，2024 年末仍算现行有效。"""
    for n, on in ((1, END_2024), (2, date(2025, 1, 1))):
        end(norm(cast, f"示粮〔2023〕{n}号", written=date(2023, 5, 1)), cast, on=on)
    gone = [
        list(
            exits_between(Category.NORM, [cast.grain.pk], date(year, 1, 1), date(year, 12, 31))
            .order_by("effective_on")
            .values_list("target__number", flat=True)
        )
        for year in (2023, 2024, 2025)
    ]
    assert gone == [[], ["示粮〔2023〕1号"], ["示粮〔2023〕2号"]]
    assert [stock(cast, on) for on in (date(2024, 12, 30), END_2024, END_2025)] == [
        ["示粮〔2023〕1号", "示粮〔2023〕2号"],
        ["示粮〔2023〕2号"],
        [],
    ]


def test_a_document_in_force_later_is_in_stock_already(cast: Cast) -> None:
    """law Q-2：年末已制发、次年施行的文件计入现行有效件数，但当日尚不施行。"""
    policy = norm(cast, "示粮〔2024〕1号", written=END_2024, in_force=date(2025, 1, 1))
    assert [stock(cast, on) for on in (date(2024, 12, 30), END_2024)] == [[], [policy.number]]
    grain = [cast.grain.pk]
    assert list(in_force(grain, END_2024)) == []
    assert list(in_force(grain, date(2025, 1, 1))) == [policy]
    assert list(made_between(Category.NORM, grain, date(2024, 1, 1), END_2024)) == [policy]


def test_the_table_follows_from_the_rows(cast: Cast) -> None:
    """不变量五：现行有效＝上年末＋本年制发－本年废止，三年六个数字逐一相等。"""
    old = [norm(cast, f"示粮〔2023〕{n}号", written=date(2023, 5, n)) for n in (1, 2, 3)]
    norm(cast, "示粮〔2024〕1号", written=date(2024, 5, 1))
    end(old[0], cast, kind=RelationKind.EXPIRES)
    end(old[1], cast, on=date(2025, 3, 1), kind=RelationKind.DECLARES_INVALID)
    columns = ("made", "repealed", "valid")
    found = {
        year: [figures(cast, year)[f"t2.norm.{column}"].amount for column in columns]
        for year in (2023, 2024, 2025)
    }
    assert found == {2023: [3, 0, 3], 2024: [1, 1, 3], 2025: [0, 1, 2]}
    rules = {key: value for key, value in figures(cast, 2024).items() if key.startswith("t2.rule")}
    assert rules == {f"t2.rule.{column}": Value(0) for column in columns}


def test_a_difference_of_stock_is_explained(cast: Cast) -> None:
    """不变量五：存量调整须有差额和原因，程序与数据库都拒绝没有的。"""

    def adjust(delta: int, reason: str) -> StockAdjustment:
        return adjust_stock(
            cast.grain, year=2024, delta=delta, reason=reason, decided_on=DECIDED, by=cast.zhao
        )

    for delta, reason in ((0, "清理"), (-1, "")):
        with pytest.raises(ValidationError):
            adjust(delta, reason)
    row = adjust(-1, "改类为其他文件")
    for change in ({"delta": 0}, {"reason": ""}):
        with pytest.raises(IntegrityError, match="adjustment_explained"), transaction.atomic():
            StockAdjustment.objects.filter(pk=row.pk).update(**change)
    fields = ("agency", "category", "year", "delta", "reason", "decided_by", "decided_on")
    assert StockAdjustment.objects.values_list(*fields).get() == (
        cast.grain.pk,
        Category.NORM,
        2024,
        -1,
        "改类为其他文件",
        cast.zhao.pk,
        DECIDED,
    )


def test_a_term_that_ran_out_waits_for_its_exit(cast: Cast) -> None:
    """有效期届满而未登记退出的文件列出待办，登记后不再列出。"""
    written, expires = date(2022, 5, 1), date(2024, 4, 30)
    policy = norm(cast, "示粮〔2022〕1号", written=written, expires=expires)
    norm(cast, "示粮〔2022〕2号", written=written)
    days = (expires, date(2024, 5, 1))
    assert [list(expiring_unrecorded(day)) for day in days] == [[], [policy]]
    end(policy, cast, kind=RelationKind.EXPIRES, on=date(2024, 5, 1))
    assert list(expiring_unrecorded(date(2024, 5, 1))) == []
