"""A reply is drafted by one person and signed by others, each over the same bytes (条例第十七条、第四十五条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.authority import Order
from gongkai.audit import clock
from gongkai.foi.actions import CaseRefused, append_event, close_case, refuse_unmet
from gongkai.foi.handling.actions.taking import permit
from gongkai.foi.handling.drafts import Draft, read_draft
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.models import ReplyDraft, Signature
from gongkai.foi.handling.outcomes import why_not
from gongkai.foi.issuing.actions.enquiring import write_to_overridden
from gongkai.foi.issuing.actions.writing import write_decision
from gongkai.foi.issuing.others import contested, overridden
from gongkai.foi.issuing.typed import FOLLOWED, PUBLIC_INTEREST, UNFOUNDED
from gongkai.foi.machine import EventKind
from gongkai.foi.models import Case
from gongkai.people.models import Person
from gongkai.text.canonical import Plain, sha256_hex


@transaction.atomic
def draft_reply(
    case: Case,
    *,
    result: str,
    facts: Mapping[str, str],
    refused_as: Sequence[str] = (),
    on: date,
    order: Order | None = None,
    by: Person,
) -> ReplyDraft:
    """Write the reply down and send it to be signed. What closing needs is asked now, not at the end."""
    known = permit(case, "draft", on=on, by=by, order=order)
    refuse_unmet(case, result, facts, refused_as)
    if why := why_not(known, result, refused_as):
        raise CaseRefused(why)
    _refuse_unreasoned(known, Draft(result, dict(facts), tuple(refused_as)))
    content = Draft(result, dict(facts), tuple(refused_as), known.enclosed).content(case)
    draft = ReplyDraft(
        case=case,
        outcome=result,
        content_text=content.decode(),
        sha256=sha256_hex(content),
        drafted_by=by,
        drafted_on=on,
    )
    draft.full_clean(validate_constraints=False)
    append_event(case, EventKind.DRAFTED, on, {"draft": draft.sha256, "outcome": result}, by)
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def take_back_draft(case: Case, *, on: date, order: Order | None = None, by: Person) -> ReplyDraft:
    """Take one's own draft back to change it: what was signed of it counts no more."""
    known = permit(case, "take-back", on=on, by=by, order=order)
    return _ended(known, ReplyDraft.State.TAKEN_BACK, EventKind.TAKEN_BACK, "", by)


@transaction.atomic
def send_back_draft(
    case: Case, *, reason: str, on: date, order: Order | None = None, by: Person
) -> ReplyDraft:
    """Send somebody else's draft back with the reason: what was signed of it counts no more."""
    known = permit(case, "send-back", on=on, by=by, order=order)
    if not reason.strip():
        raise CaseRefused("退回必须写明理由，否则拟稿人不知道要改什么。")
    return _ended(known, ReplyDraft.State.SENT_BACK, EventKind.SENT_BACK, reason.strip(), by)


@transaction.atomic
def sign_secrecy(
    case: Case,
    *,
    sha256: str,
    opinion: str = "",
    on: date,
    order: Order | None = None,
    by: Person,
) -> Signature:
    """保密审查 of the draft whose hash is *sha256* (条例第十七条)."""
    known = permit(case, "sign-secrecy", on=on, by=by, order=order)
    return _sign_before(known, Signature.Kind.SECRECY, sha256, opinion, by)


@transaction.atomic
def sign_legality(
    case: Case,
    *,
    sha256: str,
    opinion: str = "",
    on: date,
    order: Order | None = None,
    by: Person,
) -> Signature:
    """合法性审核 of the draft whose hash is *sha256* (条例第四十五条)."""
    known = permit(case, "sign-legality", on=on, by=by, order=order)
    return _sign_before(known, Signature.Kind.LEGALITY, sha256, opinion, by)


@transaction.atomic
def sign_reply(
    case: Case,
    *,
    sha256: str,
    opinion: str = "",
    on: date,
    order: Order | None = None,
    by: Person,
) -> Case:
    """The head signs: the decision is made, its letter numbered, printed and kept; what it needs is asked once more.

    Raises :class:`CaseRefused` with everything that keeps the letter from going out; then nothing is signed.
    """
    known = permit(case, "sign", on=on, by=by, order=order)
    draft = known.draft
    assert draft is not None  # noqa: S101  # the guards saw it
    read = read_draft(draft)
    refuse_unmet(case, read.outcome, read.facts, read.refused_as)
    _refuse_unreasoned(known, read)
    _sign(known, Signature.Kind.HEAD, sha256, opinion, by)
    _take(draft, ReplyDraft.State.SIGNED, "")
    write_decision(known, read, subject=draft.uid, by=by)
    write_to_overridden(known, read, by=by)
    content: dict[str, Plain] = {
        "facts": dict(read.facts),
        "refused_as": list(read.refused_as),
        "draft": sha256,
    }
    return close_case(case, result=read.outcome, on=on, content=content, signed=sha256, by=by)


def _refuse_unreasoned(known: Facts, draft: Draft) -> None:
    """What a third party objects to is given out for a reason that is signed with it (条例第三十二条)."""
    unsaid = contested(known, draft.outcome, draft.refused_as)
    if any(draft.facts.get(one.key) not in FOLLOWED for one in unsaid):
        raise CaseRefused(
            "征求过几个第三方的意见，有的不同意公开：请逐份选明采纳还是不采纳（条例第三十二条），再送签。"
        )
    said = any(draft.facts.get(name, "").strip() for name in (PUBLIC_INTEREST, UNFOUNDED))
    if overridden(known, draft) and not said:
        raise CaseRefused(
            "第三方不同意公开：决定公开的，须写明不公开会对公共利益造成什么重大影响，签发时书面告知第三方；"
            "或者写明第三方的理由为什么不成立（条例第三十二条）。请补上再送签。"
        )


_SIGNED = {
    Signature.Kind.SECRECY: EventKind.SECRECY_SIGNED,
    Signature.Kind.LEGALITY: EventKind.LEGALITY_SIGNED,
}
"""What the case tells of a signature before the head's."""


def _sign_before(
    known: Facts, kind: Signature.Kind, sha256: str, opinion: str, by: Person
) -> Signature:
    signed = _sign(known, kind, sha256, opinion, by)
    append_event(known.case, _SIGNED[kind], known.on, {"draft": sha256}, by)
    return signed


def _sign(known: Facts, kind: Signature.Kind, sha256: str, opinion: str, by: Person) -> Signature:
    draft = known.draft
    assert draft is not None  # noqa: S101  # the guards saw it
    if draft.sha256 != sha256 or sha256_hex(draft.content_text.encode()) != sha256:
        raise CaseRefused(
            "拟稿在您打开之后换过了，签署的必须是您看到的那一稿；请刷新，重新阅读后再签。"
        )
    signed = Signature(
        draft=draft,
        kind=kind,
        sha256=sha256,
        drafter=draft.drafted_by,
        signed_by=by,
        signed_at=clock.now(),
        opinion=opinion.strip(),
    )
    try:
        signed.full_clean()
        with transaction.atomic():
            signed.save(force_insert=True)
    except (IntegrityError, ValidationError) as taken:
        raise CaseRefused(
            "这一环节刚刚有人办理，或者您已签过这份拟稿的另一环节、就是拟稿人：一人不能办两个环节。请刷新后查看。"
        ) from taken
    return signed


def _ended(
    known: Facts, state: ReplyDraft.State, kind: EventKind, reason: str, by: Person
) -> ReplyDraft:
    draft = known.draft
    assert draft is not None  # noqa: S101  # the guards saw it
    _take(draft, state, reason)
    append_event(known.case, kind, known.on, {"draft": draft.sha256}, by)
    draft.refresh_from_db()
    return draft


def _take(draft: ReplyDraft, state: ReplyDraft.State, reason: str) -> None:
    waiting = ReplyDraft.objects.filter(pk=draft.pk, state=ReplyDraft.State.OPEN)
    if not waiting.update(state=state, reason=reason):
        raise CaseRefused("这份拟稿刚刚由另一位同志办理，请刷新后查看。")
