"""What waits inside the cases: drafts and extensions to sign, matters given to somebody, limits that ended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Row, Rows, Todo
from gongkai.foi.charging.queries import last_day_to_pay
from gongkai.foi.charging.todo import unpaid
from gongkai.foi.due import OpenCase
from gongkai.foi.handling.facts import LEGALITY_WANTED, SECRECY_WANTED
from gongkai.foi.handling.models import (
    Assignment,
    Consultation,
    CorrectionNotice,
    ExtensionProposal,
    ReplyDraft,
    Signature,
)
from gongkai.foi.issuing.todo import to_release
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
from gongkai.foi.table import BY_NAME, Step
from gongkai.law.intervals import CONSULTATION_LIMITS
from gongkai.law.intervals import Kind as OpinionOf
from gongkai.law.letters import LETTERS
from gongkai.law.rules import Rules
from gongkai.screening.rules import RELEASING

_OFFICERS = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
SIGNERS = (Role.LEADER, Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER)
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
Days = Mapping[str, OpenCase]
"""The open cases with their clock, by the key of their address."""


class _Today(NamedTuple):
    """Who asks, by which rules, and when each case is due."""

    standing: Standing
    rules: Rules
    days: Days


def todo(standing: Standing, rules: Rules, days: Days) -> Iterator[Rows]:
    """Yield what *standing* signs, what was given to them, and what of their cases has run out.

    *days*: what has no day of its own is due when its case is.
    """
    today = _Today(standing, rules, days)
    if standing.is_any(*SIGNERS):
        yield from _to_sign(today)
    if standing.is_any(*RELEASING):
        agencies = working_as(standing, *RELEASING)
        held = to_release(agencies, standing.person)
        yield _of_cases(held, _held, today, "added_on", uid="screening", text="title")
    if standing.works_for:
        yield from _in_the_cases(today)


def _to_sign(today: _Today) -> Iterator[Rows]:
    wanted = [kind for kind, (_, key) in _STEPS.items() if not key or today.rules.flag(key)]
    for kind in wanted:
        step = BY_NAME[_STEPS[kind][0]]
        if today.standing.is_any(*step.roles):
            before = () if kind is not Signature.Kind.HEAD else {*wanted} - {kind}
            found = _unsigned(today.standing, step, kind, before)
            yield _of_cases(found, _signs(step), today, "drafted_on")


def _unsigned(
    standing: Standing, step: Step, kind: Signature.Kind, before: Collection[Signature.Kind]
) -> QuerySet[ReplyDraft]:
    """Return the drafts of others that lack *kind*, are signed by all of *before* and by oneself not at all."""
    signed = Signature.objects.filter(draft=OuterRef("pk"))
    mine = ReplyDraft.objects.filter(
        ~Exists(signed.filter(Q(kind=kind) | Q(signed_by=standing.person))),
        *(Exists(signed.filter(kind=one)) for one in before),
        state=ReplyDraft.State.OPEN,
        case__agency__in=working_as(standing, *step.roles),
    )
    return mine.exclude(drafted_by=standing.person)


def _signs(step: Step) -> _Tells:
    return lambda row, standing, rules: Todo(
        f"申请 {row.name} 的答复拟稿",
        step.label,
        ("case-step", row.key, step.name),
        row.whose,
        basis=step.article,
    )


def _in_the_cases(today: _Today) -> Iterator[Rows]:
    """Matters given to one, extensions to approve, opinions and corrections whose limit is over, what is not served."""
    standing = today.standing
    yield _of_cases(_given_to(standing), _given, today, "due_on", uid="uid", text="task")
    if standing.is_any(*_OFFICERS):
        yield from _of_the_officers(working_as(standing, *_OFFICERS), today)
    if standing.is_any(Role.LEADER):
        yield _of_cases(_proposed(standing), _extension, today, "proposed_on", days="days")


def _of_the_officers(agencies: QuerySet[Agency], today: _Today) -> Iterator[Rows]:
    yield _of_cases(_sent_back(agencies, today.standing), _again_drafted, today, "drafted_on")
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

    def told(row: Row) -> Todo | None:
        return due_with(tells(row, today.standing, today.rules), today.days.get(row.key))

    return Rows(found, told, columns)


def due_with(todo: Todo | None, case: OpenCase | None) -> Todo | None:
    """Return *todo*, due when *case* is where it has no day of its own: what waits inside a case keeps it waiting."""
    if todo is None or todo.due is not None or case is None or case.days is None:
        return todo
    return replace(todo, due=case.due, provisional=case.days.provisional)


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


def _sent_back(agencies: QuerySet[Agency], standing: Standing) -> QuerySet[ReplyDraft]:
    """Return the drafts of one's own that were sent back and that nobody has written anew."""
    later = ReplyDraft.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    back = ReplyDraft.objects.filter(state=ReplyDraft.State.SENT_BACK, drafted_by=standing.person)
    return back.filter(~Exists(later), case__decided_on=None, case__agency__in=agencies)


def _again_drafted(row: Row, standing: Standing, rules: Rules) -> Todo:
    what = f"申请 {row.name}：拟稿被退回"
    page, basis = ("case-draft", row.key), BY_NAME["draft"].article
    return Todo(what, "看退回的理由，改好再送签", page, row.whose, basis=basis)


def _held(row: Row, standing: Standing, rules: Rules) -> Todo:
    what = f"申请 {row.name}：给申请人的文件“{row.text}”被出门检查挡住"
    act, page = "看检查结果，写明理由放行", ("screening", row.uid)
    return Todo(what, act, page, row.whose, basis="出门检查：谁放行谁负责")


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
