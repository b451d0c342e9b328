"""后台工作：发起、进度、结果、原因、重试、停止；一件不成不拖累下一件。"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.inbox.models import Notification
from gongkai.jobs import actions
from gongkai.jobs.errors import JobFailed, JobRefused, TakenAway
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.kinds import Outcome
from gongkai.jobs.models import Job, State
from gongkai.jobs.work import actions as working
from gongkai.jobs.work.leaving import leaving
from gongkai.jobs.work.loop import run_next
from gongkai.jobs.work.progress import Progress
from gongkai.jobs.work.run import run_job
from gongkai.jobs.work.turns import put_lost_jobs_back
from tests.rooms.cast import Cast
from tests.rooms.jobs.planted import Planted

SECRET = "申请人甲某 110101190001010001"


class Undone(Exception):
    """A caller changes its mind."""


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def events(job: Job) -> list[str]:
    found = Event.objects.filter(subject=f"job:{job.uid}").order_by("seq")
    return list(found.values_list("kind", flat=True))


def age(job: Job, days: int = 1) -> None:
    """Let the worker of *job* be unheard of since yesterday, or heard of last by a clock that was wrong."""
    Job.objects.filter(pk=job.pk).update(beat_at=clock.now() - timedelta(days=days))


def test_a_job_is_done_with_its_result(cast: Cast, planted: Planted) -> None:
    """发起人交代参数，任务进程办一次，结果留在工作上，审计链记下发起与结束。"""
    planted.kind("t.sum", lambda progress: Outcome("一共 3 件。", "/desk/"))
    job = actions.start("t.sum", arguments={"year": 2024}, agency=cast.grain, by=cast.chen)
    assert (job.state, job.title, job.asked_by) == (State.QUEUED, "试办的工作", cast.chen)
    assert run_next()
    done = fresh(job)
    assert (done.state, done.result, done.result_address) == (State.DONE, "一共 3 件。", "/desk/")
    assert (done.reason, done.worker, done.tries) == ("", "", 1)
    assert planted.seen == [{"year": 2024}]
    assert events(job) == ["job.asked", "job.ended"]
    assert not run_next()


def test_a_job_of_a_transaction_that_is_undone_never_was(cast: Cast, planted: Planted) -> None:
    """发起与改动在同一事务里：事务撤销，队列里也没有。"""
    planted.kind("t.sum")

    @transaction.atomic
    def regretted() -> None:
        actions.start("t.sum", by=cast.chen)
        raise Undone

    with pytest.raises(Undone):
        regretted()
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_failure_is_a_sentence_and_its_asker_is_told(cast: Cast, planted: Planted) -> None:
    """没有办成：一句中文原因，发起人收到消息，消息里没有原因的细节。"""

    def fails(progress: Progress) -> Outcome:
        raise JobFailed("第三栏没有数字，请补上后重试。")

    planted.kind("t.fails", fails, most_tries=3)
    job = actions.start("t.fails", agency=cast.grain, by=cast.chen)
    run_next()
    assert (fresh(job).state, fresh(job).reason) == (State.FAILED, "第三栏没有数字，请补上后重试。")
    (told,) = Notification.objects.all()
    assert (told.person, told.title, told.address, told.agency) == (
        cast.chen,
        "后台工作没有办成",
        f"/desk/jobs/{job.uid}/",
        cast.grain,
    )


def test_an_unexpected_error_shows_no_row_and_leaves_no_traceback(
    cast: Cast, planted: Planted, caplog: pytest.LogCaptureFixture
) -> None:
    """系统出错：页面上没有异常原文（可能带个人信息），详细情况只在运行日志，证件号已遮住。"""

    def breaks(progress: Progress) -> Outcome:
        raise LookupError(SECRET)

    planted.kind("t.breaks", breaks)
    job = actions.start("t.breaks", by=cast.chen)
    run_next()
    found = fresh(job)
    assert found.state == State.FAILED
    assert found.reason == (
        "系统内部出错（LookupError），没有办成。请稍后重试；仍不成时，请把编号 "
        f"{str(job.uid)[-12:]} 告诉系统管理员，运行日志里有详细情况。"
    )
    assert "LookupError" in caplog.text
    assert SECRET.split()[1] not in caplog.text
    (row,) = DBTaskResult.objects.all()
    assert (row.status, row.traceback) == ("SUCCESSFUL", "")


def test_a_job_that_fails_for_a_while_is_tried_later_and_later(
    cast: Cast, planted: Planted, settings: Settings
) -> None:
    """一时办不成的自动再试，间隔越来越长，次数用完才算没有办成。"""

    def fails(progress: Progress) -> Outcome:
        raise JobFailed("对方没有应答。", again=True)

    planted.kind("t.again", fails, most_tries=2)
    job = actions.start("t.again", by=cast.chen)
    run_next()
    waiting = fresh(job)
    assert (waiting.state, waiting.reason, waiting.tries) == (State.QUEUED, "对方没有应答。", 1)
    assert waiting.next_try_at is not None
    assert timedelta(seconds=20) < waiting.next_try_at - clock.now() <= timedelta(seconds=30)
    assert not run_next()  # not yet
    run_job.call(str(job.uid))
    assert (fresh(job).state, fresh(job).tries) == (State.FAILED, 2)
    assert [working.pause_before(n) for n in (1, 2, 9)] == [
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(hours=2),
    ]


def test_a_failed_job_is_tried_again_by_a_person(cast: Cast, planted: Planted) -> None:
    """人工重试：从头再来，次数重新算。"""
    answers = iter([JobFailed("磁盘满了。"), None])

    def once_bad(progress: Progress) -> Outcome:
        problem = next(answers)
        if problem:
            raise problem
        return Outcome("好了。")

    planted.kind("t.once", once_bad)
    job = actions.start("t.once", by=cast.chen)
    run_next()
    actions.retry(fresh(job), by=cast.chen)
    with pytest.raises(JobRefused, match="不能重试"):
        actions.retry(fresh(job), by=cast.chen)
    run_next()
    assert (fresh(job).state, fresh(job).result, fresh(job).reason) == (State.DONE, "好了。", "")
    assert events(job) == ["job.asked", "job.ended", "job.retried", "job.ended"]


def test_of_a_kind_that_goes_alone_there_is_one(cast: Cast, planted: Planted) -> None:
    """同时只办一件的：第二件说明正在进行；第一件结束后可以再来。"""
    planted.kind("t.alone", alone=True)
    first = actions.start("t.alone", by=cast.chen)
    with pytest.raises(JobRefused) as refused:
        actions.start("t.alone", by=cast.sun)
    assert str(refused.value) == (
        "“试办的工作”正在进行，同时只能办一件。请等它结束，或者先停止它。"
    )
    actions.stop(first, by=cast.chen)
    actions.start("t.alone", by=cast.sun)
    with pytest.raises(JobRefused, match="同时只能办一件"):
        actions.retry(first, by=cast.chen)


def test_an_unknown_kind_is_refused(cast: Cast, planted: Planted) -> None:
    """换了版本：没有的工作不能发起；已在队列里的写明原因。"""
    with pytest.raises(JobRefused, match=r"没有“t\.none”这种后台工作"):
        actions.start("t.none", by=cast.chen)
    planted.kind("t.old")
    job = actions.start("t.old", by=cast.chen)
    Job.objects.filter(pk=job.pk).update(kind="t.gone")
    run_next()
    assert fresh(job).reason == "本版本没有这种后台工作，不能办理。请联系系统管理员核对版本。"


def test_a_poisoned_job_does_not_keep_the_next_one_waiting(cast: Cast, planted: Planted) -> None:
    """前一件出错，后一件照办。"""

    def poison(progress: Progress) -> Outcome:
        raise MemoryError

    planted.kind("t.poison", poison, most_tries=3)
    planted.kind("t.good")
    actions.start("t.poison", by=cast.chen)
    good = actions.start("t.good", by=cast.chen)
    while run_next():
        pass
    assert fresh(good).state == State.DONE


def test_a_job_waiting_is_stopped_at_once(cast: Cast, planted: Planted) -> None:
    """还没开始的，停止即停止，不再办。"""
    planted.kind("t.sum")
    job = actions.start("t.sum", by=cast.chen)
    actions.stop(job, by=cast.chen)
    run_next()
    assert (fresh(job).state, planted.seen) == (State.STOPPED, [])
    with pytest.raises(JobRefused, match="已经结束"):
        actions.stop(fresh(job), by=cast.chen)


def test_a_running_job_stops_at_its_next_step(cast: Cast, planted: Planted) -> None:
    """正在办的，做完手上这一步就停；进度停在那里。"""

    def slow(progress: Progress) -> Outcome:
        progress.step(1, 3, "第二册")
        actions.stop(progress.job, by=cast.chen)
        progress.step(3, 3)
        raise AssertionError("went on")

    planted.kind("t.slow", slow)
    job = actions.start("t.slow", by=cast.chen)
    run_next()
    found = fresh(job)
    assert (found.state, found.reason, found.done_n) == (State.STOPPED, "按要求停止。", 3)
    assert events(job) == ["job.asked", "job.stopped", "job.ended"]


def test_progress_is_seen_and_not_written_at_every_step(
    cast: Cast, planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """进度写进库里给人看；一千步不写一千次。"""
    written: list[int] = []
    ordinary = working.report_progress

    def counted(job: Job, *, done: int, total: int, what: str) -> bool:
        written.append(done)
        return ordinary(job, done=done, total=total, what=what)

    monkeypatch.setattr(working, "report_progress", counted)

    def steps(progress: Progress) -> Outcome:
        for n in range(1_001):
            progress.step(n, 1_000, f"第 {n} 件")
        return Outcome("")

    planted.kind("t.steps", steps)
    job = actions.start("t.steps", by=cast.chen)
    run_next()
    assert (written[0], written[-1]) == (0, 1_000)
    assert len(written) < 100
    assert (fresh(job).done_n, fresh(job).total_n) == (1_000, 1_000)


def test_a_job_is_taken_by_one_worker(cast: Cast, planted: Planted) -> None:
    """两个进程同时要：一个得到，另一个空手。"""
    planted.kind("t.sum")
    job = actions.start("t.sum", by=cast.chen)
    assert working.claim(job.uid, worker="甲") is not None
    assert working.claim(job.uid, worker="乙") is None


@pytest.mark.parametrize("days", [1, -365])
def test_a_lost_job_is_put_back_and_its_old_worker_may_not_write(
    cast: Cast, planted: Planted, days: int
) -> None:
    """进程失联（或者最后一次露面是时钟快了一年的时候）：工作放回队列由别人办；原来那个醒来后，进度、结果都写不进去。"""
    planted.kind("t.sum", most_tries=2)
    job = actions.start("t.sum", by=cast.chen)
    lost = working.claim(job.uid, worker="甲")
    assert lost is not None
    put_lost_jobs_back()
    assert fresh(job).state == State.RUNNING  # heard of a moment ago
    age(job, days)
    put_lost_jobs_back()
    assert (fresh(job).state, fresh(job).reason) == (
        State.QUEUED,
        "办理它的进程意外结束（第 1 次）。",
    )
    again = working.claim(job.uid, worker="乙")
    assert again is not None
    with pytest.raises(TakenAway):
        working.report_progress(lost, done=1, total=2, what="")
    with pytest.raises(TakenAway):
        working.finish(lost, text="甲的结果", address="")
    working.finish(again, text="乙的结果", address="")
    assert fresh(job).result == "乙的结果"


def test_a_job_that_kills_every_worker_is_given_up(cast: Cast, planted: Planted) -> None:
    """每次都让进程意外结束的，次数用完就不再试，写明原因并告知发起人。"""
    planted.kind("t.kills", most_tries=1)
    job = actions.start("t.kills", by=cast.chen)
    working.claim(job.uid, worker="甲")
    age(job)
    put_lost_jobs_back()
    assert fresh(job).state == State.FAILED
    assert fresh(job).reason.startswith("办理它的进程意外结束（第 1 次）。可能内存不足")
    assert Notification.objects.filter(person=cast.chen, kind="job.failed").count() == 1


def test_a_worker_that_leaves_gives_its_job_back(
    cast: Cast, planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """停服务：手上的工作放回队列，不算办砸，次数不减。"""

    def leaves(progress: Progress) -> Outcome:
        leaving.ask(grace=0)
        progress.step(1, 2)
        raise AssertionError("went on")

    planted.kind("t.leaves", leaves)
    job = actions.start("t.leaves", by=cast.chen)
    try:
        run_next()
    finally:
        leaving.forget()
    assert (fresh(job).state, fresh(job).tries, fresh(job).reason) == (State.QUEUED, 0, "")


def test_what_the_clock_starts_is_not_in_the_log(cast: Cast, planted: Planted) -> None:
    """定时工作是例行的：审计链只记人的决定。"""
    planted.kind("t.sum")
    job = actions.start("t.sum", by=CLOCKWORK)
    run_next()
    assert (fresh(job).state, fresh(job).asked_by, events(job)) == (State.DONE, None, [])


@pytest.mark.parametrize(
    "broken",
    [
        {"state": State.FAILED, "reason": "", "finished_at": clock.now()},
        {"state": State.RUNNING, "worker": ""},
        {"state": State.DONE, "finished_at": None},
    ],
    ids=["failed without a reason", "running nowhere", "ended never"],
)
def test_the_database_refuses_half_a_state(
    cast: Cast, planted: Planted, broken: dict[str, object]
) -> None:
    """没有原因的失败、不知谁在办的进行中、没有时间的结束，数据库不收。"""
    planted.kind("t.sum")
    job = actions.start("t.sum", by=cast.chen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**broken)
