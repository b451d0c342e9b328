"""Which chain a text goes through: the most specific one of the day, the county's, the shipped one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import connection

from gongkai.agencies.models import Agency
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock, guards
from gongkai.audit.models import Event
from gongkai.documents.models import Kind
from gongkai.people.models import Person
from gongkai.review.actions import ReviewRefused, set_chain
from gongkai.review.models import Chain, StageKind
from gongkai.review.queries import chain_set_for, stages_of
from tests.rooms.cast import Cast
from tests.rooms.review.panel import IN_ORDER, approve_through, draft, make_panel, submitted

WITH_LAW = (StageKind.LEGALITY, *IN_ORDER)
BASIS = "示例县信息发布审核制度"


def put(
    agency: Agency | None,
    by: Person,
    *,
    kind: Kind | None = None,
    stages: Sequence[StageKind] = IN_ORDER,
    since: date | None = None,
) -> Chain:
    since = since or clock.today()
    return set_chain(agency, kind=kind, stages=stages, since=since, basis=BASIS, by=by)


def test_the_shipped_chain_holds_where_none_is_set(cast: Cast) -> None:
    """条例第十七条、三审：县里没有设置时，按随程序的流程：保密审查、初审、复审、终审；只登记一次。"""
    first, second = submitted(cast, "甲"), submitted(cast, "乙")
    assert stages_of(first.chain) == list(IN_ORDER)
    assert (first.chain, first.chain.agency, first.chain.kind) == (second.chain, None, "")
    assert Chain.objects.count() == 1


def test_the_most_specific_chain_wins(cast: Cast) -> None:
    """本机关这一种类的先于本机关的，先于上级的，先于全县这一种类的，先于全县的。"""
    document = draft(cast).document
    assert chain_set_for(document, clock.today()) is None
    found = []
    for agency, kind in ((None, None), (None, Kind.NOTICE), (cast.grain, None)):
        put(agency, cast.li, kind=kind)
        found.append(_found(document, clock.today()))
    put(cast.grain, cast.li, kind=Kind.NOTICE)
    found.append(_found(document, clock.today()))
    put(cast.lakes, cast.li)
    found.append(_found(document, clock.today()))
    code = cast.grain.code
    assert found == [
        (None, ""),
        (None, "notice"),
        (code, ""),
        (code, "notice"),
        (code, "notice"),
    ]


def _found(document: object, on: date) -> tuple[str | None, str]:
    chain = chain_set_for(document, on)  # type: ignore[arg-type]
    assert chain is not None
    return (chain.agency.code if chain.agency else None, chain.kind)


def test_a_chain_holds_from_its_day_and_what_was_submitted_keeps_its_own(cast: Cast) -> None:
    """新流程只管启用以后送审的；已送审的按送审当天的流程办完。"""
    before = submitted(cast, "甲")
    put(cast.grain, cast.li, stages=WITH_LAW)
    put(cast.grain, cast.li, stages=WITH_LAW[1:], since=clock.today() + timedelta(days=40))
    after = submitted(cast, "乙")
    assert (stages_of(before.chain), stages_of(after.chain)) == (list(IN_ORDER), list(WITH_LAW))
    assert approve_through(before, make_panel(cast)).state == "sealed"


@pytest.mark.parametrize("missing", IN_ORDER)
def test_a_chain_without_a_stage_the_law_asks_for_is_refused(
    cast: Cast, missing: StageKind
) -> None:
    """条例第十七条、三审：缺保密审查、初审、复审、终审中任何一级，都不能设置。"""
    before = Event.objects.count()
    with pytest.raises(ReviewRefused, match=f"审核流程缺少{missing.label}.*条例第十七条"):
        put(None, cast.li, stages=[kind for kind in WITH_LAW if kind is not missing])
    assert (Chain.objects.count(), Event.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ([*IN_ORDER, StageKind.FIRST], "写了两次"),
        ([IN_ORDER[0], *reversed(IN_ORDER[1:])], "先后不对"),
    ],
)
def test_an_odd_chain_is_refused(cast: Cast, stages: list[StageKind], said: str) -> None:
    """三审逐级：一级一次，初审、复审、终审依次。"""
    with pytest.raises(ReviewRefused, match=said):
        put(None, cast.li, stages=stages)


def test_a_chain_is_not_set_backwards_nor_without_a_basis(cast: Cast) -> None:
    """已经送审的按当天的流程：不能追溯；流程要写依据。"""
    with pytest.raises(ReviewRefused, match="不能早于今天"):
        put(None, cast.li, since=clock.today() - timedelta(days=1))
    with pytest.raises(ReviewRefused, match="请写明依据"):
        set_chain(None, kind=None, stages=IN_ORDER, since=clock.today(), basis=" ", by=cast.li)


def test_who_sets_a_chain(cast: Cast) -> None:
    """政务公开办和负责人设置；信息员、承办不能；记入审计链。"""
    for person in (cast.chen, cast.wang):
        with pytest.raises(RoleRefused, match="设置审核流程由"):
            put(cast.grain, person)
    chain = put(None, cast.zhao)
    event = Event.objects.latest("pk")
    assert (event.stream, event.kind, event.subject) == (
        cast.county.code,
        "chain.set",
        f"chain:{chain.uid}",
    )


def test_a_rebuilt_table_meets_no_trigger_that_looks_into_it(cast: Cast) -> None:
    """改列时 SQLite 不许触发器指着重建的表，PostgreSQL 不许触发器的条件提到该列：迁移前取下，迁移后装回。"""
    before = guards.missing(connection)
    guards.lift_for_migration(connection)
    lifted = guards.missing(connection)
    in_the_way = {
        "sqlite": "review_seal_complete_insert",
        "postgresql": "documents_edition_closed_update",
    }
    assert (before, in_the_way[connection.vendor] in lifted) == ([], True)
    assert not [name for name in lifted if name.endswith("append_only_update")]
    guards.install_all(connection)
    assert guards.missing(connection) == []
