"""The annual report from a county's own ledger, and whether a file equals what was released."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import county
from gongkai.annualreport.model import Report, ReportInvalidError, from_json
from gongkai.audit.clock import today
from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.report.output import put
from gongkai.reporting.compile import compile_draft
from gongkai.reporting.models import Report as Row
from gongkai.reporting.queries import released_report


def report(args: argparse.Namespace, formats: Sequence[str]) -> int:
    """Write the report of a year as the ledger stands on a day."""
    if not args.target.isdecimal():
        raise CommandError(f"“{args.target}”不是年份，请写四位年份，例如 gongkai report 2024。")
    draft = compile_draft(_row(args.agency, int(args.target)), args.on or today())
    put(draft.report, formats, args.out)
    return 0


def _row(code: str | None, year: int) -> Row:
    try:
        agency = Agency.objects.get(code=code) if code else county()
        return Row.objects.select_related("agency").get(agency=agency, year=year)
    except Agency.DoesNotExist:
        raise CommandError(f"没有代码为 {code or '（县人民政府）'} 的机关，请核对代码。") from None
    except Row.DoesNotExist:
        raise CommandError(f"{year} 年的年报还没有建立，请先在工作台建立年报。") from None


def verify(file: Path | None) -> int:
    """Compare *file* with the released report, cell by cell."""
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
