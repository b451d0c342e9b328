"""``gongkai audit``: does every chain hold, and where does each stand."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from gongkai.audit.clock import today
from gongkai.audit.queries import digest_text, streams, verify_all
from gongkai.project.cli.errors import CommandError

SUMMARY = "核对审计链，输出每日链头"
EXAMPLE = """\
gongkai audit verify                       # 逐条重算哈希，指出第一处不符
gongkai audit head --on 2025-01-20 --out digest.txt"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=("verify", "head"), metavar="verify|head", help="核对，或输出链头"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="日期", help="哪一天的链头，默认今天"
    )
    parser.add_argument("--out", type=Path, metavar="文件", help="链头写入的文件，默认打印")


def run(args: argparse.Namespace) -> int:
    return _verify() if args.what == "verify" else _head(args.on or today(), args.out)


def _verify() -> int:
    breaks = verify_all()
    for found in breaks:
        sys.stdout.write(f"流 {found.stream} 第 {found.seq} 号事件：{found.reason}。\n")
    if breaks:
        sys.stdout.write(
            "审计链不完整：请停止写入，保留数据库副本，用最近的备份和已公布的链头比对。\n"
        )
        return 1
    sys.stdout.write(f"{len(streams())} 条审计链全部完整。\n")
    return 0


def _head(day: date, out: Path | None) -> int:
    text = digest_text(day)
    if out is None:
        sys.stdout.write(text)
        return 0
    temporary = out.with_suffix(f"{out.suffix}.part")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(out)
    except OSError as wrong:
        raise CommandError(
            f"写不了 {out}：{wrong.strerror}。请检查路径、权限和磁盘空间。"
        ) from wrong
    return 0
