"""``gongkai demo``: load the demo county, compare it with the published report, run it."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from rich.console import Console
from rich.status import Status

from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.serve import serve
from gongkai_demo.accounts import ACCOUNTS
from gongkai_demo.comparison import differences
from gongkai_demo.load import LedgerInUse, load

SUMMARY = "演示县：载入、与公布的年报逐格比对、启动"
EXAMPLE = """\
# 载入（已载入则不变）、比对并启动，浏览器打开所示地址
gongkai demo run
# 只载入
gongkai demo load
# 只比对
gongkai demo compare
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("load", "compare", "run"),
        metavar="load|compare|run",
        help="载入、比对或运行",
    )
    parser.add_argument(
        "--bind",
        default="127.0.0.1:8000",
        metavar="地址:端口",
        help="监听地址，默认 127.0.0.1:8000",
    )


def run(args: argparse.Namespace) -> int:
    if not settings.DEMO:
        raise CommandError(
            "演示数据只能在演示方式下使用：请设置 GONGKAI_MODE=demo，并使用单独的数据目录。"
        )
    return _VERBS[args.what](args.bind)


def _load(bind: str) -> int:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    console = Console(stderr=True)
    try:
        with console.status("正在载入演示数据……") as status:
            fresh = load(lambda step: _say(console, status, step))
    except LedgerInUse as used:
        raise CommandError(str(used)) from used
    sys.stdout.write("演示数据已载入。\n" if fresh else "演示数据此前已载入，没有改动。\n")
    return 0


def _load_apart() -> int:
    """Load in a process of its own; return its exit code.

    Loading prints letters, and a process that has typeset must not fork the website (``paper.pdf``).
    """
    command = [sys.executable, "-m", "gongkai", "demo", "load"]
    return subprocess.run(command, check=False).returncode  # noqa: S603  # this interpreter and our own words


def _say(console: Console, status: Status, step: str) -> None:
    status.update(f"正在载入演示数据：{step}")
    if not console.is_terminal:
        sys.stderr.write(f"载入演示数据：{step}\n")


def _compare(bind: str) -> int:
    total, found = differences()
    for difference in found:
        sys.stdout.write(
            f"{difference.key}：公布为 {difference.published}，台账为 {difference.compiled}\n"
        )
    sys.stdout.write(
        f"{total - len(found)} of {total} cells equal（与公布的 2024 年年报逐格比对）\n"
    )
    return 1 if found else 0


def _run(bind: str) -> int:
    failed = _load_apart() or _compare(bind)
    if failed:
        return failed
    sys.stdout.write(f"\n浏览器打开 http://{bind}/    工作台 http://{bind}/desk/\n")
    sys.stdout.write("演示账号（登录名、密码、是谁）：\n")
    for account in ACCOUNTS:
        sys.stdout.write(f"  {account.login:<15}{account.password}  {account.title}\n")
    sys.stdout.write("按 Ctrl-C 停止。\n")
    sys.stdout.flush()
    return serve(bind, workers=2)


_VERBS: dict[str, Callable[[str], int]] = {"load": _load, "compare": _compare, "run": _run}
