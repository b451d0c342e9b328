"""`compare`: a report against earlier years of its body and against reports of neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.annualreport.checking.check import in_order
from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.follow_up import (
    FollowUp,
    followed_up,
    measures_of,
    problems_of,
)
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.comparison.figures import Movement, movements
from gongkai.annualreport.comparison.wording import Likeness, section_likeness
from gongkai.annualreport.model import Report

PROSE_SECTIONS = ("1", "5", "6")
_PROBLEMS = "5"


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The report beside one other: how much of each section of prose stands there unchanged."""

    other: Report
    sections: tuple[Likeness, ...]

    @property
    def share(self) -> float:
        """The unchanged share of all prose, from 0 to 1."""
        counted = sum(one.counted for one in self.sections)
        return sum(one.same for one in self.sections) / counted if counted else 0.0

    def section(self, key: str) -> Likeness:
        """One section's likeness."""
        return next(one for one in self.sections if one.section == key)


@dataclass(frozen=True, kw_only=True)
class Year(Beside):
    """The report beside an earlier year.

    `problems` and `measures` of that year's section 五 are followed up only from the year before.
    """

    moved: tuple[Movement, ...]
    problems: tuple[FollowUp, ...] = ()
    measures: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What came out, newest year first, neighbours in the order given."""

    current: Report
    years: tuple[Year, ...] = ()
    neighbours: tuple[Beside, ...] = ()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Copied sections (N-10), problems and measures without an answer (P-07), moved figures (A-14)."""
        found = (*self._copied(), *self._unanswered(), *self._moved())
        return tuple(in_order(found))

    @property
    def exit_code(self) -> int:
        """0 nothing to look at, 1 something."""
        return int(bool(self.findings))

    def _copied(self) -> Iterator[Finding]:
        for beside, bound in (
            *((year, "likeness") for year in self.years),
            *((one, "likeness_of_neighbours") for one in self.neighbours),
        ):
            section = beside.section(_PROBLEMS)
            most = float(threshold(bound, "most"))
            if section.share > most:
                yield finding(
                    "N-10",
                    f"第五部分有 {section.share:.0%} 的文字与{title_of(beside.other)}相同，属于内容雷同；"
                    "请按本机关本年实际情况重写问题和改进措施。",
                    expected=f"不超过 {most:.0%}",
                    actual=f"{section.share:.0%}",
                )

    def _unanswered(self) -> Iterator[Finding]:
        for year in self.years:
            for what, matters in (("问题", year.problems), ("改进措施", year.measures)):
                silent = [one.text for one in matters if not one.answered]
                if silent:
                    yield finding(
                        "P-07",
                        f"{year.other.year} 年报告提出的{what}有 {len(silent)} 项在本年报告里没有找到下文；"
                        "请在第一或第五部分写明落实情况。",
                        expected=f"{len(matters)} 项都有下文",
                        actual=f"{len(silent)} 项没有找到",
                    )

    def _moved(self) -> Iterator[Finding]:
        for year in self.years[:1]:
            if year.moved:
                yield finding(
                    "A-14",
                    f"有 {len(year.moved)} 个数与 {year.other.year} 年相比变动很大；"
                    "请核对数据，确属实际变化的，请备好说明。",
                    cells=[one.key for one in year.moved],
                    actual=f"{len(year.moved)} 格",
                )


def compare(
    current: Report, earlier: Sequence[Report] = (), neighbours: Sequence[Report] = ()
) -> Comparison:
    """Return `current` beside every earlier year and every neighbour."""
    years = sorted(earlier, key=lambda report: report.year, reverse=True)
    return Comparison(
        current=current,
        years=tuple(_year(current, report) for report in years),
        neighbours=tuple(
            Beside(other=report, sections=_sections(current, report)) for report in neighbours
        ),
    )


def title_of(report: Report) -> str:
    """How a report is called in a sentence."""
    year = f" {report.year} 年" if report.year else ""
    return f"{report.issuer or '未写明机关'}{year}报告"


def _year(current: Report, report: Report) -> Year:
    is_last = report.year == current.year - 1
    five = report.sections.get(_PROBLEMS, "") if is_last else ""
    return Year(
        other=report,
        sections=_sections(current, report),
        moved=movements(current, report),
        problems=followed_up(current, problems_of(five)),
        measures=followed_up(current, measures_of(five)),
    )


def _sections(current: Report, other: Report) -> tuple[Likeness, ...]:
    return tuple(section_likeness(current, other, key) for key in PROSE_SECTIONS)
