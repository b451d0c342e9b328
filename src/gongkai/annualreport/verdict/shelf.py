"""Finding a report's last year, and its units, among reports that were read for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.annualreport.model import Report

Key = tuple[str, int]


@dataclass(frozen=True)
class Shelf:
    """Reports to compare with. `reports` by issuer and year; `only` when one is meant for all."""

    reports: Mapping[Key, Sequence[Report]] = field(default_factory=dict)
    only: Report | None = None

    @classmethod
    def of(cls, reports: Iterable[Report]) -> Shelf:
        """Put reports on a shelf."""
        by_key: dict[Key, list[Report]] = {}
        for report in reports:
            by_key.setdefault((report.issuer, report.year), []).append(report)
        return cls(by_key)

    def before(self, report: Report) -> tuple[Report | None, str | None]:
        """Return last year's report of the same body, or none and why it is not compared."""
        if not report.year:
            return None, "报告没有写明年份，未与上年报告对照。"
        if self.only is not None:
            return self._only(report, self.only)
        wanted = report.year - 1
        if not report.issuer:
            return None, "报告没有写明发布机关，未与上年报告对照。"
        found = self.reports.get((report.issuer, wanted), ())
        name = f"{report.issuer} {wanted} 年"
        if not found:
            return None, f"没有找到{name}的报告，未与上年报告对照。"
        if any(dict(other.figures) != dict(found[0].figures) for other in found):
            return (
                None,
                f"{name}的报告有 {len(found)} 份，数字不一致，未与上年报告对照；请只留一份。",
            )
        return found[0], None

    @staticmethod
    def _only(report: Report, before: Report) -> tuple[Report | None, str | None]:
        if before.year != report.year - 1:
            return None, (
                f"上年报告应是 {report.year - 1} 年的，读到的是 {before.year} 年，"
                "未与上年报告对照；请换文件。"
            )
        return before, None


def units_of(report: Report, reports: Sequence[Report]) -> tuple[list[Report] | None, str | None]:
    """Return the reports that `report` adds up, or none and why there are none.

    The body's own report is none of them, should it lie in the same folder. A unit's report of
    another year stays in: the check itself says that it cannot be added.
    """
    own = [unit for unit in reports if not unit.issuer or unit.issuer != report.issuer]
    return (own, None) if own else (None, "没有找到其他机关的报告，未核对汇总数。")
