"""Wording a letter by two people: propose, approve, turn down, take back before its first day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.inbox.actions import notify
from gongkai.law.letters import LETTERS
from gongkai.letters.models import State, Wording
from gongkai.letters.queries import approvers
from gongkai.letters.rules import PROPOSES, may_propose, may_stop
from gongkai.letters.wording.checking import Problem, problems
from gongkai.letters.wording.stored import read, written
from gongkai.letters.wording.words import Block
from gongkai.people.models import Person
from gongkai.text.canonical import Plain, sha256_hex

STREAM = "rulebook"


class WordingRefused(Exception):
    """Why a wording is not accepted. *problems*: what is wrong in it, if that is why."""

    def __init__(self, sentence: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


@transaction.atomic
def propose_wording(
    code: str, blocks: Sequence[Block], *, since: date, note: str, by: Person
) -> Wording:
    """Propose how letter *code* reads from *since* on; until another person approves, nothing changes.

    Raises :class:`WordingRefused` with everything that is wrong.
    """
    authorise(by, may_propose, step="改写文书文字", whose=PROPOSES)
    _refuse_unfit(code, blocks, since)
    text = written(blocks)
    proposed = Wording(
        code=code,
        version=(Wording.objects.filter(code=code).aggregate(n=Max("version"))["n"] or 0) + 1,
        since=since,
        blocks_text=text,
        sha256=sha256_hex(text.encode()),
        note=note.strip(),
        author=by,
        proposed_at=clock.now(),
    )
    _enter(proposed)
    _tell_the_others(proposed, by)
    _record("wording.proposed", proposed, {"since": since.isoformat()}, by)
    return proposed


@transaction.atomic
def approve_wording(proposed: Wording, *, by: Person) -> Wording:
    """Let a proposed wording be used from its day on.

    Raises :class:`WordingRefused` when *by* wrote it, when it is decided, when its day is past by now.
    """
    authorise(by, may_propose, step="批准文书文字", whose=PROPOSES)
    if proposed.author_id == by.pk:
        raise WordingRefused(
            "这一版是您本人提出的，须由另一人批准（文书关系申请人的权利，两人经手），请转请另一人办理。"
        )
    _refuse_unfit(proposed.code, read(proposed.blocks_text), proposed.since)
    _move(
        proposed,
        State.PROPOSED,
        {"state": State.APPROVED, "approver": by, "decided_at": clock.now()},
    )
    _record("wording.approved", proposed, {"since": proposed.since.isoformat()}, by)
    return proposed


@transaction.atomic
def reject_wording(proposed: Wording, *, reason: str, by: Person) -> Wording:
    """Turn a proposed wording down, or take one's own back, with a reason."""
    authorise(by, may_stop, step="不批准文书文字", whose=PROPOSES)
    told = _reason(proposed, reason)
    _move(proposed, State.PROPOSED, {"state": State.REJECTED, "ended_by": by, "reason": told})
    _record("wording.rejected", proposed, {"reason": told}, by)
    return proposed


@transaction.atomic
def take_back_wording(planned: Wording, *, reason: str, by: Person) -> Wording:
    """Stop an approved wording before its first day.

    Raises :class:`WordingRefused` for one in use: letters were written with it, another version replaces it.
    """
    authorise(by, may_stop, step="收回文书文字", whose=PROPOSES)
    if planned.since <= clock.today():
        raise WordingRefused(
            f"这一版自 {planned.since} 起已经启用，可能有文书按它印发，不能收回；要改的，请另提一版。"
        )
    told = _reason(planned, reason)
    _move(planned, State.APPROVED, {"state": State.TAKEN_BACK, "ended_by": by, "reason": told})
    _record("wording.taken_back", planned, {"reason": told}, by)
    return planned


def _refuse_unfit(code: str, blocks: Sequence[Block], since: date) -> None:
    if code not in LETTERS:
        raise WordingRefused(f"没有“{code}”这种文书，请从文书清单中选择。")
    if since < clock.today():
        raise WordingRefused(
            f"启用日期 {since} 已经过去：以前签发的文书用的是当时的文字。请改为今天或者以后，重新提出。"
        )
    found = problems(code, blocks, since)
    if found:
        raise WordingRefused("这一版还有需要改正的地方，没有提出。", found)


def _enter(proposed: Wording) -> None:
    """Save; who comes second on the same day is told by the unique constraint."""
    taken = WordingRefused(
        f"《{LETTERS[proposed.code].title}》自 {proposed.since} 起已有一版（已批准或者待批准）。"
        "请换一个启用日期，或者先撤回那一版。"
    )
    alive = [State.PROPOSED, State.APPROVED]
    if Wording.objects.filter(code=proposed.code, since=proposed.since, state__in=alive).exists():
        raise taken
    try:
        with transaction.atomic():
            proposed.full_clean()
            proposed.save(force_insert=True)
    except ValidationError as wrong:
        raise WordingRefused("；".join(wrong.messages)) from wrong
    except IntegrityError as second:
        raise taken from second


def _tell_the_others(proposed: Wording, by: Person) -> None:
    notify(
        approvers(clock.today()).exclude(pk=by.pk),
        kind="wording.proposed",
        title="文书文字待批准",
        body=f"《{LETTERS[proposed.code].title}》第 {proposed.version} 版，拟自 {proposed.since} 起启用。",
        address=reverse("letter-wording", args=[proposed.uid]),
        by=by,
    )


def _move(wording: Wording, before: State, changes: Mapping[str, object]) -> None:
    """Whoever comes first decides: the row count of the conditional UPDATE tells."""
    if not Wording.objects.filter(pk=wording.pk, state=before).update(**changes):
        raise WordingRefused("这一版已经由别人办理，请刷新后查看结果。")
    wording.refresh_from_db()


def _reason(wording: Wording, reason: str) -> str:
    told = reason.strip()
    if not told:
        raise WordingRefused("没有写理由：不批准、撤回和收回都要写明理由，请填写后再提交。")
    wording.reason = told
    try:
        wording.clean_fields(exclude=["state"])
    except ValidationError as wrong:
        raise WordingRefused("；".join(wrong.messages)) from wrong
    return told


def _record(kind: str, wording: Wording, more: Mapping[str, Plain], by: Person) -> None:
    payload: dict[str, Plain] = {
        "letter": wording.code,
        "version": wording.version,
        "sha256": wording.sha256,
        **more,
    }
    record(kind, stream=STREAM, subject=f"wording:{wording.uid}", payload=payload, by=by)
