"""``gongkai report --from``: a workbook's report, with no county's ledger touched."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from gongkai.annualreport.model import Report
from gongkai.annualreport.reading.read import read
from gongkai.audit.clock import today
from gongkai.exchange.book import template
from gongkai.exchange.compiling import Compiled, Wanted, compile_workbook
from gongkai.exchange.problem import WorkbookRefused
from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.report.output import put, write_file
from gongkai.project.cli.workbook_file import read_file, refusal

_SEVERITIES = (("error", "必须改正"), ("warning", "请核对"), ("info", "供参考"))


def write_template(path: Path) -> int:
    """Write the empty workbook to *path*."""
    write_file(path, template())
    return 0


def report(args: argparse.Namespace, formats: Sequence[str]) -> int:
    """Write the report of a workbook and its pre-flight; 1 when something stands in its way."""
    wanted = Wanted(today(), _year(args), args.agency, _previous(args.prev))
    try:
        compiled = compile_workbook(
            read_file(args.workbook), name=args.workbook.name, wanted=wanted
        )
    except WorkbookRefused as refused:
        raise refusal(args.workbook, refused) from refused
    _refuse_other_year(wanted.prev, compiled.report, args.prev)
    put(compiled.report, formats, args.out)
    sys.stderr.writelines(f"{line}\n" for line in _preflight(compiled))
    return 0 if compiled.ready else 1


def _year(args: argparse.Namespace) -> int | None:
    text = args.year or args.target
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == len("2024")):
        raise CommandError(f"“{text}”不是年份，请写四位年份，例如 --year 2024。")
    return int(text)


def _previous(path: Path | None) -> Report | None:
    if path is None:
        return None
    reading = read(read_file(path), source=path.name)
    if reading.report is None:
        raise CommandError(f"{path}：上年年报读不出来。{reading.reason}")
    return reading.report


def _refuse_other_year(prev: Report | None, compiled: Report, path: Path | None) -> None:
    # A year of 0 means that the file does not say: the clerk has named it as last year's.
    if prev is not None and prev.year not in (0, compiled.year - 1):
        raise CommandError(
            f"{path}：--prev 应是 {compiled.year - 1} 年的年报，读到的是 {prev.year} 年；请换文件，"
            "或者用 --year 写明要编的年度。"
        )


def _preflight(compiled: Compiled) -> Iterable[str]:
    yield f"{compiled.report.issuer} {compiled.report.year} 年年报，预检："
    for title, lines in (("读取说明", compiled.notes), ("与上年年报不衔接", compiled.shortfalls)):
        yield from _group(title, lines)
    for severity, title in _SEVERITIES:
        found = [one for one in compiled.obstacles if one.severity == severity]
        yield from _group(title, [f"[{one.code}] {one.message}（{one.basis}）" for one in found])
    blocking = sum(one.blocking for one in compiled.obstacles) + len(compiled.shortfalls)
    yield f"结论：还有 {blocking} 项必须改正。" if blocking else "结论：没有必须改正的问题。"


def _group(title: str, lines: Sequence[str]) -> Iterable[str]:
    if lines:
        yield f"{title}（{len(lines)} 项）"
        yield from (f"  {line}" for line in lines)
