"""What waits inside the cases: drafts and extensions to sign, matters given to somebody, limits that ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Row, Rows, Todo
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
    unsent_to_others,
)
from gongkai.foi.table import BY_NAME
from gongkai.law.intervals import CONSULTATION_LIMITS
from gongkai.law.intervals import Kind as OpinionOf
from gongkai.law.letters import LETTERS
from gongkai.law.rules import Rules

_OFFICERS = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
_STEPS = {
    Signature.Kind.SECRECY: ("sign-secrecy", SECRECY_WANTED),
    Signature.Kind.LEGALITY: ("sign-legality", LEGALITY_WANTED),
    Signature.Kind.HEAD: ("sign", ""),
}


_CASE = {
    "name": "case__number",
    "key": "case__url_key",
    "whose": "case__agency_id",
    "since": "case__received_on",
}


_Tells = Callable[[Row, Standing, Rules], Todo | None]


class _Today(NamedTuple):
    """Who asks, and by which rules."""

    standing: Standing
    rules: Rules


def todo(standing: Standing, rules: Rules) -> Iterator[Todo | Rows]:
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


def _in_the_cases(standing: Standing, rules: Rules) -> Iterator[Rows]:
    """Matters given to one, extensions to approve, opinions and corrections whose limit is over, what is not served."""
    today = _Today(standing, rules)
    yield _of_cases(_given_to(standing), _given, today, "due_on", uid="uid", text="task")
    if standing.is_any(*_OFFICERS):
        yield from _of_the_officers(working_as(standing, *_OFFICERS), today)
    if standing.is_any(Role.LEADER):
        yield _of_cases(_proposed(standing), _extension, today, "proposed_on", days="days")


def _of_the_officers(agencies: QuerySet[Agency], today: _Today) -> Iterator[Rows]:
    yield _of_cases(_unanswered(agencies), _opinion, today, "received_on", text="whom")
    yield _of_cases(_uncorrected(agencies), _correction, today, "arrived_on", days="days")
    yield _of_cases(unsent(agencies), _unsent, today, "case__decided_on")
    yield _of_cases(unsent_to_others(agencies), _unsent_to_other, today, "signed_on", text="code")
    yield _of_cases(on_their_way(agencies), _on_the_way, today, "sent_on", text="what")
    yield _of_cases(to_send_again(agencies), _again, today, "ended_on", text="what")
    yield _of_cases(_not_returned(agencies, today.standing.on), _late, today, "due_on", text="task")
    yield _of_cases(unpaid(agencies), _unpaid, today, "arrived_on")


def _of_cases(found: QuerySet[Any], tells: _Tells, today: _Today, day: str, **more: str) -> Rows:
    """Return rows about cases: *day* is their last day, or the day their limit runs from."""
    columns = {**_CASE, "day": day, **more}
    return Rows(found, lambda row: tells(row, today.standing, today.rules), columns)


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


def _given(row: Row, standing: Standing, rules: Rules) -> Todo:
    return Todo(
        f"交办：{row.text[:40]}（申请 {row.name}）",
        "交回办理情况",
        ("case-assignment", row.uid),
        row.whose,
        due=row.day,
        basis="内部期限",
    )


def _late(row: Row, standing: Standing, rules: Rules) -> Todo:
    """Whoever gave it away asks again; that it is asked for is told once a day."""
    return _over(row, f"交办到期没有交回：{row.text[:40]}", "催办", "chase")


def _extension(row: Row, standing: Standing, rules: Rules) -> Todo:
    return Todo(
        f"申请 {row.name} 提请延长 {row.days} 个工作日",
        "批准或者不批准",
        ("desk-case", row.key),
        row.whose,
        basis="条例第三十三条",
    )


def _opinion(row: Row, standing: Standing, rules: Rules) -> Todo | None:
    limit = rules.as_of(row.since).limit(CONSULTATION_LIMITS[OpinionOf(row.text)])
    if rules.calendar.nth_working_after(row.day, limit.count) >= standing.on:
        return None
    return _over(row, "征求意见期满，没有答复", "登记逾期未答复", "record-silence")


def _correction(row: Row, standing: Standing, rules: Rules) -> Todo | None:
    if rules.calendar.nth_working_after(row.day, row.days) >= standing.on:
        return None
    return _over(row, "补正期满，没有收到补正", "按逾期不补正拟稿", "draft")


def _unsent(row: Row, standing: Standing, rules: Rules) -> Todo:
    within = rules.number(SEND_WITHIN)
    due = rules.calendar.nth_working_after(row.day, within)
    return _service(row, "已经签发，还没有发出", "送达", "send", due)


def _unsent_to_other(row: Row, standing: Standing, rules: Rules) -> Todo:
    due = rules.calendar.nth_working_after(row.day, rules.number(SEND_WITHIN))
    return _service(row, f"{LETTERS[row.text].title}已经印发，还没有发出", "送达", "send", due)


def _on_the_way(row: Row, standing: Standing, rules: Rules) -> Todo | None:
    due = rules.calendar.nth_working_after(row.day, rules.number(RESULT_WITHIN))
    if due >= standing.on:
        return None
    what = f"{What(row.text).label}发出多日，没有送达结果"
    return _service(row, what, "查询并登记送达结果", "record-service", due)


def _again(row: Row, standing: Standing, rules: Rules) -> Todo:
    due = rules.calendar.nth_working_after(row.day, rules.number(SEND_WITHIN))
    return _service(row, f"{What(row.text).label}没有送到", "换一种方式再送", "send", due)


def _service(row: Row, what: str, act: str, name: str, due: date) -> Todo:
    page, basis = ("case-step", row.key, name), BY_NAME[name].article
    return Todo(f"申请 {row.name}：{what}", act, page, row.whose, due=due, basis=basis)


def _unpaid(row: Row, standing: Standing, rules: Rules) -> Todo | None:
    last = last_day_to_pay(row.day, rules.as_of(row.since))
    if last is None or last >= standing.on:
        return None
    return _over(row, "缴费期满，没有缴清", "按逾期未缴费拟稿", "draft")


def _over(row: Row, what: str, act: str, name: str) -> Todo:
    page = ("case-draft", row.key) if name == "draft" else ("case-step", row.key, name)
    return Todo(f"申请 {row.name}：{what}", act, page, row.whose, basis=BY_NAME[name].article)
