"""What waits inside the cases: drafts and extensions to sign, matters given to somebody, limits that ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.foi.charging.queries import last_day_to_pay
from gongkai.foi.charging.todo import unpaid
from gongkai.foi.handling.facts import LEGALITY_WANTED, SECRECY_WANTED
from gongkai.foi.handling.models import (
    Assignment,
    Consultation,
    CorrectionNotice,
    ExtensionProposal,
    ReplyDraft,
    Signature,
)
from gongkai.foi.models import State
from gongkai.foi.serving.models import What
from gongkai.foi.serving.todo import (
    RESULT_WITHIN,
    SEND_WITHIN,
    on_their_way,
    to_send_again,
    unsent,
)
from gongkai.foi.table import BY_NAME
from gongkai.law.intervals import CONSULTATION_LIMITS
from gongkai.law.intervals import Kind as OpinionOf
from gongkai.law.rules import Rules

_OFFICERS = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
_STEPS = {
    Signature.Kind.SECRECY: ("sign-secrecy", SECRECY_WANTED),
    Signature.Kind.LEGALITY: ("sign-legality", LEGALITY_WANTED),
    Signature.Kind.HEAD: ("sign", ""),
}


_GIVEN, _OPINION, _CORRECTION, _EXTENSION = "given", "opinion", "correction", "extension"
_UNSENT, _ON_THE_WAY, _AGAIN, _UNPAID = "unsent", "on_the_way", "again", "unpaid"
_LATE = "late"


class _Row(NamedTuple):
    """What one of the kinds tells: *day* is its last day, or the day its limit runs from."""

    uid: UUID
    number: str
    key: str
    whose: int
    received: date
    kind: str
    day: date
    days: int
    text: str


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield what *standing* signs, what was given to them, and what of their cases has run out."""
    if standing.is_any(Role.LEADER, Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER):
        yield from _to_sign(standing, rules)
    if standing.works_for:
        yield from _in_the_cases(standing, rules)


def _to_sign(standing: Standing, rules: Rules) -> Iterator[Todo]:
    roles = [role for name, _ in _STEPS.values() for role in BY_NAME[name].roles]
    drafts = (
        ReplyDraft.objects.filter(
            state=ReplyDraft.State.OPEN, case__agency__in=working_as(standing, *roles)
        )
        .exclude(drafted_by=standing.person)
        .select_related("case__agency")
        .prefetch_related(Prefetch("signatures", to_attr="signed"))
    )
    wanted = [kind for kind, (_, key) in _STEPS.items() if not key or rules.flag(key)]
    for draft in drafts.order_by("pk"):
        signed = {one.kind for one in draft.signed}
        if any(one.signed_by_id == standing.person.pk for one in draft.signed):
            continue
        for kind in wanted:
            name = _STEPS[kind][0]
            step = BY_NAME[name]
            ready = kind is not Signature.Kind.HEAD or signed >= set(wanted) - {kind}
            mine = any(standing.holds(role, draft.case.agency) for role in step.roles)
            if mine and ready and kind not in signed:
                yield Todo(
                    f"申请 {draft.case.number} 的答复拟稿",
                    step.label,
                    ("case-step", draft.case.url_key, name),
                    draft.case.agency_id,
                    basis=step.article,
                )


def _in_the_cases(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Matters given to one, extensions to approve, opinions and corrections whose limit is over: one query for all."""
    kinds = [_rows(_GIVEN, _given_to(standing), "due_on", Value(0), "task")]
    if standing.is_any(*_OFFICERS):
        agencies = working_as(standing, *_OFFICERS)
        kinds.append(_rows(_OPINION, _unanswered(agencies), "received_on", Value(0), "whom"))
        kinds.append(_rows(_CORRECTION, _uncorrected(agencies), "arrived_on", "days", Value("")))
        kinds.append(_rows(_UNSENT, unsent(agencies), "case__decided_on", Value(0), Value("")))
        kinds.append(_rows(_ON_THE_WAY, on_their_way(agencies), "sent_on", Value(0), "what"))
        kinds.append(_rows(_AGAIN, to_send_again(agencies), "ended_on", Value(0), "what"))
        kinds.append(_rows(_LATE, _not_returned(agencies, standing.on), "due_on", Value(0), "task"))
        kinds.append(_rows(_UNPAID, unpaid(agencies), "arrived_on", Value(0), Value("")))
    if standing.is_any(Role.LEADER):
        kinds.append(_rows(_EXTENSION, _proposed(standing), "proposed_on", "days", Value("")))
    rows = kinds[0].union(*kinds[1:], all=True) if kinds[1:] else kinds[0]
    for row in sorted(starmap(_Row, rows), key=lambda row: (row.day, row.number)):
        found = _MEANS[row.kind](row, standing, rules)
        if found is not None:
            yield found


def _rows(kind: str, found: QuerySet[Any], day: str, count: str | Value, text: str | Value) -> Any:
    """Return the rows of one kind as values; of a type a union takes (django-stubs has no word for it)."""
    own = {
        "todo_kind": Value(kind, CharField()),
        "todo_day": F(day),
        "todo_count": Cast(F(count) if isinstance(count, str) else count, IntegerField()),
        "todo_text": Cast(F(text) if isinstance(text, str) else text, CharField(max_length=500)),
    }
    case = ("case__number", "case__url_key", "case__agency_id", "case__received_on")
    return found.order_by().annotate(**own).values_list("uid", *case, *own)


def _given_to(standing: Standing) -> QuerySet[Assignment]:
    mine = Q(person=standing.person) | Q(unit__in=standing.works_for)
    return Assignment.objects.filter(mine, returned_on=None, case__decided_on=None)


def _not_returned(agencies: QuerySet[Agency], today: date) -> QuerySet[Assignment]:
    """Return what others were to give back by a day that is past, and what nobody has asked again today."""
    open_ones = Assignment.objects.filter(returned_on=None, case__decided_on=None, due_on__lt=today)
    return open_ones.filter(case__agency__in=agencies).exclude(chased_on=today)


def _unanswered(agencies: QuerySet[Agency]) -> QuerySet[Consultation]:
    limited = [kind.value for kind in CONSULTATION_LIMITS]
    waiting = Consultation.objects.filter(answered_on=None, silent_on=None, whom__in=limited)
    return waiting.filter(
        received_on__isnull=False, case__state=State.HANDLING, case__agency__in=agencies
    )


def _uncorrected(agencies: QuerySet[Agency]) -> QuerySet[CorrectionNotice]:
    return CorrectionNotice.objects.filter(
        arrived_on__isnull=False, case__state=State.CORRECTING, case__agency__in=agencies
    )


def _proposed(standing: Standing) -> QuerySet[ExtensionProposal]:
    waiting = ExtensionProposal.objects.filter(judged_by=None, case__state=State.HANDLING)
    mine = waiting.filter(case__agency__in=working_as(standing, Role.LEADER))
    return mine.exclude(proposed_by=standing.person)


def _given(row: _Row, standing: Standing, rules: Rules) -> Todo:
    return Todo(
        f"交办：{row.text[:40]}（申请 {row.number}）",
        "交回办理情况",
        ("case-assignment", row.uid),
        row.whose,
        due=row.day,
        basis="内部期限",
    )


def _late(row: _Row, standing: Standing, rules: Rules) -> Todo:
    """Whoever gave it away asks again; that it is asked for is told once a day."""
    return _over(row, f"交办到期没有交回：{row.text[:40]}", "催办", "chase")


def _extension(row: _Row, standing: Standing, rules: Rules) -> Todo:
    return Todo(
        f"申请 {row.number} 提请延长 {row.days} 个工作日",
        "批准或者不批准",
        ("desk-case", row.key),
        row.whose,
        basis="条例第三十三条",
    )


def _opinion(row: _Row, standing: Standing, rules: Rules) -> Todo | None:
    limit = rules.as_of(row.received).limit(CONSULTATION_LIMITS[OpinionOf(row.text)])
    if rules.calendar.nth_working_after(row.day, limit.count) >= standing.on:
        return None
    return _over(row, "征求意见期满，没有答复", "登记逾期未答复", "record-silence")


def _correction(row: _Row, standing: Standing, rules: Rules) -> Todo | None:
    if rules.calendar.nth_working_after(row.day, row.days) >= standing.on:
        return None
    return _over(row, "补正期满，没有收到补正", "按逾期不补正拟稿", "draft")


def _unsent(row: _Row, standing: Standing, rules: Rules) -> Todo:
    within = rules.number(SEND_WITHIN)
    due = rules.calendar.nth_working_after(row.day, within)
    return _service(row, "已经签发，还没有发出", "送达", "send", due)


def _on_the_way(row: _Row, standing: Standing, rules: Rules) -> Todo | None:
    due = rules.calendar.nth_working_after(row.day, rules.number(RESULT_WITHIN))
    if due >= standing.on:
        return None
    what = f"{What(row.text).label}发出多日，没有送达结果"
    return _service(row, what, "查询并登记送达结果", "record-service", due)


def _again(row: _Row, standing: Standing, rules: Rules) -> Todo:
    due = rules.calendar.nth_working_after(row.day, rules.number(SEND_WITHIN))
    return _service(row, f"{What(row.text).label}没有送到", "换一种方式再送", "send", due)


def _service(row: _Row, what: str, act: str, name: str, due: date) -> Todo:
    page, basis = ("case-step", row.key, name), BY_NAME[name].article
    return Todo(f"申请 {row.number}：{what}", act, page, row.whose, due=due, basis=basis)


def _unpaid(row: _Row, standing: Standing, rules: Rules) -> Todo | None:
    last = last_day_to_pay(row.day, rules.as_of(row.received))
    if last is None or last >= standing.on:
        return None
    return _over(row, "缴费期满，没有缴清", "按逾期未缴费拟稿", "draft")


def _over(row: _Row, what: str, act: str, name: str) -> Todo:
    page = ("case-draft", row.key) if name == "draft" else ("case-step", row.key, name)
    return Todo(f"申请 {row.number}：{what}", act, page, row.whose, basis=BY_NAME[name].article)


_MEANS: Mapping[str, Callable[[_Row, Standing, Rules], Todo | None]] = {
    _GIVEN: _given,
    _OPINION: _opinion,
    _CORRECTION: _correction,
    _EXTENSION: _extension,
    _LATE: _late,
    _UNSENT: _unsent,
    _ON_THE_WAY: _on_the_way,
    _AGAIN: _again,
    _UNPAID: _unpaid,
}
