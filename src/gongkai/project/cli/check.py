"""``gongkai check``: reads a published or compiled annual report and says what is wrong with it."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.checking.finding import Finding
from gongkai.annualreport.model import Report, as_plain
from gongkai.annualreport.reading.page import Reading
from gongkai.annualreport.reading.read import read
from gongkai.project.cli.errors import CommandError

SUMMARY = "检查政府信息公开工作年度报告（表格勾稽、正文与表格、规定内容）"
EXAMPLE = """\
# 检查一份已发布的报告
gongkai check 2024年度报告.txt
# 与上年报告对照，逐行输出 JSON
gongkai check 2024.json --prev 2023.json --format jsonl
"""
_CLEAN, _FAULTY, _UNREADABLE = 0, 1, 2
_GROUPS = (("error", "必须改正"), ("warning", "请核对"), ("info", "供参考"))
# A report is some tens of kilobytes; more than this is not one, and would only fill the memory.
_LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came out for one file."""

    source: str
    report: Report | None
    findings: tuple[Finding, ...] = ()
    reason: str | None = None

    @property
    def status(self) -> str:
        """`ok` also with information only: a rate is not a fault."""
        if self.report is None:
            return "unreadable"
        return "findings" if any(f.severity != "info" for f in self.findings) else "ok"

    @property
    def exit_code(self) -> int:
        """0 no error, 1 some error, 2 unreadable."""
        if self.report is None:
            return _UNREADABLE
        return _FAULTY if any(f.severity == "error" for f in self.findings) else _CLEAN


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help="报告文件：JSON 或制表符分隔的文本")
    parser.add_argument("--prev", metavar="FILE", help="同一机关上一年度的报告，用于核对年度衔接")
    parser.add_argument(
        "--format", choices=("text", "jsonl"), default="text", help="输出格式，默认 text"
    )


def run(args: argparse.Namespace) -> int:
    """Print the verdict; exit 0 without error-severity findings, 1 with some, 2 unreadable."""
    verdict = _verdict(_read(args.file), args.prev)
    write = _jsonl if args.format == "jsonl" else _text
    sys.stdout.write(write(verdict))
    return verdict.exit_code


def _verdict(reading: Reading, prev: str | None) -> Verdict:
    if reading.report is None:
        return Verdict(source=reading.source, report=None, reason=reading.reason)
    before = None if prev is None else _previous(prev, reading.report)
    found = check(reading.report, printed=reading.printed, prev=before)
    return Verdict(
        source=reading.source, report=reading.report, findings=(*reading.findings, *found)
    )


def _read(source: str) -> Reading:
    path = Path(source)
    source = source.encode("utf-8", "replace").decode()  # a GBK file name must still print
    try:
        if path.is_dir():
            return _refused(source, "这是文件夹，请写出其中一份报告的文件名。")
        if path.stat().st_size > _LARGEST:
            return _refused(source, "文件超过 32 MB，不像一份年度报告；请只保留报告本身再检查。")
        return read(path.read_bytes(), source=source)
    except FileNotFoundError:
        return _refused(source, "没有这个文件，请核对文件名和所在文件夹。")
    except PermissionError:
        return _refused(source, "没有读取这个文件的权限，请调整权限或复制到自己的文件夹。")
    except (OSError, ValueError) as error:
        return _refused(source, f"文件读不出来（{error}），请核对文件名，或重新复制后再试。")


def _refused(source: str, reason: str) -> Reading:
    return Reading(source=source, report=None, reason=reason)


def _previous(source: str, report: Report) -> Report:
    before = _read(source)
    if before.report is None:
        raise CommandError(f"{source}：上年报告无法读取。{before.reason}")
    if before.report.year != report.year - 1:
        raise CommandError(
            f"{source}：--prev 应是 {report.year - 1} 年的报告，读到的是 {before.report.year} 年；请换文件。"
        )
    return before.report


def _jsonl(verdict: Verdict) -> str:
    document = {
        "source": verdict.source,
        "status": verdict.status,
        "report": None if verdict.report is None else as_plain(verdict.report),
        "findings": [_plain(finding) for finding in verdict.findings],
        "reason": verdict.reason,
    }
    return json.dumps(document, ensure_ascii=False) + "\n"


def _plain(finding: Finding) -> dict[str, object]:
    """The JSON object of a finding; only a doubtful reading has `candidates`."""
    plain: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity,
        "cells": list(finding.cells),
        "expected": finding.expected,
        "actual": finding.actual,
        "message": finding.message,
        "basis": finding.basis,
    }
    if finding.candidates:
        plain["candidates"] = [list(row) for row in finding.candidates]
    return plain


def _text(verdict: Verdict) -> str:
    if verdict.report is None:
        return f"{verdict.source}：无法检查。{verdict.reason}\n"
    lines = [f"{verdict.report.issuer} {verdict.report.year} 年政府信息公开工作年度报告", ""]
    for severity, title in _GROUPS:
        group = [finding for finding in verdict.findings if finding.severity == severity]
        if group:
            lines += [f"{title}（{len(group)} 项）"]
            lines += [line for finding in group for line in _finding_lines(finding)] + [""]
    return "\n".join([*lines, _conclusion(verdict)]) + "\n"


def _finding_lines(finding: Finding) -> list[str]:
    lines = [f"  [{finding.code}] {finding.message}"]
    if finding.cells:
        lines.append(f"      单元格：{_some(finding.cells)}")
    if finding.expected is not None and finding.actual is not None:
        lines.append(f"      应为：{finding.expected}　实为：{finding.actual}")
    return [*lines, f"      依据：{finding.basis}"]


def _some(cells: tuple[str, ...], most: int = 8) -> str:
    rest = f" 等 {len(cells)} 格" if len(cells) > most else ""
    return "、".join(cells[:most]) + rest


def _conclusion(verdict: Verdict) -> str:
    filled = (
        sum(value is not None for value in verdict.report.cells().values()) if verdict.report else 0
    )
    errors = sum(finding.severity == "error" for finding in verdict.findings)
    warnings = sum(finding.severity == "warning" for finding in verdict.findings)
    if errors:
        return f"结论：读到 {filled} 格，有 {errors} 项必须改正、{warnings} 项请核对；改正后请再检查一次。"
    return f"结论：读到 {filled} 格，没有必须改正的问题，{warnings} 项请核对。"
