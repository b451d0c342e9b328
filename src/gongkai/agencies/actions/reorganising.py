"""Agencies that are merged, divided, relieved of functions or dissolved (机构改革).

Nothing that was done under an old agency is rewritten: its names, documents, cases and addresses stay.
From the day on, its people hold no role there, and those of its heirs see and finish what it left.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, models, transaction

from gongkai.agencies.actions.turn import take_turn
from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency, AgencyEnding, Membership, Succession
from gongkai.agencies.refusal import AgencyRefused
from gongkai.agencies.reorganisation import Change, ChangeKind, plan_of
from gongkai.agencies.rules import KEEPERS, may_keep_directory
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.text.canonical import Plain

CHANGED = "您看过清单之后，情况有了变化，没有办理。下面是现在的清单，请重新看过，无误后再确认。"
_SECOND = "另一位同事刚刚登记了这些机关的撤并，没有重复办理。请刷新后查看结果。"


@transaction.atomic
def merge_agencies(
    sources: Sequence[Agency],
    into: Agency,
    *,
    on: date,
    scope: str,
    basis: str,
    seen: str,
    by: Person,
) -> list[Succession]:
    """Dissolve *sources* on *on*; *into* takes over all their functions.

    *seen* is the hash of the plan that was looked at. Raises :class:`AgencyRefused`.
    """
    change = Change(ChangeKind.MERGE, tuple(sources), ((into, scope),), on, basis)
    return carry_out(change, seen=seen, by=by)


@transaction.atomic
def split_agency(
    source: Agency,
    among: Sequence[tuple[Agency, str]],
    *,
    on: date,
    basis: str,
    seen: str,
    by: Person,
) -> list[Succession]:
    """Dissolve *source* on *on*; each of *among* takes over the part described beside it."""
    change = Change(ChangeKind.SPLIT, (source,), tuple(among), on, basis)
    return carry_out(change, seen=seen, by=by)


@transaction.atomic
def succeed(
    source: Agency, target: Agency, *, on: date, scope: str, basis: str, seen: str, by: Person
) -> Succession:
    """Pass the functions described in *scope* from *source*, which goes on, to *target*."""
    change = Change(ChangeKind.TRANSFER, (source,), ((target, scope),), on, basis)
    return carry_out(change, seen=seen, by=by)[0]


@transaction.atomic
def close_agency(agency: Agency, *, on: date, basis: str, seen: str, by: Person) -> AgencyEnding:
    """Dissolve *agency* on *on* without anybody taking over. Refused while it has work in hand."""
    carry_out(Change(ChangeKind.CLOSE, (agency,), (), on, basis), seen=seen, by=by)
    return AgencyEnding.objects.get(agency=agency)


@transaction.atomic
def carry_out(change: Change, *, seen: str, by: Person) -> list[Succession]:
    """Do what the plan with the hash *seen* says, unless it has become another or may not be done."""
    authorise(by, may_keep_directory, step="机关的合并、分立和撤销", whose=KEEPERS)
    take_turn(*change.involved)
    plan = plan_of(change)
    if plan.obstacles:
        raise AgencyRefused("\n".join(plan.obstacles))
    if plan.sha256 != seen:
        raise AgencyRefused(CHANGED)
    try:
        with transaction.atomic():
            passed = _pass_on(change)
            ended = _end(change) if change.kind.ends else []
    except IntegrityError as second:
        raise AgencyRefused(_SECOND) from second
    _tell(change, plan.sha256, ended, by)
    return passed


def _pass_on(change: Change) -> list[Succession]:
    passed = [
        Succession(source=source, target=target, on=change.on, scope=scope)
        for source in change.sources
        for target, scope in change.heirs
    ]
    for row in passed:
        row.full_clean()
        row.save(force_insert=True)
    return passed


def _end(change: Change) -> list[Membership]:
    for agency in change.sources:
        ending = AgencyEnding(agency=agency, on=change.on, basis=change.basis)
        ending.full_clean()
        ending.save(force_insert=True)
    leaving = Membership.objects.filter(
        models.Q(ended=None) | models.Q(ended__gt=change.on), agency__in=change.sources
    )
    ended = list(leaving.select_related("person", "agency").order_by("agency__code", "pk"))
    Membership.objects.filter(pk__in=[row.pk for row in ended]).update(ended=change.on)
    return ended


def _tell(change: Change, sha256: str, ended: Sequence[Membership], by: Person) -> None:
    for row in ended:
        gone: dict[str, Plain] = {
            "person": str(row.person.uid),
            "role": row.role,
            "ended": change.on.isoformat(),
        }
        _record("membership.ended", row.agency, f"person:{row.person.uid}", gone, by)
    payload: dict[str, Plain] = {
        "kind": change.kind.value,
        "sources": [agency.code for agency in change.sources],
        "heirs": [{"code": agency.code, "scope": scope} for agency, scope in change.heirs],
        "on": change.on.isoformat(),
        "basis": change.basis,
        "plan": sha256,
    }
    for agency in change.involved:
        _record("agency.reorganised", agency, f"agency:{agency.uid}", payload, by)


def _record(kind: str, agency: Agency, subject: str, payload: dict[str, Plain], by: Person) -> None:
    record(kind, stream=agency.code, subject=subject, payload=payload, by=by)
