"""Faults are normal: killed in mid-write or out of disk, nothing is half-done and the next try succeeds."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

_COUNT = """
import django; django.setup()
from gongkai.agencies.models import Agency
from gongkai.audit.models import Event
from gongkai.reporting.models import CellList, Freeze
print(Agency.objects.count(), Event.objects.count(), Freeze.objects.count(), CellList.objects.count())
"""
_KILLED_FREEZE = """
import os, signal
import django; django.setup()
from datetime import date
from gongkai.people.models import Person
from gongkai.reporting import actions
from gongkai.reporting.models import Report
def die(*_):
    print("lists written", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
actions._audit = die
report = Report.objects.get(agency__level="county", year=2024)
officer = Person.objects.get(staff_no="DEMO-01")
actions.freeze_report(report, after=1, as_of=date(2024, 12, 31), by=officer)
"""
_FREEZE = """
import django; django.setup()
from datetime import date
from gongkai.people.models import Person
from gongkai.reporting.actions import ReportRefused, freeze_report
from gongkai.reporting.models import Report
report = Report.objects.get(agency__level="county", year=2024)
officer = Person.objects.get(staff_no="DEMO-01")
print("ready", flush=True)
input()
try:
    print(freeze_report(report, after=1, as_of=date(2024, 12, 31), by=officer).n)
except ReportRefused as refused:
    print(refused)
"""


@pytest.fixture
def county(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Mapping[str, str]]:
    """The environment of an installation of its own, on the database that is under test."""
    environment = {
        **os.environ,
        "GONGKAI_MODE": "demo",
        "GONGKAI_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'county.sqlite3'}",
    }
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("postgresql"):
        yield environment
        return
    name = f"faults_{os.getpid()}_{time.monotonic_ns()}"
    where = {"host": database["HOST"], "user": database["USER"] or "postgres", "dbname": "postgres"}
    with psycopg.connect(**where, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        yield {
            **environment,
            "DATABASE_URL": f"postgresql:///{name}?host={database['HOST']}&user={where['user']}",
        }
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_a_load_killed_half_way_leaves_nothing_and_can_be_repeated(
    county: Mapping[str, str],
) -> None:
    """断电于载入途中：一个机关、一条事件都没有留下；再次载入完整无缺。"""
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "demo", "load"],
        env=county,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "2024 年单位报送" in line:
            process.send_signal(signal.SIGKILL)
            break
    process.stderr.close()
    assert process.wait() == -signal.SIGKILL
    assert _python(_COUNT, county).stdout == "0 0 0 0\n"
    again = _gongkai(county, "demo", "load")
    assert (again.returncode, again.stdout) == (0, "演示数据已载入。\n")
    assert _gongkai(county, "demo", "compare").stdout.startswith("200 of 200 cells equal")


def test_a_freeze_killed_before_its_end_leaves_no_freeze(county: Mapping[str, str]) -> None:
    """断电于定稿途中：清单已写而未提交，定稿不存在，台账与审计链完好，随后可以定稿。"""
    assert _gongkai(county, "demo", "load").returncode == 0
    before = _python(_COUNT, county).stdout
    killed = _python(_KILLED_FREEZE, county)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "lists written\n")
    assert _python(_COUNT, county).stdout == before
    assert _gongkai(county, "ledger", "verify").stdout == "台账与来源一致。\n"
    assert _gongkai(county, "audit", "verify").returncode == 0


def test_of_two_freezes_at_once_one_wins_and_the_other_is_told(county: Mapping[str, str]) -> None:
    """两个进程同时定稿：一份成为第 2 稿，另一个得到说明，没有第 3 稿。"""
    assert _gongkai(county, "demo", "load").returncode == 0
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _FREEZE],
            env=county,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = sorted(process.communicate()[0] for process in both)
    assert said == ["2\n", "另一位同事刚刚定稿，请刷新，看过新稿后再决定是否重新定稿。\n"]
    assert _gongkai(county, "ledger", "verify").returncode == 0


def test_a_planted_change_is_found_by_both_verifiers(county: Mapping[str, str]) -> None:
    """不变量六、八：改动一件申请的列、一条审计事件的字节，两个核对命令各自指出在哪里。"""
    assert _gongkai(county, "demo", "load").returncode == 0
    planted = _python(
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from gongkai.audit import guards\n"
        "from gongkai.audit.models import Event\n"
        "from gongkai.foi.models import Case\n"
        "guards.drop_all(connection)\n"
        "Case.objects.filter(number='2024-0001').update(served_on='2024-12-30')\n"
        "Event.objects.filter(stream='people', seq=3).update(actor_name='别人')\n",
        county,
    )
    assert planted.returncode == 0, planted.stderr
    ledger = _gongkai(county, "ledger", "verify")
    assert ledger.returncode == 1
    assert "与事件不符的列：served_on" in ledger.stdout
    audit = _gongkai(county, "audit", "verify")
    assert audit.returncode == 1
    assert audit.stdout.startswith("流 people 第 3 号事件：内容与其哈希不符：这一行被改动过。\n")


def test_a_full_disk_is_said_in_chinese_and_leaves_nothing(county: Mapping[str, str]) -> None:
    """磁盘写满：一句话说明，退出码 2，没有写入；腾出空间后照常载入。"""
    if not county["DATABASE_URL"].startswith("sqlite"):
        pytest.skip("PostgreSQL 的磁盘属于数据库服务，不属于本程序")
    assert _gongkai(county, "migrate").returncode == 0
    full = subprocess.run(
        [sys.executable, "-m", "gongkai", "demo", "load"],
        env=county,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_three_megabytes_a_file,
    )
    assert full.returncode == 2
    assert full.stderr.splitlines()[-1].startswith("错误：磁盘写不进去，可能已满或超出配额")
    assert "Traceback" not in full.stderr
    assert _python(_COUNT, county).stdout == "0 0 0 0\n"
    assert _gongkai(county, "demo", "load").returncode == 0


def test_a_ledger_that_is_not_there_is_said_in_chinese(county: Mapping[str, str]) -> None:
    for words in (("audit", "verify"), ("ledger", "verify"), ("report", "2024")):
        done = _gongkai(county, *words)
        assert done.returncode == 2
        assert done.stderr.startswith("错误：数据库还没有建立（或者数据目录不对）。")


def _three_megabytes_a_file() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))


def _gongkai(county: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *words],
        env=county,
        capture_output=True,
        text=True,
        check=False,
    )


def _python(script: str, county: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script], env=county, capture_output=True, text=True, check=False
    )
