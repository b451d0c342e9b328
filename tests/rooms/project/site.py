"""A whole installation at work, with planted jobs: what the tests of ``serve`` and ``work`` start and kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.rooms.keeping.installation import Installation, copied_installation

SETTINGS = """
from gongkai.project.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "planted"]
JOB_RETRY_SECONDS = 1
"""
JOBS = """
import os, pathlib, time
from gongkai.jobs.kinds import Outcome, register

HERE = pathlib.Path(__file__).parent

def note(word):
    with open(HERE / "noted", "a") as file:
        file.write(f"{word}\\n")

def count(arguments, progress):
    note(arguments["n"])
    return Outcome("")

def slow(arguments, progress):
    note("begun")
    for n in range(arguments["steps"]):
        progress.step(n, arguments["steps"], "慢慢来")
        time.sleep(0.1)
    note("ended")
    return Outcome("慢慢办好了。")

def dies(arguments, progress):
    note("dies")
    os.kill(os.getpid(), 9)

register("t.count", "数一数", count, most_tries=1)
register("t.slow", "慢慢办", slow, most_tries=3)
register("t.dies", "办一次死一次", dies, most_tries=2)
"""
START = """
import django; django.setup()
from gongkai.jobs.actions import start
from gongkai.jobs.identity import CLOCKWORK
for n in range({times}):
    print(start("{kind}", arguments={arguments}, by=CLOCKWORK).uid)
"""
EMPTY = """
import django; django.setup()
from django_tasks_db.models import DBTaskResult
from gongkai.jobs.models import Job
Job.objects.all().delete()
DBTaskResult.objects.all().delete()
"""
LOOK = """
import django; django.setup()
from gongkai.jobs.models import Job
for job in Job.objects.filter(kind__startswith="t.").order_by("pk"):
    print(job.kind, job.state, job.tries)
"""


@dataclass
class Site:
    """An installation with planted jobs, and what runs in it."""

    county: Installation
    folder: Path

    def empty(self) -> None:
        """Forget the jobs of the test before."""
        done = self.county.python(EMPTY)
        assert (done.returncode, done.stderr) == (0, "")
        (self.folder / "planted" / "noted").unlink(missing_ok=True)

    def start(self, kind: str, arguments: str = "{}", times: int = 1) -> None:
        done = self.county.python(START.format(kind=kind, arguments=arguments, times=times))
        assert (done.returncode, done.stderr) == (0, "")

    def jobs(self) -> list[str]:
        """Every planted job as ``kind state tries``."""
        done = self.county.python(LOOK)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()

    def noted(self) -> list[str]:
        """What the jobs wrote down, in order."""
        path = self.folder / "planted" / "noted"
        return path.read_text().splitlines() if path.exists() else []

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", *words],
            env=self.county.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        family = psutil.Process(process.pid)
        try:
            yield process
        finally:
            left = [*family.children(recursive=True), family] if family.is_running() else []
            for one in left:
                one.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()

    @contextmanager
    def served(self, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """Serve on a free port; yield the supervisor and the site's address once it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            bind = f"127.0.0.1:{free.getsockname()[1]}"
        with self.running("serve", "--bind", bind, "--workers", "1", *words) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == f"服务已启动：http://{bind}/（按 Ctrl-C 停止）\n"
            yield process, f"http://{bind}"


@contextmanager
def site(folder: Path, migrated: Installation) -> Iterator[Site]:
    """A copy of *migrated* in *folder* that takes a silent worker for dead after three seconds."""
    planted = folder / "planted"
    planted.mkdir(parents=True)
    (planted / "__init__.py").write_text("")
    (planted / "jobs.py").write_text(JOBS)
    (folder / "planted_settings.py").write_text(SETTINGS)
    with copied_installation(folder / "data", migrated) as made:
        county = made.with_settings(folder, "planted_settings")
        county.more.update(GONGKAI_JOB_LOST_SECONDS="3", GONGKAI_JOB_GRACE_SECONDS="1")
        yield Site(county, folder)


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until *holds*, and fail when it does not in time."""
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit
        time.sleep(0.2)


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The children of the supervisor and theirs."""
    children: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    return children


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310  # our own server
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def kill(process: psutil.Process) -> None:
    os.kill(process.pid, signal.SIGKILL)
