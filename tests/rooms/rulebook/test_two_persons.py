"""Two people change the rules: what is proposed changes nothing, what is approved keeps what it moved."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi import reflow
from gongkai.foi.actions import Arrival, ask_opinion, decide, register_case
from gongkai.foi.clock import case_deadline
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.law.intervals import Kind
from gongkai.law.notice import parse_notice
from gongkai.law.packaged import notice_files
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.rulebook.actions import (
    DecisionRefused,
    NoticeKnown,
    ParameterRefused,
    PlanChanged,
    approve_notice,
    approve_parameter,
    propose_notice,
    reject_notice,
    reject_parameter,
)
from gongkai.rulebook.evidence import evidence
from gongkai.rulebook.kept_moves import KeptMove, kept_moves
from gongkai.rulebook.models import HolidayNotice, MoveList, Parameter, State
from gongkai.rulebook.plans import notice_plan, parameter_plan
from gongkai.rulebook.queries import approved_notices, rules_on
from gongkai.text.canonical import sha256_hex
from tests.rooms.cast import Cast
from tests.rooms.rulebook.entering import notice, propose_value, put_notice, put_value

GIVEN = {"material": "电子邮件提供一份"}
CLOCK = ("gongkai/law/clock.py", "gongkai/law/course.py", "gongkai/foi/clock.py")


def register(cast: Cast, on: date, n: int = 1) -> Case:
    return register_case(
        cast.grain,
        applicant=Identity("演示申请人", f"TEST-{on}-{n}", "无"),
        klass="nat",
        arrival=Arrival(
            Channel.IN_PERSON,
            ReceiptFacts(submitted_on=on),
            datetime(on.year, on.month, on.day, 2, tzinfo=UTC),
        ),
        by=cast.chen,
    )


def due(case: Case) -> date | None:
    return case_deadline(happenings(case), rules_on(case.received_on)).due


def plan_hash(data: bytes) -> str:
    return notice_plan(parse_notice(data), clock.today()).sha256


def test_a_proposed_notice_moves_nothing_until_another_approves(cast: Cast) -> None:
    """条例第三十三条第三款：征求意见跨年的案件，批准前期限不动，批准后按新通知计算，变动清单随批准存档。"""
    case = register(cast, date(2027, 1, 11))
    ask_opinion(
        case,
        whom=Kind.THIRD_PARTY,
        on=date(2027, 1, 14),
        received_on=date(2027, 1, 18),
        by=cast.chen,
    )
    before = due(case)
    proposed = propose_notice(notice(), by=cast.li)
    assert (due(case), approved_notices()) == (before, [])
    # By hand. The opinion runs 15 working days from 18 January: to 10 February by the 办法 alone (5 and
    # 8 February are off), to 16 February with the notice. Five working days were used before; fifteen
    # remain: to 3 March, and with the notice (20 February is worked) to 8 March.
    approve_notice(proposed, seen=plan_hash(notice()), by=cast.zhao)
    assert (before, due(case)) == (date(2027, 3, 3), date(2027, 3, 8))
    proposed.refresh_from_db()
    kept = kept_moves(proposed)
    assert kept is not None
    assert kept.moves == (
        KeptMove("在办申请的答复期限", f"县粮食局 {case.number}", "2027-03-03", "2027-03-08"),
    )


def test_the_composite_case_moves_with_a_corrected_notice(cast: Cast) -> None:
    """条例第三十三条第三款：3 月 4 日收到、3 月 11 日送达第三方、未答复的案件，4 月 23 日期满；另发通知取消 4 月 7 日调休，批准后为 4 月 24 日。"""
    case = register(cast, date(2024, 3, 4))
    ask_opinion(
        case,
        whom=Kind.THIRD_PARTY,
        on=date(2024, 3, 8),
        received_on=date(2024, 3, 11),
        by=cast.chen,
    )
    row = json.loads(next(p for p in notice_files() if p.stem == "2024").read_bytes())
    row["number"] = "示办发〔2024〕1号"
    row["makeup"].remove("2024-04-07")
    corrected = json.dumps(row, ensure_ascii=False).encode()
    proposed = propose_notice(corrected, by=cast.li)
    before = due(case)
    approve_notice(proposed, seen=plan_hash(corrected), by=cast.zhao)
    assert (before, due(case)) == (date(2024, 4, 23), date(2024, 4, 24))


def test_the_log_tells_counts_and_the_hash_of_the_kept_list(cast: Cast) -> None:
    """不变量八、十一：每次批准一个事件，写明件数和清单哈希；哈希就是存档字节的哈希，事件里没有案号。"""
    case = register(cast, date(2027, 1, 25))
    approved = put_notice(cast)
    kept = MoveList.objects.get()
    event = Event.objects.latest("pk")
    assert (event.kind, event.subject) == ("notice.approved", f"notice:{approved.uid}")
    assert (approved.moves, kept.sha256, kept.count) == (kept, sha256_hex(bytes(kept.body)), 1)
    assert kept.sha256 in event.payload_text
    assert '"moves":{"在办申请的答复期限":1}' in event.payload_text
    assert case.number not in event.payload_text
    assert str(case.uid) in bytes(kept.body).decode()


def test_nobody_approves_their_own(cast: Cast) -> None:
    """两人经手：提出人不能批准，数据库也不让。"""
    proposed = propose_notice(notice(), by=cast.zhao)
    with pytest.raises(DecisionRefused) as refused:
        approve_notice(proposed, seen=plan_hash(notice()), by=cast.zhao)
    assert str(refused.value).startswith("这一项是您本人提出的，须由另一人批准")
    itself = HolidayNotice.objects.filter(pk=proposed.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        itself.update(state=State.APPROVED, decided_by=cast.zhao, decided_at=clock.now())
    assert itself.get().state == State.PROPOSED


def test_an_approval_is_refused_when_other_cases_move_by_then(cast: Cast) -> None:
    """看过影响之后又收到一件：批准被拒，什么都不写；重新看过才批准。"""
    proposed = propose_notice(notice(), by=cast.li)
    seen = plan_hash(notice())
    register(cast, date(2027, 1, 25))
    before = Event.objects.count()
    with pytest.raises(PlanChanged):
        approve_notice(proposed, seen=seen, by=cast.zhao)
    proposed.refresh_from_db()
    assert (proposed.state, Event.objects.count(), MoveList.objects.count()) == (
        State.PROPOSED,
        before,
        0,
    )
    approve_notice(proposed, seen=plan_hash(notice()), by=cast.zhao)
    assert proposed.state == State.APPROVED


def test_a_decision_is_taken_once(cast: Cast) -> None:
    """两人同时办理：后到的被告知，不重复写。"""
    proposed = propose_notice(notice(), by=cast.li)
    stale = HolidayNotice.objects.get(pk=proposed.pk)
    approve_notice(proposed, seen=plan_hash(notice()), by=cast.zhao)
    before = Event.objects.count()
    with pytest.raises(DecisionRefused) as approving:
        approve_notice(stale, seen=plan_hash(notice()), by=cast.wang)
    with pytest.raises(DecisionRefused) as rejecting:
        reject_notice(stale, reason="不同意", by=cast.wang)
    said = "这一项已经由别人办理，请刷新后查看结果。"
    assert (str(approving.value), str(rejecting.value)) == (said, said)
    assert Event.objects.count() == before


def test_a_rejected_notice_may_be_proposed_again(cast: Cast) -> None:
    """不批准须写理由；否决后同一通知可以重新提出，等待中的不可以。"""
    proposed = propose_notice(notice(), by=cast.li)
    with pytest.raises(NoticeKnown) as known:
        propose_notice(notice(), by=cast.li)
    assert "正在等待批准" in str(known.value)
    with pytest.raises(DecisionRefused):
        reject_notice(proposed, reason="  ", by=cast.zhao)
    reject_notice(proposed, reason="日期与原文不符", by=cast.zhao)
    again = propose_notice(notice(), by=cast.li)
    states = HolidayNotice.objects.order_by("pk").values_list("pk", "state", "reason")
    assert list(states) == [
        (proposed.pk, "rejected", "日期与原文不符"),
        (again.pk, "proposed", ""),
    ]


def test_what_is_decided_stays_as_it_is(cast: Cast) -> None:
    """批准过的通知和变动清单，直接改库也改不动。"""
    approved = put_notice(cast)
    for rows, change in (
        (HolidayNotice.objects.filter(pk=approved.pk), {"number": "另一号"}),
        (MoveList.objects.all(), {"count": 99}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    approved.refresh_from_db()
    assert approved.number == "示办发〔2026〕9号"


def test_a_value_of_the_county_moves_open_cases_and_waits_for_approval(cast: Cast) -> None:
    """条例第三十三条第三款未写明扣除从何时起算：县里定为发出之日，只动在办案件，批准后才动。"""
    case = register(cast, date(2026, 3, 2))
    ask_opinion(
        case,
        whom=Kind.THIRD_PARTY,
        on=date(2026, 3, 4),
        received_on=date(2026, 3, 9),
        by=cast.chen,
    )
    proposed = propose_value(cast, "pause.from", "sending", date(2026, 3, 1))
    plan = parameter_plan(proposed, clock.today())
    before = due(case)
    assert [(m.move.before, m.move.ref) for m in plan.moves] == [(before, f"case:{case.uid}")]
    approve_parameter(proposed, seen=plan.sha256, by=cast.zhao)
    assert due(case) == plan.moves[0].move.after != before


def test_a_value_may_not_judge_decided_cases_anew(cast: Cast) -> None:
    """法不溯及既往：启用日期早于已办结案件、会改变其期限的，拒绝并指出最早可用的日期。"""
    received = date(2026, 3, 2)
    case = register(cast, received)
    ask_opinion(
        case,
        whom=Kind.THIRD_PARTY,
        on=date(2026, 3, 4),
        received_on=date(2026, 3, 9),
        by=cast.chen,
    )
    decide(case, result="granted", on=date(2026, 3, 20), facts=GIVEN, by=cast.chen)
    before = Event.objects.count()
    with pytest.raises(ParameterRefused) as refused:
        propose_value(cast, "pause.from", "sending", received)
    assert str(refused.value) == (
        f"自 2026-03-02 起启用会改变已办结的 1 件的期限（县粮食局 {case.number}等）。"
        "已作出的决定按当时的规定判断，不能事后改变；"
        "请把启用日期改为 2026-03-03 或者以后，旧案件仍按原来的取值。"
    )
    assert (Parameter.objects.count(), Event.objects.count()) == (0, before)
    assert propose_value(cast, "pause.from", "sending", received + timedelta(days=1)).pk


def test_a_rejected_value_counts_nowhere(cast: Cast) -> None:
    """撤回或者否决的取值不进规则，同一天可以另提。"""
    on = date(2026, 3, 1)
    proposed = propose_value(cast, "correction.period", "9", on)
    reject_parameter(proposed, reason="依据不足", by=cast.li)
    assert rules_on(on).number("correction.period") == 15
    put_value(cast, "correction.period", "8", on)
    assert rules_on(on).number("correction.period") == 8


def test_every_parameter_the_clock_asks_for_is_told_to_the_plan() -> None:
    """条例第三十三条：答复期限用到的每个参数都在清单里，改动它们才看得到影响。"""
    asked = {
        key
        for key, found in evidence().items()
        if any(path in CLOCK for path in found.uses) and key != "publish.limit"
    }
    assert asked <= reflow.TOUCHED_BY


@pytest.mark.parametrize("count", [2, 12])
def test_the_plan_needs_as_many_queries_for_few_cases_as_for_many(cast: Cast, count: int) -> None:
    """案件再多，看影响的查询数不变。"""
    for n in range(count):
        register(cast, date(2027, 1, 25), n)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        plan = notice_plan(parse_notice(notice()), clock.today())
    reading = [q for q in captured if q["sql"].lstrip("(").startswith(("SELECT", "DECLARE"))]
    assert (len(plan.moves), len(reading)) == (count, 3)
