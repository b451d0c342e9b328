"""``gongkai rollup``: adds up unit reports and holds the sum against the report that claims it."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.annualreport.rollup.expected import ListUnreadableError, read_expected
from gongkai.annualreport.rollup.rollup import RollUp, rollup
from gongkai.annualreport.rollup.text import write_text
from gongkai.annualreport.verdict.batch import judge_files
from gongkai.annualreport.verdict.files import FileRefused, list_files, load, shown
from gongkai.annualreport.verdict.verdict import Verdict
from gongkai.project.cli.errors import CommandError

SUMMARY = "汇总所属各单位的年度报告：谁没报、各单位的问题、逐格合计、与本级报告的差异"
EXAMPLE = """\
# 汇总一个文件夹，与县政府的报告核对
gongkai rollup 各单位2024/ --own 县政府2024.docx --expected 应报单位.txt
# 存成网页或者表格
gongkai rollup 各单位2024/ --own 县政府2024.docx --format xlsx --out 汇总.xlsx
"""
_ROOM = "gongkai.annualreport.rollup"  # its writers are loaded when one is asked for


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="各单位报告所在的文件夹")
    parser.add_argument("--own", metavar="FILE", type=Path, help="本级（汇总）报告，用于逐格核对")
    parser.add_argument(
        "--expected",
        metavar="LIST",
        type=Path,
        help="应报单位名单：文本每行一个，或者 xlsx 第一列；写了才能判断是否报全",
    )
    parser.add_argument(
        "--format", choices=("text", "html", "xlsx"), default="text", help="输出格式，默认 text"
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="写入文件，默认写到屏幕")


def run(args: argparse.Namespace) -> int:
    """Write the roll-up; exit 0 complete and equal, 1 missing or different, 2 unreadable."""
    if args.format == "xlsx" and args.out is None:
        raise CommandError("xlsx 要写入文件，请加 --out 文件名.xlsx。")
    result = _rolled_up(args)
    write_out(_written(result, args.format), args.out)
    if args.out is not None:
        sys.stdout.write(f"已写入 {shown(args.out)}。\n{write_text(result).splitlines()[-1]}\n")
    return result.exit_code


def judged(paths: Sequence[Path]) -> list[Verdict]:
    """Read and check files, in order; an unreadable one has its reason."""
    return list(judge_files(paths))


def write_out(data: bytes, path: Path | None) -> None:
    """Write to a file or, as text, to the screen. Raises `CommandError`."""
    if path is None:
        sys.stdout.write(data.decode())
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CommandError(
            f"{shown(path)}：写不进去（{error.strerror}），请换一个位置或关闭打开它的程序。"
        ) from error


def _rolled_up(args: argparse.Namespace) -> RollUp:
    if not args.folder.is_dir():
        raise CommandError(f"{shown(args.folder)}：没有这个文件夹，请写各单位报告所在的文件夹。")
    leave = [path for path in (args.own, args.expected, args.out) if path is not None]
    files = list_files([args.folder], leave=leave).files
    if not files:
        raise CommandError(f"{shown(args.folder)}：文件夹里没有可以读的报告，请核对位置。")
    expected = None if args.expected is None else _expected(args.expected)
    own = judged([args.own])[0] if args.own else None
    verdicts = judged(files)
    return rollup(
        [(verdict.source, verdict.report, verdict.reason) for verdict in verdicts],
        own.report if own else None,
        expected,
        found={verdict.source: verdict.findings for verdict in verdicts},
        own_reason=own.reason if own and own.report is None else None,
    )


def _expected(path: Path) -> tuple[str, ...]:
    try:
        return read_expected(load(path))
    except (FileRefused, ListUnreadableError) as error:
        raise CommandError(f"{shown(path)}：{error}") from error


def _written(result: RollUp, format: str) -> bytes:
    if format == "xlsx":
        return bytes(importlib.import_module(f"{_ROOM}.xlsx").write_xlsx(result))
    if format == "html":
        return str(importlib.import_module(f"{_ROOM}.html").write_page(result)).encode()
    return write_text(result).encode()
