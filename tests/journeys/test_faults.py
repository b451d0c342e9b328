"""Faults are normal: killed in mid-write or out of disk, nothing is half-done and the next try succeeds."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.installations import Environment, Place, found_place, gongkai, python

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
def county(tmp_path: Path) -> Iterator[Environment]:
    """The environment of an empty installation."""
    place = found_place(tmp_path)
    yield place.environment
    place.remove()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An installation with the demo county in it, to be copied and never used itself."""
    place = found_place(tmp_path_factory.mktemp("template"))
    done = gongkai(place.environment, "demo", "load")
    assert done.returncode == 0, done.stderr
    yield place
    place.remove()


@pytest.fixture
def demo(template: Place, tmp_path: Path) -> Iterator[Environment]:
    """The environment of an installation with the demo county in it."""
    place = found_place(tmp_path, like=template)
    yield place.environment
    place.remove()


def test_a_load_killed_half_way_leaves_nothing_and_can_be_repeated(
    county: Environment,
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
    assert python(_COUNT, county).stdout == "0 0 0 0\n"
    again = gongkai(county, "demo", "load")
    assert (again.returncode, again.stdout) == (0, "演示数据已载入。\n")
    assert gongkai(county, "demo", "compare").stdout.startswith("200 of 200 cells equal")


def test_a_freeze_killed_before_its_end_leaves_no_freeze(demo: Environment) -> None:
    """断电于定稿途中：清单已写而未提交，定稿不存在，台账与审计链完好，随后可以定稿。"""
    before = python(_COUNT, demo).stdout
    killed = python(_KILLED_FREEZE, demo)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "lists written\n")
    assert python(_COUNT, demo).stdout == before
    assert gongkai(demo, "ledger", "verify").stdout == "台账与来源一致。\n"
    assert gongkai(demo, "audit", "verify").returncode == 0


def test_of_two_freezes_at_once_one_wins_and_the_other_is_told(demo: Environment) -> None:
    """两个进程同时定稿：一份成为第 2 稿，另一个得到说明，没有第 3 稿。"""
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _FREEZE],
            env=demo,
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
    assert gongkai(demo, "ledger", "verify").returncode == 0


def test_a_planted_change_is_found_by_both_verifiers(demo: Environment) -> None:
    """不变量六、八：改动一件申请的列、一条审计事件的字节，两个核对命令各自指出在哪里。"""
    planted = python(
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from gongkai.audit import guards\n"
        "from gongkai.audit.models import Event\n"
        "from gongkai.foi.models import Case\n"
        "guards.drop_all(connection)\n"
        "Case.objects.filter(number='2024-0001').update(served_on='2024-12-30')\n"
        "Event.objects.filter(stream='people', seq=3).update(actor_name='别人')\n",
        demo,
    )
    assert planted.returncode == 0, planted.stderr
    ledger = gongkai(demo, "ledger", "verify")
    assert ledger.returncode == 1
    assert "与事件不符的列：served_on" in ledger.stdout
    audit = gongkai(demo, "audit", "verify")
    assert audit.returncode == 1
    assert audit.stdout.startswith("流 people 第 3 号事件：内容与其哈希不符：这一行被改动过。\n")


def test_a_full_disk_is_said_in_chinese_and_leaves_nothing(county: Environment) -> None:
    """磁盘写满：一句话说明，退出码 2，没有写入；腾出空间后照常载入。"""
    if not county["DATABASE_URL"].startswith("sqlite"):
        pytest.skip("PostgreSQL 的磁盘属于数据库服务，不属于本程序")
    assert gongkai(county, "migrate").returncode == 0
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
    assert python(_COUNT, county).stdout == "0 0 0 0\n"
    assert gongkai(county, "demo", "load").returncode == 0


def test_a_ledger_that_is_not_there_is_said_in_chinese(county: Environment) -> None:
    for words in (("audit", "verify"), ("ledger", "verify"), ("report", "2024")):
        done = gongkai(county, *words)
        assert done.returncode == 2
        assert done.stderr.startswith("错误：数据库还没有建立（或者数据目录不对）。")


def _three_megabytes_a_file() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
