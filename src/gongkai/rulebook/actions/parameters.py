"""Proposing a county's own value of a parameter, and deciding on it."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.audit import clock
from gongkai.law.parameters import Certainty
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.rulebook.actions.two_persons import approve, reject, told
from gongkai.rulebook.actions.two_persons import note as write_down
from gongkai.rulebook.models import Parameter, State
from gongkai.rulebook.plans import decided_otherwise, parameter_plan
from gongkai.rulebook.queries import in_place_of
from gongkai.text.canonical import Plain

SHOWN = 3
"""How many of the matters a refusal names."""


class ParameterRefused(Exception):
    """Why a county's own value is not accepted, in the clerk's words."""


@transaction.atomic
def propose_parameter(
    key: str, *, value: str, since: date, source: str, certainty: str, note: str = "", by: Person
) -> Parameter:
    """Propose the county's own value of *key* from *since* on; earlier values stay on record.

    Raises what :func:`examined` raises, and :class:`ParameterRefused` where another value from the same
    day is in force or waiting.
    """
    proposed = examined(
        key, value=value, since=since, source=source, certainty=certainty, note=note
    )
    proposed.proposed_by, proposed.proposed_at = by, clock.now()
    _enter(proposed)
    write_down("parameter.proposed", _subject(proposed), _said(proposed), by)
    return proposed


@transaction.atomic
def approve_parameter(proposed: Parameter, *, seen: str, by: Person) -> Parameter:
    """Put a proposed value in force. *seen* is the hash of the plan *by* was shown.

    Raises ``DecisionRefused`` when *by* proposed it or it is decided, ``PlanChanged`` when it moves
    other matters than were shown, :class:`ParameterRefused` when it would by now change decided ones.
    """
    _refuse_unfit(proposed)
    plan = parameter_plan(proposed, clock.today())
    approve(proposed, plan, seen=seen, by=by)
    payload: dict[str, Plain] = {**_said(proposed), **told(plan)}
    write_down("parameter.approved", _subject(proposed), payload, by)
    return proposed


@transaction.atomic
def reject_parameter(proposed: Parameter, *, reason: str, by: Person) -> Parameter:
    """Turn a proposed value down, or take it back, with a reason."""
    reject(proposed, reason=reason, by=by)
    payload: dict[str, Plain] = {**_said(proposed), "reason": proposed.reason}
    write_down("parameter.rejected", _subject(proposed), payload, by)
    return proposed


def examined(
    key: str, *, value: str, since: date, source: str, certainty: str, note: str = ""
) -> Parameter:
    """Return the value as it would be proposed; nothing is written.

    Raises ``ParameterError`` for a key the law does not know on *since* and for one without a source,
    :class:`ParameterRefused` for a value that cannot be read, for one that a verified text fixes, and
    for a day so early that matters already decided would be judged anew.
    """
    own = Parameter(
        key=key,
        value_text=value.strip(),
        since=since,
        source=source.strip(),
        note=note.strip(),
        certainty=certainty,
    )
    _refuse_unfit(own)
    return own


def _refuse_unfit(own: Parameter) -> None:
    national = Rules.national(own.since).parameter(own.key)
    if national.certainty is Certainty.VERIFIED:
        raise ParameterRefused(
            f"“{national.title}”由{national.basis}规定，县里不能另定；法规修改后请更新本系统。"
        )
    try:
        in_place_of(national, own)
    except ValueError as wrong:
        raise ParameterRefused(
            f"“{national.title}”的取值“{own.value_text}”或可靠程度“{own.certainty}”无法识别："
            f"数字填不带符号的整数，是否填 true 或 false，可靠程度填 {'、'.join(Certainty)}，请改正后再提交。"
        ) from wrong
    _refuse_looking_back(own)


def _refuse_looking_back(own: Parameter) -> None:
    """A decision is judged by the rules it was made under: no later value changes its limit."""
    changed = decided_otherwise(own, clock.today())
    if not changed:
        return
    named = "、".join(move.subject for move in changed[:SHOWN])
    last = max(move.began for move in changed) + timedelta(days=1)
    raise ParameterRefused(
        f"自 {own.since} 起启用会改变已办结的 {len(changed)} 件的期限（{named}等）。"
        "已作出的决定按当时的规定判断，不能事后改变；"
        f"请把启用日期改为 {last} 或者以后，旧案件仍按原来的取值。"
    )


def _enter(proposed: Parameter) -> None:
    """Save; two people at once are told apart by the unique constraint."""
    taken = ParameterRefused(
        f"这一参数自 {proposed.since} 起已有取值（在用或者待批准），同一天只能有一个。"
        "请刷新后查看；确需更改的，换一个启用日期，或者先撤回待批准的一项。"
    )
    same = Parameter.objects.filter(key=proposed.key, scope=proposed.scope, since=proposed.since)
    if same.exclude(state=State.REJECTED).exists():
        raise taken
    try:
        with transaction.atomic():
            proposed.full_clean()
            proposed.save(force_insert=True)
    except ValidationError as wrong:
        raise ParameterRefused("；".join(wrong.messages)) from wrong
    except IntegrityError as second:
        raise taken from second


def _said(own: Parameter) -> dict[str, Plain]:
    return {
        "key": own.key,
        "value": own.value_text,
        "since": own.since.isoformat(),
        "source": own.source,
        **({"note": own.note} if own.note else {}),
    }


def _subject(own: Parameter) -> str:
    return f"parameter:{own.key}"
