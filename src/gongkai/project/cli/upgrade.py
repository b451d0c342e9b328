"""``gongkai upgrade``: back up, migrate, verify; on failure go back by itself."""

from __future__ import annotations

import argparse
import sys

from django.conf import settings

from gongkai.project.cli.backup import progress
from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.migrate import pending
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.upgrading import upgrade

SUMMARY = "升级数据库：先备份，再迁移、核对，不成功就恢复原样"
EXAMPLE = """\
gongkai upgrade --check    # 只看缺哪些迁移，不改动
gongkai upgrade            # 先停掉 gongkai serve
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--check", action="store_true", help="只列出缺的迁移；有缺的退出码为 1")


def run(args: argparse.Namespace) -> int:
    """Upgrade, or show what is pending."""
    if args.check:
        return _show(pending())
    try:
        done = upgrade(progress)
    except KeepingRefused as refused:
        raise CommandError(str(refused)) from refused
    if done is None:
        sys.stdout.write("数据库已是最新，没有需要升级的。\n")
        return 0
    sys.stdout.write(
        f"执行了 {len(done.migrations)} 项迁移。触发器齐全，台账与来源一致，审计链完整。\n"
        f"升级前的备份在 {done.backup.path}，确认新版本正常后可以移走。\n"
        f"数据目录 {settings.DATA} 可以启动服务了：gongkai serve。\n"
    )
    return 0


def _show(waiting: list[str]) -> int:
    if not waiting:
        sys.stdout.write("数据库已是最新，没有需要升级的。\n")
        return 0
    listed = "".join(f"  {name}\n" for name in waiting)
    sys.stdout.write(f"缺 {len(waiting)} 项迁移：\n{listed}请停掉服务，运行 gongkai upgrade。\n")
    return 1
