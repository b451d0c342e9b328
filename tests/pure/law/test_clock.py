"""期限计算的标准案例（《政府信息公开条例》第二十六条、第三十条至第三十四条）。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.calendar import Calendar
from gongkai.law.clock import (
    Interval,
    Kind,
    ProofDay,
    consultation,
    correction,
    deadline,
    due_date,
    extension,
    fee_hold,
)
from gongkai.law.errors import ClockError
from gongkai.law.parameters import Certainty, Parameter
from gongkai.law.rules import Limit, Rules, Unit

RULES = Rules.national(date(2026, 1, 1))
REPLY = RULES.limit("reply.limit")

VECTORS = """
2024-01-02 2024-01-11 2024-01-23 2024-01-30 2024-03-01
2024-02-05 2024-02-20 2024-03-01 2024-03-08 2024-04-08
2024-02-08 2024-02-23 2024-03-06 2024-03-13 2024-04-11
2024-02-10 2024-02-26 -          2024-03-14 -
2024-02-18 2024-02-27 -          2024-03-15 -
2024-04-03 2024-04-15 2024-04-25 2024-05-06 2024-05-31
2024-04-26 2024-05-09 2024-05-20 2024-05-27 2024-06-25
2024-09-13 2024-09-25 2024-10-11 2024-10-17 2024-11-14
2024-09-27 2024-10-12 2024-10-23 2024-10-30 2024-11-27
2024-09-30 2024-10-15 2024-10-25 2024-11-01 2024-11-29
2024-10-05 2024-10-15 -          2024-11-01 -
2024-12-31 2025-01-10 2025-01-22 2025-02-05 2025-03-04
2025-01-13 2025-01-22 2025-02-08 2025-02-14 2025-03-14
2025-01-27 2025-02-12 2025-02-24 2025-03-03 2025-03-31
2025-04-25 2025-05-08 2025-05-20 2025-05-27 2025-06-25
2025-09-26 2025-10-13 2025-10-23 2025-10-30 2025-11-27
2025-12-31 2026-01-12 2026-01-22 2026-01-29 2026-03-04
2026-02-13 2026-03-02 2026-03-12 2026-03-19 2026-04-17
2026-02-14 2026-03-03 2026-03-13 2026-03-20 2026-04-20
2026-04-30 2026-05-13 2026-05-25 2026-06-01 2026-06-30
2026-09-18 2026-09-29 2026-10-15 2026-10-22 2026-11-19
"""
CASES = [
    (date.fromisoformat(row[0]), count, date.fromisoformat(day))
    for row in map(str.split, VECTORS.strip().splitlines())
    for count, day in zip((7, 15, 20, 40), row[1:], strict=True)
    if day != "-"
]


@pytest.mark.parametrize(("received", "count", "due"), CASES)
def test_working_day_vectors(received: date, count: int, due: date) -> None:
    """工作日期限逐案核对：截止日、证明末日、计数合计三者一致，且不是暂定。"""
    limit = Limit(count, Unit.WORKING_DAY)
    found = deadline(received, (), limit, RULES)
    assert (found.due, found.earliest, found.latest, found.provisional) == (due, due, due, False)
    assert (found.proof[0].on, found.proof[-1].on, found.proof[-1].n) == (received, due, count)
    assert due_date(received, (), limit, RULES) == due


def test_vectors_are_complete() -> None:
    assert len(CASES) == 21 * 4 - 6


def third_party(received: date, answered: date | None = None) -> Interval:
    return consultation(Kind.THIRD_PARTY, received, answered)


@pytest.mark.parametrize(
    ("received", "intervals", "due"),
    [
        (date(2024, 3, 4), [], date(2024, 4, 1)),
        (date(2024, 3, 4), [third_party(date(2024, 3, 11))], date(2024, 4, 23)),
        (
            date(2024, 3, 4),
            [third_party(date(2024, 3, 11), date(2024, 3, 20))],
            date(2024, 4, 11),
        ),
        (date(2024, 5, 6), [correction(date(2024, 5, 14), date(2024, 5, 20))], date(2024, 6, 18)),
        (date(2024, 5, 28), [fee_hold(date(2024, 6, 3), date(2024, 6, 20))], date(2024, 7, 18)),
        (date(2024, 2, 8), [extension(20)], date(2024, 4, 11)),
    ],
)
def test_composite_vectors(received: date, intervals: list[Interval], due: date) -> None:
    """征求意见扣除（第三十三条）、补正重新起算（第三十条）、缴费重新起算、延长。"""
    found = deadline(received, intervals, REPLY, RULES)
    assert (found.due, found.proof[-1].on, found.notes) == (due, due, ())
    assert found.proof[-1].n == found.limit.count


def test_third_party_limit_ends_on_its_own_day() -> None:
    """第三方 3 月 11 日收到征求意见书，15 个工作日到 4 月 1 日止（第三十二条）。"""
    limit = RULES.limit("thirdparty.limit")
    assert due_date(date(2024, 3, 11), (), limit, RULES) == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("key", "start", "due"),
    [
        ("correction.notice", date(2024, 5, 6), date(2024, 5, 14)),
        ("publish.limit", date(2024, 12, 20), date(2025, 1, 20)),
        ("credit.publish", date(2024, 9, 27), date(2024, 10, 12)),
        ("fee.pay_limit", date(2024, 6, 3), date(2024, 7, 2)),
        ("review.apply", date(2024, 8, 3), date(2024, 10, 8)),
        ("suit.after_review", date(2024, 9, 18), date(2024, 10, 8)),
        ("suit.direct", date(2024, 8, 31), date(2025, 2, 28)),
        ("suit.direct", date(2023, 8, 31), date(2024, 2, 29)),
        ("suit.direct", date(2024, 9, 1), date(2025, 3, 3)),
        ("review.apply_uninformed_max", date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_other_limits(key: str, start: date, due: date) -> None:
    """第二十六条公开期限、自然日遇休假日顺延（民法典第二百零三条）、按月计算取对应日或月末（第二百零二条）。"""
    found = deadline(start, (), RULES.limit(key), RULES)
    assert (found.due, found.proof[-1].on) == (due, due)


def test_natural_days_count_rest_days_and_show_the_roll_over() -> None:
    """15 日期满在国庆假期，顺延到假期后第一日；顺延的日子不计数。"""
    found = deadline(date(2024, 9, 18), (), RULES.limit("suit.after_review"), RULES)
    assert [day.n for day in found.proof if day.counted] == list(range(1, 16))
    rolled = [day.on for day in found.proof if day.why == "期满后遇休假日顺延"]
    assert rolled == [date(2024, 10, day) for day in range(4, 9)]


def test_proof_lines_say_why_and_whence() -> None:
    """证明逐日写明计不计、第几日、理由和依据。"""
    found = deadline(date(2024, 2, 8), (), REPLY, RULES)
    notice = "《国务院办公厅关于2024年部分节假日安排的通知》"
    rest = "《国务院关于职工工作时间的规定》第七条"
    assert found.proof[:3] == (
        ProofDay(date(2024, 2, 8), False, None, "起算日，当日不计", "《民法典》第二百零一条"),
        ProofDay(date(2024, 2, 9), True, 1, "工作日", rest),
        ProofDay(date(2024, 2, 10), False, None, "春节放假", notice),
    )
    assert found.proof[10] == ProofDay(date(2024, 2, 18), True, 2, "调休上班", notice)


def test_correction_restarts_and_the_proof_keeps_the_earlier_days() -> None:
    """第三十条：此前的日子列在证明里，但不计数。"""
    found = deadline(
        date(2024, 5, 6), [correction(date(2024, 5, 14), date(2024, 5, 20))], REPLY, RULES
    )
    before = [day for day in found.proof if day.on < date(2024, 5, 20)]
    assert (found.zero, len(before)) == (date(2024, 5, 20), 14)
    assert {(day.counted, day.basis) for day in before} == {(False, "《政府信息公开条例》第三十条")}


def test_second_correction_does_not_restart() -> None:
    """补正一次性告知：再次补正不重新起算，并提示。"""
    twice = [
        correction(date(2024, 5, 8), date(2024, 5, 13)),
        correction(date(2024, 5, 15), date(2024, 5, 20)),
    ]
    found = deadline(date(2024, 5, 6), twice, REPLY, RULES)
    assert found.zero == date(2024, 5, 13)
    assert found.notes == (
        "补正应当一次性告知（《政府信息公开条例》第三十条），再次要求补正不重新起算期限",
    )


def test_late_correction_notice_is_noted() -> None:
    found = deadline(
        date(2024, 5, 6), [correction(date(2024, 5, 15), date(2024, 5, 20))], REPLY, RULES
    )
    assert found.notes == (
        "补正告知（2024-05-15）超过收到申请之日起7个工作日（应在 2024-05-14 前，《政府信息公开条例》第三十条）",
    )


def test_extension_above_the_maximum_is_refused() -> None:
    """第三十三条：延长最多 20 个工作日。"""
    with pytest.raises(ClockError, match="第三十三条规定延长答复的期限最长不超过20个工作日"):
        deadline(date(2024, 5, 6), [extension(21)], REPLY, RULES)
    with pytest.raises(ClockError, match="登记了2次延期"):
        deadline(date(2024, 5, 6), [extension(5), extension(5)], REPLY, RULES)
    with pytest.raises(ClockError, match="正整数"):
        deadline(date(2024, 5, 6), [extension(0)], REPLY, RULES)
    with pytest.raises(ClockError, match="只有以工作日计算"):
        deadline(date(2024, 5, 6), [extension(5)], RULES.limit("review.apply"), RULES)


def test_extension_told_too_late_has_no_effect() -> None:
    """延期告知晚于原期限的，不延长，并提示。"""
    in_time = deadline(date(2024, 3, 4), [extension(10, date(2024, 4, 1))], REPLY, RULES)
    late = deadline(date(2024, 3, 4), [extension(10, date(2024, 4, 2))], REPLY, RULES)
    assert (in_time.due, in_time.notes) == (date(2024, 4, 16), ())
    assert late.due == date(2024, 4, 1)
    assert late.notes == ("延期告知（2024-04-02）晚于原期限 2024-04-01，不发生延长的效力",)


def test_extension_before_a_restart_is_used_up() -> None:
    """缴费后重新计算的是一个完整的新期限，此前的延长不带入。"""
    intervals = [
        extension(10, date(2024, 5, 20)),
        fee_hold(date(2024, 6, 3), date(2024, 6, 20)),
    ]
    found = deadline(date(2024, 5, 6), intervals, REPLY, RULES)
    assert (found.due, found.limit.count) == (date(2024, 7, 18), 20)


@pytest.mark.parametrize(
    ("interval", "waiting", "counted"),
    [
        (correction(date(2024, 5, 10)), "已告知补正，等待申请人补正，期限尚未起算", 4),
        (fee_hold(date(2024, 5, 10)), "已发收费通知，等待申请人缴费，缴费后期限重新计算", 4),
        (
            consultation(Kind.OTHER_ORGAN, date(2024, 5, 10)),
            "正在征求其他机关意见，法律没有规定答复期限，收到意见后才能确定截止日",
            4,
        ),
    ],
)
def test_open_events_make_the_clock_stand(interval: Interval, waiting: str, counted: int) -> None:
    """没有结束、也没有法定期限来结束的事项：截止日不存在，证明只到停止之日。"""
    found = deadline(date(2024, 5, 6), [interval], REPLY, RULES)
    assert (found.due, found.earliest, found.latest, found.waiting) == (None, None, None, waiting)
    assert (found.proof[-1].on, found.proof[-1].n) == (date(2024, 5, 10), counted)
    assert due_date(date(2024, 5, 6), [interval], REPLY, RULES) is None


def test_answer_after_the_limit_does_not_lengthen_the_pause() -> None:
    """第三方逾期才答复：扣除到 15 个工作日届满为止；其他机关的意见没有期限，扣到收到之日。"""
    late = date(2024, 4, 10)
    silent = deadline(date(2024, 3, 4), [third_party(date(2024, 3, 11))], REPLY, RULES)
    answered = deadline(date(2024, 3, 4), [third_party(date(2024, 3, 11), late)], REPLY, RULES)
    organ = consultation(Kind.OTHER_ORGAN, date(2024, 3, 11), late)
    assert answered.due == silent.due == date(2024, 4, 23)
    assert deadline(date(2024, 3, 4), [organ], REPLY, RULES).due == date(2024, 4, 30)


def test_pause_from_sending_by_parameter() -> None:
    """参数 pause.from 改为 sending 时，自发出次日起扣除。"""
    sending = Parameter(
        "pause.from",
        "扣除起点",
        "sending",
        Unit.TEXT,
        "某市规定（虚构）",
        date(2020, 1, 1),
        Certainty.PRACTICE,
    )
    asked = consultation(
        Kind.THIRD_PARTY, date(2024, 3, 11), date(2024, 3, 20), sent=date(2024, 3, 7)
    )
    by_sending = RULES.with_parameters([sending])
    assert due_date(date(2024, 3, 4), [asked], REPLY, RULES) == date(2024, 4, 11)
    assert due_date(date(2024, 3, 4), [asked], REPLY, by_sending) == date(2024, 4, 15)


def test_letter_without_proof_of_receipt_pauses_nothing() -> None:
    """征求意见书没有送达凭证：按收到起算时不能扣除。"""
    asked = consultation(Kind.THIRD_PARTY, None, sent=date(2024, 3, 7))
    assert due_date(date(2024, 3, 4), [asked], REPLY, RULES) == date(2024, 4, 1)


def test_contradicting_dates_are_refused() -> None:
    with pytest.raises(ClockError, match="日期前后矛盾"):
        deadline(
            date(2024, 3, 4), [third_party(date(2024, 3, 20), date(2024, 3, 11))], REPLY, RULES
        )
    with pytest.raises(ClockError, match="早于收到申请的日期"):
        deadline(date(2024, 3, 4), [third_party(date(2024, 3, 1))], REPLY, RULES)


def test_year_end_before_next_notice_is_provisional() -> None:
    """2027 年通知公布前，跨年期限是暂定的，并给出最早和最晚可能的日子。"""
    rules = Rules(RULES.on, Calendar.national(), RULES.parameters)
    found = deadline(date(2026, 12, 25), (), REPLY, rules)
    assert (found.earliest, found.due, found.latest, found.provisional) == (
        date(2027, 1, 22),
        date(2027, 1, 25),
        date(2027, 1, 26),
        True,
    )


def test_bounds_around_spring_festival_by_hand() -> None:
    """2027-01-20 收到，春节 2 月 6 日：手算最早、暂定、最晚三个日子。

    暂定：周末之外只去掉 2 月 5 日和 8 日两个法定放假的工作日。
    最早：另有 1 月 30、31 日两个周末可能调休上班（每个春节最多两天）。
    最晚：2 月 4 日、9 至 12 日五个工作日可能放假。
    """
    found = deadline(date(2027, 1, 20), (), REPLY, RULES)
    assert (found.earliest, found.due, found.latest, found.provisional) == (
        date(2027, 2, 17),
        date(2027, 2, 19),
        date(2027, 2, 26),
        True,
    )
