"""``gongkai compare``: a report beside its earlier years and beside other bodies' reports."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.annualreport.comparison.comparison import Comparison, compare
from gongkai.annualreport.comparison.text import conclusion, write_text
from gongkai.annualreport.model import Report
from gongkai.annualreport.verdict.batch import read_files
from gongkai.annualreport.verdict.files import list_files, shown
from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.rollup import write_out

SUMMARY = "把年度报告与往年、与其他机关的报告对照：雷同的文字、异常的变动、上年问题的下文"
EXAMPLE = """\
# 与前两年对照
gongkai compare 2024.docx --earlier 2023.html 2022.html
# 再与邻县的报告比雷同，存成网页
gongkai compare 2024.docx --earlier 2023.html --neighbour 邻县2024/ --format html --out 对照.html
"""
_PAGE = "gongkai.annualreport.comparison.html"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="要对照的报告")
    parser.add_argument(
        "--earlier",
        metavar="FILE",
        type=Path,
        nargs="+",
        default=[],
        help="同一机关往年的报告，可多份",
    )
    parser.add_argument(
        "--neighbour",
        metavar="FILE",
        type=Path,
        nargs="+",
        default=[],
        help="其他机关的报告或所在文件夹，可多份",
    )
    parser.add_argument(
        "--format", choices=("text", "html"), default="text", help="输出格式，默认 text"
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="写入文件，默认写到屏幕")


def run(args: argparse.Namespace) -> int:
    """Write the comparison; exit 0 nothing to look at, 1 something, 2 a file cannot be read."""
    if not args.earlier and not args.neighbour:
        raise CommandError(
            "没有写与谁对照，请加 --earlier 往年报告 或者 --neighbour 其他机关的报告。"
        )
    (current,) = _read([args.file], "要对照的报告")
    leave = [path for path in (args.file, args.out) if path is not None]
    result = compare(
        current,
        _earlier(current, _read(list_files(args.earlier, leave=leave).files, "往年报告")),
        _read(list_files(args.neighbour, leave=leave).files, "其他机关的报告"),
    )
    write_out(_written(result, args.format), args.out)
    if args.out is not None:
        sys.stdout.write(f"已写入 {shown(args.out)}。\n{conclusion(result)}\n")
    return result.exit_code


def _read(paths: Sequence[Path], what: str) -> list[Report]:
    """The reports in files. Raises `CommandError` for the first that cannot be read."""
    reports = []
    for found in read_files(list(paths)):
        if found.report is None:
            raise CommandError(f"{found.source}：{what}无法读取。{found.reason}")
        reports.append(found.report)
    return reports


def _earlier(current: Report, reports: Sequence[Report]) -> Sequence[Report]:
    for report in reports:
        if current.year and report.year >= current.year:
            raise CommandError(
                f"--earlier 应是 {current.year} 年以前的报告，读到的有 {report.year} 年的；请换文件。"
            )
    return reports


def _written(result: Comparison, format: str) -> bytes:
    if format == "html":
        return str(importlib.import_module(_PAGE).write_page(result)).encode()
    return write_text(result).encode()
