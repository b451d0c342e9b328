"""gongkai serve：死了的子进程重新启动，停止时一个不留，任务进程被杀不丢工作、不重复。"""

from __future__ import annotations

import signal
from collections.abc import Iterator

import psutil
import pytest

from tests.rooms.keeping.installation import PEOPLE, Installation
from tests.rooms.project.site import Site, answers, family, kill, site, until

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def house(migrated: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("house") / "site", migrated) as made:
        yield made


@pytest.fixture
def county(house: Site) -> Site:
    """The installation of all these tests, without the jobs of the one before."""
    house.empty()
    return house


def test_a_web_process_killed_is_started_again(county: Site) -> None:
    """网站的主进程、工作进程被杀：说一声，重新启动，照常应答。"""
    with county.served() as (process, address):
        until(lambda: len(family(process)) == 3)  # the web master, its worker, the task worker
        master = next(one for one in family(process) if one.children())
        worker = master.children()[0]
        kill(worker)
        until(lambda: answers(address))
        kill(master)
        assert process.stdout is not None
        said = process.stdout.readline()
        while "意外结束" not in said:
            said = process.stdout.readline()
        assert said == (f"网站（进程 {master.pid}）意外结束（信号 9），1 秒后重新启动。\n")
        until(lambda: answers(address))
        assert master.pid not in [one.pid for one in family(process)]
        assert len([one for one in family(process) if one.is_running()]) == 3


def test_the_supervisor_killed_leaves_nothing(county: Site) -> None:
    """监督进程被 kill -9：网站和任务进程都跟着结束，一个孤儿也没有。"""
    with county.served() as (process, _):
        until(lambda: len(family(process)) == 3)
        left = family(process)
        process.kill()
        process.wait()
        gone, alive = psutil.wait_procs(left, timeout=20)
        assert (len(gone), alive) == (3, [])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_all_end(county: Site, number: signal.Signals) -> None:
    """SIGTERM、Ctrl-C：手上的工作放回队列，全部结束，退出码 0；再启动接着办。"""
    county.start("t.slow", '{"steps": 300}')
    with county.served() as (process, _):
        until(lambda: county.noted() == ["begun"])
        left = family(process)
        process.send_signal(number)
        assert process.wait(20) == 0
        assert psutil.wait_procs(left, timeout=1)[1] == []
    assert county.jobs() == ["t.slow queued 0"]


def test_a_short_job_is_finished_before_the_end(county: Site) -> None:
    """快办完的工作，等它办完再停。"""
    county.start("t.slow", '{"steps": 8}')
    with county.running("work") as process:
        until(lambda: county.noted() == ["begun"])
        process.terminate()
        assert process.wait(20) == 0
    assert (county.noted(), county.jobs()) == (["begun", "ended"], ["t.slow done 1"])


def test_a_worker_killed_in_mid_job_loses_nothing(county: Site) -> None:
    """任务进程办到一半被杀：几秒后换一个进程从头再办，办成。"""
    county.start("t.slow", '{"steps": 20}')
    with county.served() as (process, _):
        until(lambda: county.noted() == ["begun"])
        until(lambda: len(family(process)) == 3)  # only then is who has no child the task worker
        (worker,) = [one for one in psutil.Process(process.pid).children() if not one.children()]
        kill(worker)
        until(lambda: county.noted() == ["begun", "begun", "ended"])
        until(lambda: county.jobs() == ["t.slow done 2"])


def test_a_job_that_kills_workers_is_given_up_and_others_go_on(county: Site) -> None:
    """办一次死一次的工作：两次后不再试；排在它后面的照办。"""
    county.start("t.dies")
    county.start("t.count", '{"n": "one"}')
    with county.served():
        until(lambda: county.jobs() == ["t.dies failed 2", "t.count done 1"], seconds=60)
    assert sorted(county.noted()) == ["dies", "dies", "one"]


def test_two_workers_never_do_the_same_job(county: Site) -> None:
    """两个任务进程抢四十件工作：每件正好办一次。"""
    county.start("t.count", '{"n": n}', times=40)
    with county.running("work"), county.running("work"):
        until(lambda: len(county.noted()) >= 40, seconds=60)
        until(lambda: county.jobs() == ["t.count done 1"] * 40)
    assert sorted(map(int, county.noted())) == list(range(40))


def test_without_tasks_only_the_web_runs_and_jobs_wait(county: Site) -> None:
    """--no-tasks：只有网站；工作排着，体检说没有任务进程。"""
    county.start("t.count", '{"n": 1}')
    with county.served("--no-tasks") as (process, address):
        assert answers(address)
        assert len(family(process)) == 2
        assert county.jobs() == ["t.count queued 0"]


@pytest.mark.parametrize("words", [["serve", "--bind", "127.0.0.1:0"], ["work"]])
def test_no_upgrade_while_either_runs(county: Site, words: list[str]) -> None:
    """网站或任务进程在运行时不能升级：数据目录是共用的。"""
    with county.running(*words) as process:
        assert process.stdout is not None
        assert "已启动" in process.stdout.readline()
        refused = county.county.gongkai("upgrade")
        assert refused.returncode == 2
        assert "有服务或备份正在使用这份数据" in refused.stderr


def test_many_processes_write_and_none_meets_a_locked_database(county: Site) -> None:
    """四个进程同时登记人员，任务进程同时办工作：没有一个遇到“数据库锁住”，审计链完整。"""
    county.start("t.count", '{"n": n}', times=30)
    with county.running("work"):
        writers = [
            county.county.started(PEOPLE.format(first=first, last=first + 50))
            for first in range(0, 200, 50)
        ]
        ends = [(writer.wait(120), writer.stderr.read()) for writer in writers if writer.stderr]
        for writer in writers:
            if writer.stderr:
                writer.stderr.close()
        assert ends == [(0, "")] * 4
        until(lambda: county.jobs() == ["t.count done 1"] * 30)
    verified = county.county.gongkai("audit", "verify")
    assert (verified.returncode, verified.stderr) == (0, "")
