"""``gongkai restore``: a backup into an empty place, with what was verified said line by line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.project.cli.backup import progress
from gongkai.project.cli.errors import CommandError
from gongkai.project.environment import SettingRefused
from gongkai.project.keeping.backing_up import rows_in
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.restoring import Restored, restore_database, restore_folder

SUMMARY = "把备份恢复到空的位置，逐项核对"
EXAMPLE = """\
# SQLite：恢复到一个空文件夹，再以它为 GONGKAI_DATA 启动
gongkai restore /backup/gongkai-2025-01-20.tar.gz --into /srv/gongkai
# PostgreSQL：恢复到一个空数据库；数据目录的文件放到 --data
gongkai restore 备份.tar.gz --into postgresql:///gongkai?host=/run/postgresql --data /srv/gongkai
"""
_MOST_FAULTS = 50


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="备份", help="gongkai backup 写出的文件或文件夹")
    parser.add_argument(
        "--into",
        required=True,
        metavar="位置",
        help="空文件夹，或者 postgresql:// 开头的空数据库",
    )
    parser.add_argument(
        "--data", type=Path, metavar="文件夹", help="恢复到 PostgreSQL 时，数据目录的文件放到哪里"
    )


def run(args: argparse.Namespace) -> int:
    """Restore; exit 0 whole, 1 restored but the verifiers found something, 2 refused."""
    try:
        if "://" in args.into:
            done = restore_database(args.file, args.into, args.data, progress)
        else:
            done = restore_folder(args.file, Path(args.into).absolute(), progress)
    except (KeepingRefused, SettingRefused) as refused:
        raise CommandError(str(refused)) from refused
    sys.stdout.write("\n".join(_told(done, args.into)) + "\n")
    return 1 if done.faults else 0


def _told(done: Restored, into: str) -> list[str]:
    content, members = done.manifest.content, done.manifest.members
    lines = [
        f"已恢复 {done.manifest.taken_at} 的备份（版本 {done.manifest.program}）。核对：",
        f"✓ 备份中 {len(members)} 个文件的大小和 SHA-256 全部相符",
        f"✓ {len(content.rows)} 张表共 {rows_in(content)} 行，与备份时相同；外键完好",
        f"✓ {len(content.heads)} 条审计链的链头与备份时相同",
    ]
    if done.pending:
        return [
            *lines,
            f"! 备份来自较早的版本，缺 {len(done.pending)} 项迁移（第一项 {done.pending[0]}）："
            "请运行 gongkai upgrade，它会在升级后核对台账与审计链。",
        ]
    if done.faults:
        more = len(done.faults) - _MOST_FAULTS
        rest = [f"✗ ……另有 {more} 处，见 gongkai ledger verify"] if more > 0 else []
        return [*lines, *(f"✗ {fault}" for fault in done.faults[:_MOST_FAULTS]), *rest]
    return [
        *lines,
        "✓ 台账与来源一致（同 gongkai ledger verify）",
        "✓ 审计链逐条重算完整（同 gongkai audit verify），保护触发器齐全",
        "下一步：放好签名密钥和身份密钥，运行 gongkai doctor，再运行 gongkai serve。"
        "恢复后所有人要重新登录。",
    ]
