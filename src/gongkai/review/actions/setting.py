"""Setting a chain. The one before stays: what was submitted under it is judged by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency, Level
from gongkai.agencies.queries import county
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.documents.models import Document, Kind
from gongkai.people.models import Person
from gongkai.review.chains import refuse_unfit_stages, shipped
from gongkai.review.models import Chain, Stage, StageKind
from gongkai.review.queries import chain_set_for
from gongkai.review.refusal import ReviewRefused
from gongkai.review.rules import SETTERS, may_set_chain
from gongkai.text.canonical import Plain


@transaction.atomic
def set_chain(
    agency: Agency | None,
    *,
    kind: Kind | None,
    stages: Sequence[StageKind],
    since: date,
    basis: str,
    by: Person,
) -> Chain:
    """Set the stages of *agency* (None: the county) for *kind* (None: every kind) from *since* on.

    A chain cannot begin in the past: what was submitted since then went by another one. Raises
    :class:`ReviewRefused`, and ``RoleRefused`` for somebody who may not.
    """
    if agency is not None and agency.level == Level.COUNTY:
        agency = None
    authorise(
        by, lambda standing: may_set_chain(standing, agency), step="设置审核流程", whose=SETTERS
    )
    refuse_unfit_stages(stages)
    if since < clock.today():
        raise ReviewRefused(
            "启用日期不能早于今天：已经送审的稿件按送审当天的流程办。请改为今天或以后。"
        )
    if not basis.strip():
        raise ReviewRefused("请写明依据，例如本机关的信息发布审核制度及文号：流程要经得起查。")
    chain = Chain(agency=agency, kind=kind.value if kind else "", since=since, basis=basis.strip())
    chain.full_clean()
    _store(chain, stages)
    payload: dict[str, Plain] = {
        "kind": chain.kind,
        "since": since.isoformat(),
        "stages": [stage.value for stage in stages],
    }
    stream = (agency or county()).code
    record("chain.set", stream=stream, subject=f"chain:{chain.uid}", payload=payload, by=by)
    return chain


def chain_for(document: Document, on: date) -> Chain:
    """Return the chain *document* goes through on *on*; the shipped one becomes a row on first use."""
    return chain_set_for(document, on) or _shipped_row()


def _shipped_row() -> Chain:
    came = shipped()
    chain, new = Chain.objects.get_or_create(
        uid=came.uid, defaults={"since": came.since, "basis": came.basis}
    )
    if new:
        _store(chain, came.stages)
    return chain


def _store(chain: Chain, stages: Sequence[StageKind]) -> None:
    if chain._state.adding:
        chain.save(force_insert=True)
    rows = [Stage(chain=chain, n=n, kind=kind) for n, kind in enumerate(stages, 1)]
    for row in rows:
        row.full_clean()
    Stage.objects.bulk_create(rows)
