"""Opening columns, one by one or as the standard tree of the platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.actions.turn import take_turn
from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import county
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.columns.models import (
    Audience,
    Column,
    ColumnEnding,
    ColumnName,
    ColumnOwner,
    Level,
    Manner,
    Template,
)
from gongkai.columns.refusal import ColumnRefused
from gongkai.columns.rules import KEEPERS, may_keep_columns
from gongkai.columns.standard import setup_of
from gongkai.law.platform import STANDARD_TREE, Freshness, Section
from gongkai.law.publishing import TimeLimit
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from gongkai.text.canonical import Plain

_OTHERS = {field.name for field in Column._meta.get_fields()} - {"slug"}


@dataclass(frozen=True)
class Setup:
    """What a column is for: where it stands on the platform, on what basis, how fast and how often.

    At most one of *duty* (an item of Arts 20 and 21) and *field* is given. *rhythm_days* None: no
    rhythm of its own.
    """

    section: Section
    basis: str
    limit: TimeLimit
    duty: str = ""
    field: str = ""
    freshness: Freshness = Freshness.OWN
    rhythm_days: int | None = None
    channels: Sequence[str] = ("website",)
    audience: Audience = Audience.ALL
    manner: Manner = Manner.ACTIVE
    level: Level = Level.COUNTY
    template: Template = Template.LIST


@transaction.atomic
def open_column(
    slug: str,
    *,
    name: str,
    owner: Agency,
    setup: Setup,
    parent: Column | None = None,
    opened: date,
    by: Person,
) -> Column:
    """Open a column at an address that is its own for ever. Raises :class:`ColumnRefused`."""
    authorise(by, may_keep_columns, step="开设栏目", whose=KEEPERS)
    arrange_in_turn()
    column = _open(slug, name, owner, setup, parent, opened)
    payload: dict[str, Plain] = {
        "slug": slug,
        "name": name,
        "owner": owner.code,
        "parent": parent.slug if parent else None,
        "opened": opened.isoformat(),
    }
    tell("column.opened", column, payload, by)
    return column


@transaction.atomic
def adopt_standard_tree(
    *, owner: Agency, owners: Mapping[str, Agency] | None = None, by: Person
) -> list[Column]:
    """Open what is missing of the standard tree and return it; what is there stays as it is.

    *owners* answers for single columns by their address, *owner* for the rest.
    """
    authorise(by, may_keep_columns, step="按标准设立栏目", whose=KEEPERS)
    arrange_in_turn()
    today = clock.today()
    known = {column.slug: column for column in Column.objects.all()}
    new: list[Column] = []
    for standard in STANDARD_TREE:
        if standard.slug in known:
            continue
        setup = Setup(**setup_of(standard, rules_on(today)))
        answers = (owners or {}).get(standard.slug, owner)
        parent = _living(known.get(standard.parent), today)
        known[standard.slug] = _open(standard.slug, standard.title, answers, setup, parent, today)
        new.append(known[standard.slug])
    if new:
        payload: dict[str, Plain] = {"opened": [column.slug for column in new]}
        at = county()
        record(
            "columns.adopted",
            stream=at.code,
            subject=f"agency:{at.uid}",
            payload=payload,
            by=by,
        )
    return new


def arrange_in_turn() -> None:
    """Hold the county's row until commit: two people who arrange columns at once are seen in turn."""
    take_turn(county())


def refuse_ended(column: Column, on: date) -> None:
    """Raise :class:`ColumnRefused` when *column* takes nothing more on *on*, or is not open yet."""
    ending = ColumnEnding.objects.filter(column=column).first()
    if ending is not None and ending.on <= on:
        raise ColumnRefused(
            f"栏目“{column.slug}”自 {ending.on} 起已停用，不能再调整，也不能在它下面开设栏目。"
            "请另开新栏目。"
        )
    if on < column.opened:
        raise ColumnRefused(f"栏目“{column.slug}”自 {column.opened} 起才开设，日期应不早于这一天。")


def tell(kind: str, column: Column, payload: dict[str, Plain], by: Person) -> None:
    """Write an event about a column into the county's log."""
    stream = county().code
    record(kind, stream=stream, subject=f"column:{column.uid}", payload=payload, by=by)


def _living(column: Column | None, on: date) -> Column | None:
    """The nearest column above that still takes something: a closed parent takes no new child."""
    while column is not None and ColumnEnding.objects.filter(column=column, on__lte=on).exists():
        column = column.parent
    return column


def _open(
    slug: str, name: str, owner: Agency, setup: Setup, parent: Column | None, opened: date
) -> Column:
    # Before the database is asked: PostgreSQL takes no text with a NUL in it.
    Column(slug=slug).clean_fields(exclude=_OTHERS)
    if Column.objects.filter(slug=slug).exists():
        raise ColumnRefused(
            f"网址名“{slug}”已经用过。网址名永远只指一个栏目，停用的也不再让出，请换一个。"
        )
    if parent is not None:
        refuse_ended(parent, opened)
    refuse_owner_gone(owner, opened)
    column = Column(
        slug=slug,
        parent=parent,
        depth=parent.depth + 1 if parent else 1,
        opened=opened,
        **_fields(setup),
    )
    column.full_clean()
    column.save(force_insert=True)
    for row in (
        ColumnName(column=column, name=name, since=opened),
        ColumnOwner(column=column, agency=owner, since=opened),
    ):
        row.full_clean()
        row.save(force_insert=True)
    return column


def refuse_owner_gone(owner: Agency, on: date) -> None:
    """Raise :class:`ColumnRefused` for an agency that is no more, or not yet there, on *on*."""
    ending = getattr(owner, "ending", None)
    if ending is not None and ending.on <= on:
        raise ColumnRefused(
            f"这个机关自 {ending.on} 起已撤销，不能再负责栏目，请选承接其职能的机关。"
        )
    if not owner.names.filter(since__lte=on).exists():
        raise ColumnRefused(f"这个机关在 {on} 还没有设立，不能负责栏目，请核对日期。")


def _fields(setup: Setup) -> dict[str, object]:
    said = asdict(setup)
    limit = said.pop("limit")
    return {
        **said,
        "channels": list(setup.channels),
        "limit_kind": limit["kind"],
        "limit_days": limit["days"],
    }
