"""``gongkai ledger verify``: is everything that is derived still what its source says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from gongkai.documents.queries import altered_editions, altered_files
from gongkai.foi.queries import drifted_cases
from gongkai.reporting.queries import broken_freezes
from gongkai.returns.queries import altered_returns
from gongkai.rulebook.queries import gaps

SUMMARY = "核对台账：案件、报送、版本、定稿与编号是否都与来源一致"
EXAMPLE = "gongkai ledger verify                      # 有不符时逐条列出，退出码为 1"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("verify",), metavar="verify", help="核对")


def run(args: argparse.Namespace) -> int:
    found = [*faults(), *file_faults()]
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    sys.stdout.write(f"台账有 {len(found)} 处不符。\n" if found else "台账与来源一致。\n")
    return 1 if found else 0


def faults() -> Iterator[str]:
    for drift in drifted_cases():
        yield f"案件 {drift.number}：{drift.reason}"
    for row in altered_returns():
        yield f"报送 {row.agency.code} {row}：内容与签报时的哈希不符"
    for edition in altered_editions():
        yield f"版本《{edition.title}》：内容与哈希不符"
    for series, n in gaps():
        yield f"编号 {series} 第 {n} 号：没有使用记录，也没有作废说明"
    yield from broken_freezes()


def file_faults() -> Iterator[str]:
    """Yield a sentence for each attached file that the data folder no longer holds as it was.

    Apart from :func:`faults`: a database that is being restored has no folder of its own yet, and the
    archive's own hashes answer for the files.
    """
    for blob, wrong in altered_files():
        yield f"附件 {blob.sha256}：{wrong}"
