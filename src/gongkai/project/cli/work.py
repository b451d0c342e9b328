"""``gongkai work``: a task worker alone, for a machine of its own or beside several web nodes."""

from __future__ import annotations

import argparse
import os
import sys

from django.conf import settings
from django.db import connections

from gongkai.jobs.work.loop import work_until_left
from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.serve import refuse_unready
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.lock import at_work

SUMMARY = "只启动任务进程（办后台工作），不启动网站"
EXAMPLE = """\
gongkai work                     # 网站用 gongkai serve --no-tasks 另行启动
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Nothing to declare."""


def run(_: argparse.Namespace) -> int:
    """Do jobs until stopped."""
    refuse_unready()
    try:
        with at_work(settings.DATA):
            sys.stdout.write(f"任务进程已启动（进程 {os.getpid()}，按 Ctrl-C 停止）。\n")
            sys.stdout.flush()
            work_until_left(grace=settings.JOB_GRACE_SECONDS)
    except KeepingRefused as busy:
        raise CommandError(str(busy)) from busy
    connections.close_all()
    return 0
