"""The work of ``gongkai check``: list the files, judge them, write the verdicts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from pathlib import Path

from gongkai.annualreport.model import Report
from gongkai.annualreport.verdict.batch import judge_files, read_files
from gongkai.annualreport.verdict.files import Listing, list_files, shown
from gongkai.annualreport.verdict.shelf import Shelf
from gongkai.annualreport.verdict.verdict import Verdict
from gongkai.project.cli.check.cluster import cluster_failed, executor_at
from gongkai.project.cli.check.output import WRITERS, Progress, Tally, opened
from gongkai.project.cli.errors import CommandError


def run(args: argparse.Namespace) -> int:
    """Print the verdicts; exit 0 without error-severity findings, 1 with some, 2 unreadable."""
    listing = list_files(args.paths, leave=[args.out] if args.out else [])
    if not listing.files:
        raise CommandError(
            f"{'、'.join(map(shown, args.paths))}：这里没有可以检查的文件，请核对文件夹；"
            "哪些文件可以检查，见 gongkai check --help。"
        )
    many = len(listing.files) > 1 or args.paths[0].is_dir()
    with executor_at(args.executor) if args.executor else nullcontext() as executor:
        try:
            return _write(args, listing, _verdicts(args, listing, executor, many=many), many=many)
        except CommandError:
            raise
        except Exception as error:
            if executor is None:
                raise
            raise cluster_failed(args.executor, error) from error


def _verdicts(
    args: argparse.Namespace, listing: Listing, executor: Executor | None, *, many: bool
) -> Iterator[Verdict]:
    prev = _shelf(args.prev, executor) if args.prev else None
    units = _units(args.units, executor) if args.units else None
    verdicts = judge_files(listing.files, prev=prev, units=units, executor=executor)
    before = prev.only if prev else None
    if many or before is None:
        return verdicts
    return (_compared(verdict, args.prev, before) for verdict in verdicts)


def _write(
    args: argparse.Namespace, listing: Listing, verdicts: Iterator[Verdict], *, many: bool
) -> int:
    writer = WRITERS[args.format](many=many)
    tally = Tally(len(listing.files), listing.passed_over)
    with opened(args.out, utf8=args.format != "text") as out:
        progress = Progress(len(listing.files), shown=many and not out.isatty())
        for verdict in verdicts:
            tally.add(verdict)
            out.write(writer.one(verdict))
            progress.show(tally.done)
        out.write(writer.closing())
        progress.end()
    if many:
        sys.stderr.write(tally.sentence())
    return tally.exit_code


def _shelf(path: Path, executor: Executor | None) -> Shelf:
    """The reports to compare with; those of a folder that cannot be read are left out and named."""
    if not path.is_dir():
        (before,) = read_files([path])
        if before.report is None:
            raise CommandError(f"{before.source}：上年报告无法读取。{before.reason}")
        return Shelf(only=before.report)
    found = list(read_files(list_files([path]).files, executor=executor))
    for one in found:
        if one.report is None:
            sys.stderr.write(f"{one.source}：上年报告无法读取，没有用来对照。{one.reason}\n")
    return Shelf.of(one.report for one in found if one.report)


def _units(path: Path, executor: Executor | None) -> list[Report]:
    """The reports to add up. One that cannot be read would silently count as nothing: refused."""
    found = list(read_files(list_files([path]).files, executor=executor))
    bad = [one for one in found if one.report is None]
    if bad:
        named = "".join(f"\n  {one.source}：{one.reason}" for one in bad)
        raise CommandError(
            f"{shown(path)}：有 {len(bad)} 份单位报告无法读取，合计会少算，没有核对。"
            f"请改正这些文件，不是报告的请移走：{named}"
        )
    return [one.report for one in found if one.report]


def _compared(verdict: Verdict, prev: Path, before: Report) -> Verdict:
    """A single report that was not compared with the single file given for it is a wrong command."""
    if verdict.note and verdict.report and verdict.report.year:
        raise CommandError(
            f"{shown(prev)}：--prev 应是 {verdict.report.year - 1} 年的报告，"
            f"读到的是 {before.year} 年；请换文件。"
        )
    return verdict
