"""What a notice and a parameter have in common: one person proposes, another decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.rulebook.models import MoveList, Proposal, State
from gongkai.rulebook.plans import Plan
from gongkai.text.canonical import Plain

STREAM = "rulebook"
P = TypeVar("P", bound=Proposal)


class DecisionRefused(Exception):
    """Why a proposal cannot be decided so, in the clerk's words."""


class PlanChanged(DecisionRefused):
    """What the proposal moves is no longer what was shown."""


def approve(proposal: P, plan: Plan, *, seen: str, by: Person) -> MoveList:
    """Take the decision to approve *proposal* and keep what it moves.

    Raises :class:`DecisionRefused` when *by* proposed it or it is decided already,
    :class:`PlanChanged` when *plan* is not the one *seen*.
    """
    if proposal.proposed_by_id == by.pk:
        raise DecisionRefused(
            "这一项是您本人提出的，须由另一人批准（规则影响所有人的法定期限，两人经手），请转请负责人办理。"
        )
    _decide(proposal, State.APPROVED, by)
    if plan.sha256 != seen:  # the decision just taken is rolled back with the transaction
        raise PlanChanged(
            "打开页面之后，受影响的案件有了变化，没有批准。下面是最新的影响，请重新核对后再批准。"
        )
    kept = MoveList(body=plan.canonical, sha256=plan.sha256, count=len(plan.moves))
    kept.full_clean()
    kept.save(force_insert=True)
    type(proposal)._default_manager.filter(pk=proposal.pk).update(moves=kept)
    proposal.refresh_from_db()
    return kept


def reject(proposal: P, *, reason: str, by: Person) -> None:
    """Take the decision not to approve. Raises :class:`DecisionRefused` as :func:`approve` does."""
    if not reason.strip():
        raise DecisionRefused("没有写理由：不批准或者撤回都要写明理由，请填写后再提交。")
    proposal.reason = reason.strip()
    try:
        proposal.clean_fields()
    except ValidationError as wrong:
        raise DecisionRefused("；".join(wrong.messages)) from wrong
    _decide(proposal, State.REJECTED, by)
    proposal.refresh_from_db()


def note(kind: str, subject: str, payload: Mapping[str, Plain], by: Person) -> None:
    """Record an event of the rulebook: the last step of an action."""
    record(kind, stream=STREAM, subject=subject, payload=payload, by=by)


def told(plan: Plan) -> dict[str, Plain]:
    """What an event says of a plan: counts and the hash of the list."""
    return {"days": len(plan.days), "moves": dict(plan.counts), "moves_sha256": plan.sha256}


def _decide(proposal: Proposal, state: State, by: Person) -> None:
    """Whoever comes first decides: the row count of the conditional UPDATE tells."""
    waiting = type(proposal)._default_manager.filter(pk=proposal.pk, state=State.PROPOSED)
    taken = waiting.update(
        state=state, decided_by=by, decided_at=clock.now(), reason=proposal.reason
    )
    if not taken:
        raise DecisionRefused("这一项已经由别人办理，请刷新后查看结果。")
