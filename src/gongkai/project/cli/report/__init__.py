"""``gongkai report``: the annual report from the ledger or from a workbook, and whether a file is the released one."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.report import kept, moved_in
from gongkai.project.cli.report.output import FORMATS, formats

SUMMARY = "由台账或工作簿生成年度报告，或核对一份文件与已公布的年报是否一致"
EXAMPLE = """\
# 县政府 2024 年报，由台账生成
gongkai report 2024
gongkai report 2024 --agency SQ0000003 --format json --out 年报.json
# 没有台账：由一份工作簿生成，先取模板
gongkai report --template 台账.xlsx
gongkai report --from 台账.xlsx --prev 2023年报.docx --format text,html --out 年报/
# 与已公布的年报逐格核对
gongkai report verify 年报.json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "target", nargs="?", metavar="年份|verify", help="年份，例如 2024；或 verify"
    )
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="文件", help="verify 要核对的 JSON 文件"
    )
    parser.add_argument(
        "--from", dest="workbook", type=Path, metavar="工作簿", help="由这份 .xlsx 生成，不用台账"
    )
    parser.add_argument(
        "--template", type=Path, metavar="文件", help="写出一份空白工作簿，供 --from 使用"
    )
    parser.add_argument("--year", metavar="年份", help="与 --from 同用：哪一年，默认最近一年的报送")
    parser.add_argument(
        "--prev", type=Path, metavar="文件", help="与 --from 同用：上一年度的年报，任何格式"
    )
    parser.add_argument(
        "--agency", metavar="机关", help="机关代码（由台账）或者名称（由工作簿），默认县人民政府"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="日期", help="按哪一天的台账，默认今天"
    )
    parser.add_argument(
        "--format",
        default="text",
        metavar="格式",
        help=f"输出格式，几种用逗号隔开：{'、'.join(FORMATS)}；默认 text",
    )
    parser.add_argument("--out", metavar="文件|目录/", help="写入文件或者目录，默认打印")


def run(args: argparse.Namespace) -> int:
    """Print or write the report; exit 0 fine, 1 something stands in its way, 2 not understood."""
    if args.template:
        return moved_in.write_template(args.template)
    wanted = formats(args.format)
    if args.workbook:
        return moved_in.report(args, wanted)
    if args.prev or args.year:
        raise CommandError(
            "--prev 和 --year 要与 --from 工作簿 同用；由台账生成时写 gongkai report 2024。"
        )
    if args.target is None:
        raise CommandError(
            "要写明年份（gongkai report 2024），或者工作簿（gongkai report --from 台账.xlsx）。"
        )
    return kept.verify(args.file) if args.target == "verify" else kept.report(args, wanted)
