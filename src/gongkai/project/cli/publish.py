"""``gongkai publish``: write every public page, or compare each with the ledger and mend it."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures.process import BrokenProcessPool

from rich.console import Console
from rich.progress import Progress

from gongkai.publication.actions.hands import hands
from gongkai.publication.actions.writing import ask_everything, mend, write_all_due

SUMMARY = "网页文件：全部重写，或逐个核对并改正"
EXAMPLE = """\
gongkai publish --all        # 全部网页重新写一遍
gongkai publish --verify     # 逐个核对，不一致的列出并改正；有不一致时退出码为 1"""


def configure(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--all", action="store_true", help="全部重写")
    how.add_argument("--verify", action="store_true", help="逐个核对并改正")
    parser.add_argument(
        "--processes",
        type=int,
        default=len(os.sched_getaffinity(0)),
        metavar="个数",
        help="用几个进程写全部网页，默认与处理器核数相同",
    )


def run(args: argparse.Namespace) -> int:
    if not args.all:
        return _verify()
    try:
        return _write_all(args.processes)
    except BrokenProcessPool:
        sys.stderr.write(_KILLED)
        return 1


_KILLED = (
    "写网页的一个进程被系统结束，多半是内存不够。写好的网页不受影响，其余的仍在等着写：\n"
    "请用 gongkai publish --all --processes 1 再写一遍，或者交给后台去写。\n"
)


def _write_all(processes: int) -> int:
    with Progress(console=Console(stderr=True)) as progress, hands(processes) as by:
        task = progress.add_task("写网页", total=ask_everything())
        written, failed = write_all_due(
            lambda done, total: progress.update(task, completed=done, total=total), by
        )
        progress.update(task, completed=written, total=written + failed)
    sys.stdout.write(f"写了 {written} 个网页。\n")
    if failed:
        sys.stdout.write(f"{failed} 个没有写成，原因见系统日志。\n")
    return 1 if failed else 0


def _verify() -> int:
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("核对网页", total=None)
        mended = mend(lambda done, total, what: progress.update(task, completed=done, total=total))
    for line in mended.found:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{mended.said}\n")
    return 1 if mended.found else 0
