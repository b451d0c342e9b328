"""What becomes of a column: another name, another place, another owner, its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models, transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.columns.actions.opening import arrange_in_turn, refuse_ended, refuse_owner_gone, tell
from gongkai.columns.models import DEEPEST, Column, ColumnEnding, ColumnName, ColumnOwner
from gongkai.columns.queries import answering_on
from gongkai.columns.refusal import ColumnRefused
from gongkai.columns.rules import KEEPERS, may_keep_columns
from gongkai.people.models import Person


@transaction.atomic
def rename_column(column: Column, *, name: str, since: date, by: Person) -> ColumnName:
    """Give *column* another name from *since* on. Its address stays."""
    _begin("栏目更名", column, since, by)
    last = column.names.latest("since")
    if last.name == name:
        raise ColumnRefused(f"栏目现在就叫“{name}”，没有变化。")
    if last.since >= since:
        raise ColumnRefused(
            f"{last.since} 已启用名称“{last.name}”，新名称的启用日期应在其后：以前用的是当时的名称。"
        )
    row = ColumnName(column=column, name=name, since=since)
    row.full_clean()
    row.save(force_insert=True)
    tell("column.renamed", column, {"name": name, "since": since.isoformat()}, by)
    return row


@transaction.atomic
def hand_over_column(column: Column, *, owner: Agency, since: date, by: Person) -> ColumnOwner:
    """Let *owner* answer for *column* from *since* on (条例第十条)."""
    _begin("移交栏目", column, since, by)
    refuse_owner_gone(owner, since)
    last = column.owners.latest("since")
    if answering_on(since, [column])[column.pk].recorded == owner.pk:
        raise ColumnRefused("这个栏目本来就由它负责，不用移交。")
    if last.since >= since:
        raise ColumnRefused(f"{last.since} 已有一次移交，新的移交日期应在其后。")
    row = ColumnOwner(column=column, agency=owner, since=since)
    row.full_clean()
    row.save(force_insert=True)
    tell("column.handed_over", column, {"owner": owner.code, "since": since.isoformat()}, by)
    return row


@transaction.atomic
def move_column(column: Column, *, parent: Column | None, on: date, by: Person) -> Column:
    """Put *column*, with all below it, under *parent*; None puts it at the top. Its address stays.

    *on* is the day of the decision. Raises :class:`ColumnRefused` for a circle or a tree too deep.
    """
    _begin("调整栏目位置", column, on, by)
    column.refresh_from_db()
    if parent is not None:
        parent.refresh_from_db()
        refuse_ended(parent, on)
    if column.parent_id == (parent.pk if parent else None):
        raise ColumnRefused("栏目已经在那里，没有变化。")
    below = _levels(column)
    if parent is not None and any(parent in level for level in below):
        raise ColumnRefused("栏目不能放在自己或自己的下级栏目之下，请另选上级栏目。")
    depth = parent.depth + 1 if parent else 1
    if depth + len(below) - 1 > DEEPEST:
        raise ColumnRefused(
            f"移过去以后，下级栏目会超过 {DEEPEST} 层，群众就找不到了。请选层次浅一些的上级栏目。"
        )
    _put(below, parent, depth)
    column.refresh_from_db()
    tell("column.moved", column, {"parent": parent.slug if parent else None}, by)
    return column


@transaction.atomic
def close_column(
    column: Column, *, on: date, reason: str, moved_to: Column | None = None, by: Person
) -> ColumnEnding:
    """Let *column* take nothing more from *on* on. What is in it stays where it is."""
    _begin("停用栏目", column, on, by)
    ending = ColumnEnding.objects.filter(column=column).first()
    if ending is not None:
        raise ColumnRefused(f"已登记自 {ending.on} 起停用，不用重复登记。")
    if moved_to == column:
        raise ColumnRefused("停用的栏目不能改在它自己那里公开，请另选一个栏目或者留空。")
    if column.children.exclude(ending__on__lte=on).exists():
        raise ColumnRefused("下面还有在用的栏目，停用后它们就没有去处。请先移走或停用下级栏目。")
    if moved_to is not None:
        refuse_ended(moved_to, on)
    row = ColumnEnding(column=column, on=on, reason=reason.strip(), moved_to=moved_to)
    row.full_clean()
    row.save(force_insert=True)
    target = moved_to.slug if moved_to else None
    tell(
        "column.closed",
        column,
        {"on": on.isoformat(), "reason": row.reason, "moved_to": target},
        by,
    )
    return row


def _begin(step: str, column: Column, on: date, by: Person) -> None:
    authorise(by, may_keep_columns, step=step, whose=KEEPERS)
    arrange_in_turn()
    refuse_ended(column, on)


def _levels(column: Column) -> list[list[Column]]:
    """The column, its children, theirs, and so on: one list a level."""
    found = [[column]]
    while below := list(Column.objects.filter(parent__in=found[-1])):
        found.append(below)
    return found


def _put(levels: list[list[Column]], parent: Column | None, depth: int) -> None:
    """Change the depths level by level, so that at no moment a child is as high as its parent."""
    shift = depth - levels[0][0].depth
    top, rest = levels[0][0], levels[1:]
    if shift > 0:
        _shift(reversed(rest), shift)
    Column.objects.filter(pk=top.pk).update(parent=parent, depth=depth)
    if shift < 0:
        _shift(rest, shift)


def _shift(levels: Iterable[list[Column]], shift: int) -> None:
    for level in levels:
        keys = [column.pk for column in level]
        Column.objects.filter(pk__in=keys).update(depth=models.F("depth") + shift)
