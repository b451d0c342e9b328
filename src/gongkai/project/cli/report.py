"""``gongkai report``: the annual report from the ledger, and whether a file equals what was released."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import county
from gongkai.annualreport.model import Report, ReportInvalidError, from_json, to_json
from gongkai.annualreport.writing.html import write_html_page
from gongkai.annualreport.writing.text import write_text
from gongkai.audit.clock import today
from gongkai.project.cli.errors import CommandError
from gongkai.reporting.compile import compile_draft
from gongkai.reporting.models import Report as Row
from gongkai.reporting.queries import released_report

SUMMARY = "由台账生成年度报告，或核对一份文件与已公布的年报是否一致"
EXAMPLE = """\
gongkai report 2024                        # 县政府 2024 年报，文本
gongkai report 2024 --agency SQ0000003 --format json --out 年报.json
gongkai report verify 年报.json            # 与已公布的年报逐格核对"""

_WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    "json": to_json,
    "html": lambda report: write_html_page(report).encode(),
    "text": lambda report: write_text(report).encode(),
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="年份|verify", help="年份，例如 2024；或 verify")
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="文件", help="verify 要核对的 JSON 文件"
    )
    parser.add_argument("--agency", metavar="代码", help="机关代码，默认县人民政府（全县汇总）")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="日期", help="按哪一天的台账，默认今天"
    )
    parser.add_argument("--format", choices=sorted(_WRITERS), default="text", help="输出格式")
    parser.add_argument("--out", type=Path, metavar="文件", help="写入文件，默认打印")


def run(args: argparse.Namespace) -> int:
    if args.target == "verify":
        return _verify(args.file)
    if not args.target.isdecimal():
        raise CommandError(f"“{args.target}”不是年份，请写四位年份，例如 gongkai report 2024。")
    draft = compile_draft(_row(args.agency, int(args.target)), args.on or today())
    _put(_WRITERS[args.format](draft.report), args.out)
    return 0


def _row(code: str | None, year: int) -> Row:
    try:
        agency = Agency.objects.get(code=code) if code else county()
        return Row.objects.select_related("agency").get(agency=agency, year=year)
    except Agency.DoesNotExist:
        raise CommandError(f"没有代码为 {code or '（县人民政府）'} 的机关，请核对代码。") from None
    except Row.DoesNotExist:
        raise CommandError(f"{year} 年的年报还没有建立，请先在工作台建立年报。") from None


def _put(data: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(data.decode())
        return
    try:
        out.write_bytes(data)
    except OSError as wrong:
        raise CommandError(
            f"写不了 {out}：{wrong.strerror}。请检查路径、权限和磁盘空间。"
        ) from wrong
    sys.stderr.write(f"已写入 {out}\n")


def _verify(file: Path | None) -> int:
    if file is None:
        raise CommandError("请写出要核对的文件，例如 gongkai report verify 年报.json。")
    given = _read(file)
    row = Row.objects.filter(year=given.year, agency__names__name=given.issuer).first()
    kept = released_report(row.agency, row.year) if row else None
    if kept is None:
        raise CommandError(f"台账中没有{given.issuer} {given.year} 年已公布的年报，无从核对。")
    differing = [key for key, value in kept.cells().items() if given.cells().get(key) != value]
    for key in differing:
        sys.stdout.write(f"{key}：文件为 {given.cells().get(key)}，已公布为 {kept.cell(key)}\n")
    total = len(kept.cells())
    sys.stdout.write(f"{total - len(differing)} / {total} 格一致\n")
    return 1 if differing else 0


def _read(file: Path) -> Report:
    try:
        return from_json(file.read_bytes())
    except OSError as wrong:
        raise CommandError(f"读不到 {file}：{wrong.strerror}。请检查路径。") from wrong
    except ReportInvalidError as wrong:
        raise CommandError(f"{file} 不是年度报告数据：{wrong}") from wrong
