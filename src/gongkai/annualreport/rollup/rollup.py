"""`rollup`: who reported, what is wrong in each report, the sum cell by cell, and where it differs.

K8 of the format: a government's report is the roll-up of its own organs. Nothing is guessed: a unit
whose report is missing, of another year or cannot be read is named and adds nothing, and a cell that
a unit left blank leaves the sum open instead of counting as 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath
from typing import Literal

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.checking.finding import Finding, Severity
from gongkai.annualreport.checking.unit_sums import CellSum, as_printed, sum_cells
from gongkai.annualreport.checking.units import matches
from gongkai.annualreport.format import ReportFormat, load_format
from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.wording import squeeze

State = Literal["counted", "unlisted", "twice", "other_year", "own", "unreadable", "missing"]
STATES: Mapping[State, str] = {
    "counted": "已计入",
    "unlisted": "已计入，不在名单",
    "twice": "重复，未计入",
    "other_year": "年度不符，未计入",
    "own": "本级报告，未计入",
    "unreadable": "无法读取",
    "missing": "缺报",
}
_COUNTED: tuple[State, ...] = ("counted", "unlisted")
_NEED: tuple[State, ...] = (
    *("missing", "unreadable", "other_year", "twice", "unlisted"),
    *("counted", "own"),
)
EQUAL, DIFFERENT, UNREADABLE = 0, 1, 2
_CURRENT = "2021"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A file that was handed in, or a unit on the list from which none came.

    `note` says why it was not counted, or what is odd about it.
    """

    name: str
    source: str
    state: State
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    note: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether its figures are in the sum."""
        return self.state in _COUNTED

    def count(self, severity: Severity) -> int:
        """How many findings of one severity its report has."""
        return sum(finding.severity == severity for finding in self.findings)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A cell of the government's own report that is not the sum of the units'."""

    key: str
    name: str
    own: Cell
    total: Decimal
    contributors: tuple[tuple[str, Decimal], ...]

    @property
    def gap(self) -> Decimal | None:
        """Own figure minus sum; None when the own cell is no number."""
        own = decimal_of(self.own)
        return None if own is None else own - self.total

    @property
    def suspects(self) -> tuple[str, ...]:
        """The units whose own figure is exactly what is too much or too little."""
        size = abs(self.gap or Decimal(0))
        return tuple(name for name, value in self.contributors if size and value == size)


@dataclass(frozen=True, kw_only=True)
class RollUp:
    """What came out. `expected` is the list of obligated units, `own` the report that sums them."""

    year: int
    form: ReportFormat
    units: tuple[Unit, ...]
    sums: Mapping[str, CellSum]
    own: Report | None = None
    own_reason: str | None = None
    expected: tuple[str, ...] | None = None

    @cached_property
    def counted(self) -> tuple[Unit, ...]:
        """The units whose figures are in the sum."""
        return tuple(unit for unit in self.units if unit.is_counted)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Every cell of the own report that is not the sum, in printed order."""
        if self.own is None:
            return ()
        return tuple(
            Difference(
                key=key,
                name=self.form.names[key],
                own=self.own.figures.get(key),
                total=one.total,
                contributors=one.contributors,
            )
            for key, one in self.sums.items()
            if key not in self.not_compared and not self._same(key, one)
        )

    @cached_property
    def blanks(self) -> Mapping[str, tuple[str, ...]]:
        """Cells that stay open, and the units that left them blank or wrote something else."""
        return {key: one.blank for key, one in self.sums.items() if one.blank}

    @cached_property
    def not_compared(self) -> frozenset[str]:
        """Cells that cannot be held against the own report: open ones, and amounts without a unit."""
        open_unit = {key for key, kind in self.form.kinds.items() if kind == "amount"}
        return frozenset(open_unit | self.blanks.keys())

    @cached_property
    def by_need(self) -> tuple[Unit, ...]:
        """The units with what asks for action first: not counted, then with faults, then the rest."""
        order = {state: place for place, state in enumerate(_NEED)}
        return tuple(
            sorted(self.units, key=lambda unit: (order[unit.state], not unit.count("error")))
        )

    @property
    def missing(self) -> tuple[Unit, ...]:
        """The units on the list from which nothing usable came."""
        return self.in_state("missing")

    @property
    def exit_code(self) -> int:
        """0 complete and equal, 1 something is missing, wrong or different, 2 something unreadable."""
        if self.in_state("unreadable") or self.own_reason:
            return UNREADABLE
        odd = any(not unit.is_counted and unit.state != "own" for unit in self.units)
        odd = odd or bool(self.in_state("unlisted") or self.blanks or self.differences)
        wrong = any(unit.count("error") for unit in self.counted)
        return DIFFERENT if odd or wrong or not self.counted else EQUAL

    def in_state(self, state: State) -> tuple[Unit, ...]:
        """The units in one state."""
        return tuple(unit for unit in self.units if unit.state == state)

    def as_report(self) -> Report:
        """The sum in the shape of a report, for printing; an open cell is blank."""
        cells: dict[str, Cell] = {}
        for key, one in self.sums.items():
            whole = self.form.kinds[key] not in ("money", "amount")
            cells[key] = int(one.total) if whole else as_printed(one.total)
        figures = {key: None if key in self.blanks else cell for key, cell in cells.items()}
        base = self.own or next((unit.report for unit in self.counted if unit.report), None)
        issuer = self.own.issuer if self.own else ""
        return Report(
            issuer=f"{issuer}各单位汇总",
            year=self.year,
            format=base.format if base else _CURRENT,
            figures=figures,
        )

    def _same(self, key: str, one: CellSum) -> bool:
        return self.own is not None and one.equals(self.own.figures.get(key)) is True


def rollup(
    reports: Sequence[tuple[str, Report | None, str | None]],
    own: Report | None = None,
    expected: Sequence[str] | None = None,
    *,
    found: Mapping[str, Sequence[Finding]] | None = None,
    own_reason: str | None = None,
) -> RollUp:
    """Add up unit reports, given as (source, report or None, reason why it could not be read).

    `own` is the report that sums them, `expected` the complete list of obligated units. `found`
    gives, by source, findings made while reading; without it only the values are checked here.
    `own_reason` says why the report that sums them could not be read.
    """
    year = own.year if own and own.year else _usual_year(reports)
    names = tuple(dict.fromkeys(squeeze(name) for name in expected or () if squeeze(name)))
    units = [
        replace(unit, findings=tuple(_findings(unit, found or {})))
        for unit in _sorted_out(reports, own, year, names)
    ]
    units += [
        Unit(
            name=name,
            source="",
            state="missing",
            note="名单上有，没有收到报告；请催报，缺报不等于零。",
        )
        for name in names
        if not any(matches(name, unit.name) for unit in units if unit.state != "own")
    ]
    counted = [(unit.name, unit.report) for unit in units if unit.is_counted and unit.report]
    form = own.form if own else _usual_form([report for _, report in counted])
    return RollUp(
        year=year,
        form=form,
        units=tuple(units),
        sums=sum_cells(form, counted),
        own=own,
        own_reason=own_reason,
        expected=None if expected is None else names,
    )


def _usual_year(reports: Sequence[tuple[str, Report | None, str | None]]) -> int:
    years = Counter(report.year for _, report, _ in reports if report is not None and report.year)
    return max(years, key=lambda year: (years[year], year), default=0)


def _usual_form(reports: Sequence[Report]) -> ReportFormat:
    forms = Counter(report.form for report in reports)
    return forms.most_common(1)[0][0] if forms else load_format(_CURRENT)


def _findings(unit: Unit, found: Mapping[str, Sequence[Finding]]) -> Sequence[Finding]:
    if unit.report is None:
        return ()
    return found[unit.source] if unit.source in found else check(unit.report)


def _sorted_out(
    reports: Sequence[tuple[str, Report | None, str | None]],
    own: Report | None,
    year: int,
    names: tuple[str, ...],
) -> list[Unit]:
    units: list[Unit] = []
    for source, report, reason in reports:
        if report is None:
            units.append(
                Unit(
                    name=_name_of(source, None, names),
                    source=source,
                    state="unreadable",
                    note=reason or "没有读出报告。",
                )
            )
        else:
            units.append(_placed(source, report, own, year, names, units))
    return units


def _placed(
    source: str,
    report: Report,
    own: Report | None,
    year: int,
    names: tuple[str, ...],
    before: Sequence[Unit],
) -> Unit:
    name = _name_of(source, report, names)
    if own is not None and squeeze(report.issuer) == squeeze(own.issuer) != "":
        return Unit(name=name, source=source, state="own", report=report)
    if report.year != year:
        stated = f"{report.year} 年" if report.year else "没有写明年度"
        note = f"报告是{stated}的，应为 {year} 年；请换成本年度的报告。"
        return Unit(name=name, source=source, state="other_year", report=report, note=note)
    first = next((unit for unit in before if unit.is_counted and unit.name == name), None)
    if first is not None:
        same = first.report is not None and first.report.figures == report.figures
        note = f"与 {first.source} 重复，{'数字相同' if same else '数字不同'}；请确认哪份有效。"
        return Unit(name=name, source=source, state="twice", report=report, note=note)
    if names and not any(matches(one, name) for one in names):
        note = "名单里没有这个单位；请核对名单或单位名称。"
        return Unit(name=name, source=source, state="unlisted", report=report, note=note)
    return Unit(name=name, source=source, state="counted", report=report)


def _name_of(source: str, report: Report | None, names: Sequence[str]) -> str:
    """The printed name; where there is none, the one on the list that the file is named after."""
    if report is not None and squeeze(report.issuer):
        return squeeze(report.issuer)
    stem = squeeze(PurePath(source).stem)
    named = [name for name in names if name in stem]
    return max(named, key=len) if named else stem
