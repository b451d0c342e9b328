"""Proposing a holiday notice, and deciding on it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.audit import clock
from gongkai.law.errors import NoticeRefused
from gongkai.law.notice import Notice, parse_notice
from gongkai.people.models import Person
from gongkai.rulebook.actions.two_persons import approve, note, reject, told
from gongkai.rulebook.models import HolidayNotice, State
from gongkai.rulebook.plans import notice_plan
from gongkai.text.canonical import Plain, sha256_hex
from gongkai.text.document_number import fold_brackets


class NoticeKnown(Exception):
    """The same notice is already in the rulebook, in force or waiting."""


@transaction.atomic
def propose_notice(body: bytes, *, by: Person) -> HolidayNotice:
    """Enter a State Council notice for somebody else to approve; until then it changes nothing.

    Raises ``NoticeRefused`` when the file is wrong and :class:`NoticeKnown` when it is already in.
    """
    notice = parse_notice(body)
    proposed = HolidayNotice(
        year=notice.year,
        number=fold_brackets(notice.number or notice.title),
        body=body,
        sha256=sha256_hex(body),
        proposed_by=by,
        proposed_at=clock.now(),
    )
    _enter(proposed, notice)
    payload: dict[str, Plain] = {
        "year": notice.year,
        "number": proposed.number,
        "sha256": proposed.sha256,
    }
    note("notice.proposed", _subject(proposed), payload, by)
    return proposed


@transaction.atomic
def approve_notice(proposed: HolidayNotice, *, seen: str, by: Person) -> HolidayNotice:
    """Put a proposed notice in force. *seen* is the hash of the plan *by* was shown.

    Raises ``DecisionRefused`` when *by* proposed it or it is decided, ``PlanChanged`` when it moves
    other cases than were shown.
    """
    plan = notice_plan(parse_notice(bytes(proposed.body)), clock.today())
    approve(proposed, plan, seen=seen, by=by)
    payload: dict[str, Plain] = {"year": proposed.year, "sha256": proposed.sha256, **told(plan)}
    note("notice.approved", _subject(proposed), payload, by)
    return proposed


@transaction.atomic
def reject_notice(proposed: HolidayNotice, *, reason: str, by: Person) -> HolidayNotice:
    """Turn a proposed notice down, or take it back, with a reason; another may then be proposed."""
    reject(proposed, reason=reason, by=by)
    payload: dict[str, Plain] = {
        "year": proposed.year,
        "sha256": proposed.sha256,
        "reason": proposed.reason,
    }
    note("notice.rejected", _subject(proposed), payload, by)
    return proposed


def _enter(proposed: HolidayNotice, notice: Notice) -> None:
    """Save, unless the same notice is in: the unique constraint tells, also when two are at it."""
    rows = HolidayNotice.objects.filter(year=proposed.year, number=proposed.number)
    known = rows.exclude(state=State.REJECTED).first()
    if known is not None:
        raise NoticeKnown(_known(notice, known))
    try:
        with transaction.atomic():
            proposed.full_clean()
            proposed.save(force_insert=True)
    except ValidationError as wrong:
        raise NoticeRefused(wrong.messages) from wrong
    except IntegrityError as second:
        raise NoticeKnown(
            f"{notice.citation}（{notice.year} 年）刚刚由别人提出，请刷新后查看。"
        ) from second


def _known(notice: Notice, known: HolidayNotice) -> str:
    if known.state == State.PROPOSED:
        return (
            f"{notice.citation}（{notice.year} 年）已经提出，正在等待批准，日历没有变化。"
            "内容有误的，请先撤回，再重新提出。"
        )
    return (
        f"{notice.citation}（{notice.year} 年）已经导入，日历没有变化。"
        "如国务院办公厅另发通知调整，请导入新通知（文号不同）。"
    )


def _subject(notice: HolidayNotice) -> str:
    return f"notice:{notice.uid}"
