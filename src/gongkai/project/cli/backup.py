"""``gongkai backup``: a whole copy while others go on working."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings

from gongkai.project.cli.errors import CommandError
from gongkai.project.keeping.backing_up import Backup, back_up, rows_in
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.lock import at_work

SUMMARY = "备份数据库和数据目录，服务不必停"
EXAMPLE = """\
gongkai backup --out /backup/gongkai-2025-01-20.tar.gz
gongkai backup --out /backup/gongkai-2025-01-20.tar.zst   # 本机须有 zstd
gongkai backup --out /backup/2025-01-20/                  # 不打包，写成文件夹
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="文件",
        help="写到哪里：.tar.gz、.tar.zst，其余的名称写成文件夹；已存在的不覆盖",
    )


def run(args: argparse.Namespace) -> int:
    """Write the archive and say what is in it."""
    try:
        with at_work(settings.DATA):
            made = back_up(args.out, progress)
    except KeepingRefused as refused:
        raise CommandError(str(refused)) from refused
    sys.stdout.write(_told(made))
    return 0


def progress(text: str) -> None:
    """Tell a person how far it is: one line that is written over on a terminal, else line by line."""
    terminal = sys.stderr.isatty()
    sys.stderr.write(f"\r\033[K{text}" if terminal else f"{text}\n")
    sys.stderr.flush()


def _told(made: Backup) -> str:
    content = made.manifest.content
    lines = [
        f"已备份到 {made.path}（{made.bytes / 1e6:.1f} MB）："
        f"{len(content.rows)} 张表共 {rows_in(content)} 行，审计链 {len(content.heads)} 条，"
        f"文件 {len(made.manifest.members)} 个，每个都有 SHA-256。",
        "密钥不在备份里：签名密钥和身份密钥请另行保管，没有身份密钥，申请人信息读不出来。",
    ]
    lines += [f"没有备份 {path}：里面有密钥。" for path in made.left_out]
    return "\n".join(lines) + "\n"
