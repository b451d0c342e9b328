"""``gongkai search``: build the index of what is public anew, compare it, or write the snapshot."""

from __future__ import annotations

import argparse
import sys

from gongkai.publication.actions.finding import rebuild_index
from gongkai.search.actions import write_snapshot
from gongkai.search.sources import unequal_keys

SUMMARY = "检索索引：重建、核对，或者写出检索副本"
EXAMPLE = """\
gongkai search rebuild      # 按台账重建公开信息的检索索引，重建期间可以照常检索
gongkai search verify       # 核对索引与台账：缺的、多的逐条列出，有不一致时退出码为 1
gongkai search snapshot     # 写出数据库停用时用的检索副本"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("step", choices=("rebuild", "verify", "snapshot"), help="做哪一件")


def run(args: argparse.Namespace) -> int:
    if args.step == "rebuild":
        sys.stdout.write(f"检索索引里有 {rebuild_index(_say)} 条公开信息。\n")
        return 0
    if args.step == "snapshot":
        sys.stdout.write(f"检索副本里有 {write_snapshot(_say)} 条公开信息。\n")
        return 0
    return _verify()


def _verify() -> int:
    missing, surplus = unequal_keys()
    for key in missing:
        sys.stdout.write(f"{key}：正在公开，索引里没有\n")
    for key in surplus:
        sys.stdout.write(f"{key}：索引里有，没有在公开\n")
    if missing or surplus:
        sys.stdout.write("检索索引与台账不一致，请执行 gongkai search rebuild。\n")
        return 1
    sys.stdout.write("检索索引与台账一致。\n")
    return 0


def _say(said: str) -> None:
    sys.stderr.write(f"{said}\n")
