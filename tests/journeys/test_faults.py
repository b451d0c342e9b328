"""Faults are normal: killed in mid-write or out of disk, nothing is half-done and the next try succeeds."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rooms.keeping.installation import (
    Installation,
    copied_installation,
    empty_installation,
)

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


@dataclass(frozen=True)
class Repeated:
    """What became of loading the demo: the disk full, killed in the middle, tried again; what was *left* in between."""

    place: Installation
    full: subprocess.CompletedProcess[str] | None
    killed: int
    left: list[str]
    again: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def repeated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repeated]:
    """The demo county where loading it had failed twice; to be copied and never used itself."""
    with empty_installation(tmp_path_factory.mktemp("repeated") / "county") as place:
        place.data.mkdir(mode=0o700)
        assert place.gongkai("migrate").returncode == 0
        full = None
        if place.is_sqlite:
            full = place.gongkai("demo", "load", preexec_fn=_three_megabytes_a_file)
        left = [place.python(_COUNT).stdout]
        killed = _killed_in_the_middle(place)
        left.append(place.python(_COUNT).stdout)
        yield Repeated(place, full, killed, left, place.gongkai("demo", "load"))


@pytest.fixture
def demo(repeated: Repeated, tmp_path: Path) -> Iterator[Installation]:
    """An installation with the demo county in it."""
    with copied_installation(tmp_path / "county", repeated.place) as place:
        yield place


def test_a_load_killed_half_way_leaves_nothing_and_can_be_repeated(repeated: Repeated) -> None:
    """断电于载入途中：一个机关、一条事件都没有留下；再次载入完整无缺。"""
    assert (repeated.killed, repeated.left[1]) == (-signal.SIGKILL, "0 0 0 0\n")
    assert (repeated.again.returncode, repeated.again.stdout) == (0, "演示数据已载入。\n")
    compared = repeated.place.gongkai("demo", "compare").stdout
    assert compared.startswith("200 of 200 cells equal")


def test_a_full_disk_is_said_in_chinese_and_leaves_nothing(repeated: Repeated) -> None:
    """磁盘写满：一句话说明，退出码 2，没有写入；腾出空间后照常载入。"""
    full = repeated.full
    if full is None:
        pytest.skip("PostgreSQL 的磁盘属于数据库服务，不属于本程序")
    assert full.returncode == 2
    assert full.stderr.splitlines()[-1].startswith("错误：磁盘写不进去，可能已满或超出配额")
    assert "Traceback" not in full.stderr
    assert repeated.left[0] == "0 0 0 0\n"
    assert repeated.again.returncode == 0


def test_a_freeze_killed_before_its_end_leaves_no_freeze(demo: Installation) -> None:
    """断电于定稿途中：清单已写而未提交，定稿不存在，台账与审计链完好，随后可以定稿。"""
    before = demo.python(_COUNT).stdout
    killed = demo.python(_KILLED_FREEZE)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "lists written\n")
    assert demo.python(_COUNT).stdout == before
    assert demo.gongkai("ledger", "verify").stdout == "台账与来源一致。\n"
    assert demo.gongkai("audit", "verify").returncode == 0


def test_of_two_freezes_at_once_one_wins_and_the_other_is_told(demo: Installation) -> None:
    """两个进程同时定稿：一份成为第 2 稿，另一个得到说明，没有第 3 稿。"""
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _FREEZE],
            env=demo.environment,
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
    assert demo.gongkai("ledger", "verify").returncode == 0


def test_a_planted_change_is_found_by_both_verifiers(demo: Installation) -> None:
    """不变量六、八：改动一件申请的列、一条审计事件的字节，两个核对命令各自指出在哪里。"""
    planted = demo.python(
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from gongkai.audit import guards\n"
        "from gongkai.audit.models import Event\n"
        "from gongkai.foi.models import Case\n"
        "guards.drop_all(connection)\n"
        "Case.objects.filter(number='2024-0001').update(served_on='2024-12-30')\n"
        "Event.objects.filter(stream='people', seq=3).update(actor_name='别人')\n"
    )
    assert planted.returncode == 0, planted.stderr
    ledger = demo.gongkai("ledger", "verify")
    assert ledger.returncode == 1
    assert "与事件不符的列：served_on" in ledger.stdout
    audit = demo.gongkai("audit", "verify")
    assert audit.returncode == 1
    assert audit.stdout.startswith("流 people 第 3 号事件：内容与其哈希不符：这一行被改动过。\n")


def test_a_ledger_that_is_not_there_is_said_in_chinese(tmp_path: Path) -> None:
    with empty_installation(tmp_path) as county:
        for words in (("audit", "verify"), ("ledger", "verify"), ("report", "2024")):
            done = county.gongkai(*words)
            assert done.returncode == 2
            assert done.stderr.startswith("错误：数据库还没有建立（或者数据目录不对）。")


def _killed_in_the_middle(place: Installation) -> int:
    with subprocess.Popen(
        [sys.executable, "-m", "gongkai", "demo", "load"],
        env=place.environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "2024 年单位报送" in line:
                process.send_signal(signal.SIGKILL)
                break
        return process.wait()


def _three_megabytes_a_file() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
