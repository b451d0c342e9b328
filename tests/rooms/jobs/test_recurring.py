"""定时工作：到时由一个进程发起一次；错过的补一次；改了时间跟着改；办完的记录按期清理。"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from gongkai.audit import clock
from gongkai.audit.clock import SHANGHAI
from gongkai.jobs import kinds, recurring
from gongkai.jobs.actions import start
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.models import Job, Recurring, State
from gongkai.jobs.recurring import Repeat, repeat, repeats
from gongkai.jobs.schedule.actions import forget_finished, keep_table, start_due
from gongkai.jobs.work.loop import run_next
from tests.rooms.cast import Cast
from tests.rooms.jobs.planted import Planted

DAY = timedelta(days=1)
NOON = datetime(2024, 11, 5, 4, 0, tzinfo=UTC)  # noon in Shanghai


def declare(planted: Planted, *, at: time = time(2, 30), alone: bool = True) -> None:
    if kinds.kind_of("t.daily") is None:
        planted.kind("t.daily", alone=alone)
    recurring._repeats.clear()
    repeat("t.daily", every=DAY, at=at)


def next_run() -> datetime:
    return Recurring.objects.get(name="t.daily").next_run


@pytest.mark.django_db
def test_what_is_due_is_started_once(planted: Planted) -> None:
    """到了时间发起一次，两个进程同时来看也只有一次。"""
    declare(planted)
    keep_table(NOON, repeats())
    assert next_run() == datetime(2024, 11, 6, 2, 30, tzinfo=SHANGHAI)
    start_due(NOON, repeats())
    assert Job.objects.count() == 0
    tomorrow = NOON + DAY
    start_due(tomorrow, repeats())
    start_due(tomorrow, repeats())
    (job,) = Job.objects.all()
    assert (job.kind, job.asked_by) == ("t.daily", None)
    assert next_run() == datetime(2024, 11, 7, 2, 30, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_turns_missed_are_made_up_for_once(planted: Planted) -> None:
    """停了三天再开：补办一次，不是三次。"""
    declare(planted, alone=False)
    keep_table(NOON, repeats())
    start_due(NOON + 3 * DAY, repeats())
    start_due(NOON + 3 * DAY, repeats())
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_a_turn_falls_out_while_the_last_one_goes_on(planted: Planted) -> None:
    """上一次还没办完：这一次不发起，下一次照旧。"""
    declare(planted)
    keep_table(NOON, repeats())
    start_due(NOON + DAY, repeats())
    start_due(NOON + 2 * DAY, repeats())
    assert Job.objects.count() == 1
    assert next_run() == datetime(2024, 11, 8, 2, 30, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_a_clock_that_was_a_year_ahead_stops_nothing(planted: Planted) -> None:
    """时钟快了一年又改回来：下一次不等到明年，到今天的时间照常发起；只拨回一小时的，不多发一次。"""
    declare(planted, alone=False)
    keep_table(NOON, repeats())
    start_due(NOON + 365 * DAY, repeats())
    start_due(NOON, repeats())
    assert next_run() == datetime(2024, 11, 6, 2, 30, tzinfo=SHANGHAI)
    start_due(next_run(), repeats())
    start_due(datetime(2024, 11, 6, 1, 31, tzinfo=SHANGHAI), repeats())
    assert next_run() == datetime(2024, 11, 7, 2, 30, tzinfo=SHANGHAI)
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_the_table_follows_what_is_declared(planted: Planted) -> None:
    """改了时间，下一次跟着改；不再需要的，表里没有；没有改的，不动。"""
    declare(planted)
    keep_table(NOON, repeats())
    keep_table(NOON + timedelta(days=3), repeats())
    assert next_run() == datetime(2024, 11, 6, 2, 30, tzinfo=SHANGHAI)  # still owed
    declare(planted, at=time(23, 0))
    keep_table(NOON, repeats())
    assert next_run() == datetime(2024, 11, 5, 23, 0, tzinfo=SHANGHAI)
    recurring._repeats.clear()
    keep_table(NOON, repeats())
    assert Recurring.objects.count() == 0


@given(st.integers(0, 10 * 366 * 86_400), st.times())
def test_the_next_turn_is_later_by_a_day_at_most(second: int, at: time) -> None:
    """下一次总在以后，且不超过一天，且正好在所定的时刻。"""
    instant = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    turn = Repeat("t", DAY, at).after(instant)
    assert timedelta(0) < turn - instant <= DAY
    assert turn.astimezone(SHANGHAI).time() == at


def test_every_kind_and_every_turn_is_listed() -> None:
    """后台工作和定时工作的全部种类；次数都有上限。"""
    assert {kind.name: (kind.title, kind.most_tries) for kind in kinds.registered()} == {
        "audit.heads": ("公布每日链头", 5),
        "calendar.watch": ("查看放假通知是否收录", 2),
        "cleaning": ("清理过期的会话和任务记录", 2),
        "foi.fingerprints": ("更新申请内容指纹", 3),
        "inbox.digest": ("发送每日汇总邮件", 3),
        "inbox.mail": ("发送一封通知邮件", 5),
        "keeping.backup": ("备份", 3),
        "ledger.verify": ("核验台账", 2),
        "publication.alert": ("紧急公告到时", 5),
        "publication.day": ("换日：更新随日期变动的网页", 5),
        "publication.frame": ("页框有变化时重写全部网页", 5),
        "publication.pages": ("写网页", 5),
        "publication.planned": ("按计划发布", 1),
        "publication.verify": ("核对全部网页", 2),
        "registers.expire": ("撤下公示期满的行政处罚", 3),
        "search.merge": ("整理检索索引", 3),
        "search.snapshot": ("写出检索副本", 3),
    }
    assert {name: (turn.every, turn.at) for name, turn in repeats().items()} == {
        "audit.heads": (DAY, time(0, 10)),
        "calendar.watch": (DAY, time(8, 0)),
        "cleaning": (DAY, time(3, 30)),
        "foi.fingerprints": (DAY, time(3, 20)),
        "inbox.digest": (DAY, time(8, 30)),
        "publication.day": (DAY, time(0, 15)),
        "publication.frame": (timedelta(hours=1), time(0, 40)),
        "publication.pages": (timedelta(minutes=10), time(0, 0)),
        "publication.planned": (timedelta(minutes=5), time(0, 0)),
        "publication.verify": (DAY, time(2, 30)),
        "registers.expire": (DAY, time(0, 20)),
        "search.snapshot": (DAY, time(4, 0)),
    } | (
        {"search.merge": (timedelta(minutes=10), time(0, 5))}
        if connection.vendor == "postgresql"
        else {}
    )


def test_a_kind_is_registered_once_and_tried_at_least_once(planted: Planted) -> None:
    """重名的、一次也不办的，启动时就拒绝。"""
    planted.kind("t.sum")
    with pytest.raises(ValueError, match=r"t\.sum"):
        planted.kind("t.sum")
    with pytest.raises(ValueError, match=r"t\.never"):
        planted.kind("t.never", most_tries=0)


def test_what_has_served_its_time_goes_and_what_persons_asked_for_stays(
    cast: Cast, planted: Planted
) -> None:
    """清理：例行工作和队列记录到期清除；人发起的、没有办成的留着。"""

    planted.kind("t.sum")
    routine, asked = start("t.sum", by=CLOCKWORK), start("t.sum", by=cast.chen)
    failed = start("t.sum", by=CLOCKWORK)
    while run_next():
        pass
    Job.objects.filter(pk=failed.pk).update(state=State.FAILED, reason="没办成。")
    assert forget_finished() == 0
    long_ago = clock.now() - timedelta(days=40)
    Job.objects.update(finished_at=long_ago)
    DBTaskResult.objects.update(finished_at=long_ago)
    assert forget_finished() == 4
    assert set(Job.objects.values_list("pk", flat=True)) == {asked.pk, failed.pk}
    assert not Job.objects.filter(pk=routine.pk).exists()


@pytest.mark.django_db
def test_sessions_that_are_over_are_removed() -> None:
    """过期的会话清除，没有过期的留着。"""

    over, alive = SessionStore(), SessionStore()
    for session in (over, alive):
        session["x"] = 1
        session.save()
    Session.objects.filter(pk=over.session_key).update(expire_date=clock.now() - DAY)
    start("cleaning", by=CLOCKWORK)
    run_next()
    assert list(Session.objects.values_list("pk", flat=True)) == [alive.session_key]
