"""系统自己的后台工作：核验、备份、链头、放假通知提醒。"""

from __future__ import annotations

import tarfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from gongkai.agencies.models import Role
from gongkai.audit import clock, guards
from gongkai.audit.models import Event
from gongkai.audit.queries import digest_text
from gongkai.inbox.models import Notification
from gongkai.jobs.actions import start
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.models import Job, State
from gongkai.jobs.work.run import run_job
from gongkai.project.jobs.verify import lasting
from tests.rooms.cast import Cast, administrator


def done(kind: str, cast: Cast) -> Job:
    job = start(kind, by=cast.zhao)
    run_job.call(str(job.uid))
    return Job.objects.get(pk=job.pk)


def test_a_whole_ledger_is_said_to_be_whole(cast: Cast) -> None:
    """核验：逐条审计链报进度，结果写明。"""
    job = done("ledger.verify", cast)
    assert job.state == State.DONE
    assert job.result.splitlines()[0] == "台账与来源一致。"
    chains = Event.objects.values("stream").distinct().count()
    assert (job.done_n, job.total_n) == (chains + 1, chains + 1)  # the ledger is one step more


def test_one_changed_byte_is_named_in_the_result(cast: Cast) -> None:
    """不变量八：改动一个字，结果里点出是哪条链第几号；核验本身算办成。"""
    guards.drop_all(connection)
    try:
        Event.objects.filter(stream="people", seq=2).update(actor_name="冒名者")
    finally:
        guards.install_all(connection)
    job = done("ledger.verify", cast)
    assert job.state == State.DONE
    assert job.result.splitlines() == [
        "发现 1 处不符。请停止写入，保留数据库副本，用最近的备份和已公布的链头比对。",
        "审计链 people 第 2 号事件：内容与其哈希不符：这一行被改动过",
    ]


def test_what_is_seen_once_only_is_no_fault() -> None:
    """别人正在写时看到的一瞬间不算数：连看两次都在才算。"""
    looks = iter([["甲", "乙"], ["乙", "丙"]])
    assert lasting(lambda: next(looks)) == ["乙"]
    assert lasting(list) == []


@pytest.fixture
def backups(tmp_path: Path, settings: Settings) -> Path:
    settings.BACKUP_TO, settings.BACKUP_KEEP = tmp_path / "backups", 2
    return tmp_path / "backups"


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_made_and_the_oldest_let_go(backups: Path) -> None:
    """备份：写出一份完整的归档；只留最近两份；旁边别的文件不动。"""
    backups.mkdir()
    for name in ("gongkai-20200101-000000-000000.tar.gz", "gongkai-20200102-000000-000000.tar.gz"):
        (backups / name).write_bytes(b"old")
    (backups / "before-upgrade-20200101.tar.gz").write_bytes(b"another's")
    job = start("keeping.backup", by=CLOCKWORK)
    run_job.call(str(job.uid))
    found = Job.objects.get(pk=job.pk)
    assert (found.state, found.reason) == (State.DONE, "")
    (made,) = [path for path in backups.glob("gongkai-*") if job.uid.hex[-6:] in path.name]
    assert str(made) in found.result
    with tarfile.open(made) as archive:
        assert "manifest.json" in archive.getnames()
    assert sorted(path.name for path in backups.iterdir()) == sorted(
        ["before-upgrade-20200101.tar.gz", "gongkai-20200102-000000-000000.tar.gz", made.name]
    )
    before = made.stat().st_mtime_ns
    Job.objects.filter(pk=job.pk).update(state=State.QUEUED, finished_at=None)
    run_job.call(str(job.uid))  # as if the worker had died before it could say so
    assert Job.objects.get(pk=job.pk).state == State.DONE
    assert made.stat().st_mtime_ns == before


def test_a_backup_that_cannot_be_written_says_why(cast: Cast, settings: Settings) -> None:
    """备份目录用不了：原因写给系统管理员看。"""
    settings.BACKUP_TO = Path("/proc/none/backups")
    job = done("keeping.backup", cast)
    assert job.state == State.QUEUED  # tried again later
    assert job.reason.startswith("备份目录 /proc/none/backups 用不了（")


@pytest.fixture
def public(tmp_path: Path, settings: Settings) -> Path:
    settings.PUBLIC = tmp_path / "public"
    return tmp_path / "public"


def test_heads_of_days_that_are_over_are_written_once(
    cast: Cast, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """链头：昨天的写成文件，今天的还没结束不写；写过的不再改；没有事件的日子不写。"""
    present = clock.now()
    monkeypatch.setattr(clock, "now", lambda: present + timedelta(days=1))
    day = clock.legal_date(present)
    job = done("audit.heads", cast)
    path = public / "digest" / f"{day.isoformat()}.txt"
    assert [one.name for one in (public / "digest").iterdir()] == [path.name]
    assert path.read_text() == digest_text(day)
    assert job.result_address == f"/digest/{day.isoformat()}.txt"
    path.write_text("已被别人抄走的那一份")
    done("audit.heads", cast)
    assert path.read_text() == "已被别人抄走的那一份"


def test_next_years_notice_is_asked_for_from_november(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """放假通知：十一月一日起没有收录下一年的，每周提醒政务公开办和系统管理员一次。"""
    keeper = administrator(cast, Role.SYSTEM_ADMINISTRATOR)
    said: list[date] = []
    monkeypatch.setattr(
        clock,
        "now",
        lambda: datetime.combine(said[-1], datetime.min.time(), UTC) + timedelta(hours=4),
    )
    told = {}
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 8)):
        said.append(day)
        done("calendar.watch", cast)
        told[day.day] = Notification.objects.count()
    assert told == {31: 0, 1: 2, 5: 2, 8: 4}
    assert {row.title for row in Notification.objects.all()} == {"还没有收录 2027 年放假通知"}
    assert {row.person for row in Notification.objects.select_related("person")} == {
        cast.li,
        keeper,
    }


def test_a_notice_that_is_here_is_not_asked_for(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """已收录的不提醒。"""
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 12, 1, 4, 0, tzinfo=UTC))
    assert done("calendar.watch", cast).result == "不用提醒。"
    assert Notification.objects.count() == 0
