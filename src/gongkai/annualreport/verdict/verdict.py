"""What came out for one file. Travels between processes, so it can always be pickled."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Literal

from gongkai.annualreport.checking.finding import Finding, Severity
from gongkai.annualreport.model import Report

Status = Literal["ok", "findings", "unreadable"]
CLEAN, FAULTY, UNREADABLE = 0, 1, 2
GROUPS: tuple[tuple[Severity, str], ...] = (
    ("error", "必须改正"),
    ("warning", "请核对"),
    ("info", "供参考"),
)
NAMES: Mapping[Status, str] = {"ok": "未见问题", "findings": "有问题", "unreadable": "无法检查"}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The report of a file with its findings, or the reason why there is none.

    `note` says what was not compared although it was asked for, e.g. with last year's report.
    """

    source: str
    report: Report | None
    findings: tuple[Finding, ...] = ()
    reason: str | None = None
    note: str | None = None

    @property
    def status(self) -> Status:
        """`ok` also with information only: a rate is not a fault."""
        if self.report is None:
            return "unreadable"
        return "findings" if self.count("error") or self.count("warning") else "ok"

    @property
    def exit_code(self) -> int:
        """0 no error, 1 some error, 2 unreadable."""
        if self.report is None:
            return UNREADABLE
        return FAULTY if self.count("error") else CLEAN

    @property
    def filled(self) -> int:
        """How many cells were read; blank ones are not counted."""
        cells = self.report.cells() if self.report else {}
        return sum(value is not None for value in cells.values())

    def count(self, severity: Severity) -> int:
        """How many findings of one severity there are."""
        return sum(finding.severity == severity for finding in self.findings)

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one severity, in order."""
        return [finding for finding in self.findings if finding.severity == severity]


def unreadable(source: str, reason: str) -> Verdict:
    """Return the verdict on a file that gives no report; `reason` is a sentence for a clerk."""
    return Verdict(source=source, report=None, reason=reason)


def heading(verdict: Verdict) -> str:
    """Return what a verdict is about: the report's title, or the file's name."""
    if verdict.report is None:
        return verdict.source
    issuer = verdict.report.issuer or "未写明机关"
    year = f"{verdict.report.year} 年" if verdict.report.year else "未写明年份的"
    return f"{issuer} {year}政府信息公开工作年度报告"


def conclusion(verdict: Verdict) -> str:
    """Return the closing sentence."""
    if verdict.report is None:
        return f"无法检查。{verdict.reason}"
    errors, warnings = verdict.count("error"), verdict.count("warning")
    if errors:
        return (
            f"结论：读到 {verdict.filled} 格，有 {errors} 项必须改正、{warnings} 项请核对；"
            "改正后请再检查一次。"
        )
    return f"结论：读到 {verdict.filled} 格，没有必须改正的问题，{warnings} 项请核对。"


def _pack_view(
    view: MappingProxyType[str, object],
) -> tuple[Callable[..., MappingProxyType[str, object]], tuple[dict[str, object]]]:
    return _unpack_view, (dict(view),)


def _unpack_view(values: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(values)


def _pack_report(report: Report) -> tuple[Callable[..., Report], tuple[dict[str, object]]]:
    """Only the fields: what a report has derived from its format is looked up again over there."""
    return _unpack_report, ({field.name: getattr(report, field.name) for field in fields(report)},)


def _unpack_report(values: dict[str, object]) -> Report:
    return Report(**values)  # type: ignore[arg-type]  # the very values of another Report


copyreg.pickle(MappingProxyType, _pack_view)
copyreg.pickle(Report, _pack_report)
