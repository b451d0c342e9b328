"""A government's report against the reports it rolls up: G-01…G-04, A-10…A-13.

The sum is an error only against a complete list of the obligated units; without one, a report may
simply be missing from what was handed in. 采购总金额 of the older form has no fixed unit: not added.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annualreport.checking.arithmetic import check_arithmetic
from gongkai.annualreport.checking.finding import Finding, Severity, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.checking.unit_sums import CellSum, as_printed, sum_cells
from gongkai.annualreport.model import Report
from gongkai.annualreport.wording import squeeze

_CODES = {"t2.licence": "A-10", "t2.penalty": "A-11", "t2.coercion": "A-12", "t2.fee": "A-13"}
_JOINT = ("t2.norm.made", "t2.norm.repealed", "t2.norm.valid")
_MOST_NAMED = 5


@dataclass(frozen=True)
class _Unit:
    name: str
    report: Report


def check_units(subject: Subject) -> Iterator[Finding]:
    """Yield units that are missing, twice, of another year or wrong in themselves, then wrong sums."""
    if subject.units is None:
        return
    units = [
        _Unit(squeeze(unit.issuer) or f"第 {place} 份（没有写明机关）", unit)
        for place, unit in enumerate(subject.units, start=1)
    ]
    counted, doubts = _counted(subject, units)
    yield from doubts
    missing = _missing(subject, counted)
    yield from missing
    for unit in counted:
        yield from _own_arithmetic(unit)
    complete = subject.obligated is not None and not missing and not doubts
    yield from _sums(subject, counted, complete=complete)


def matches(wanted: str, name: str) -> bool:
    """Whether a name on a list and a printed name mean one body: 教育局 is 青禾县教育局."""
    one, other = squeeze(wanted), squeeze(name)
    return bool(one and other) and (one.endswith(other) or other.endswith(one))


def _counted(subject: Subject, units: Sequence[_Unit]) -> tuple[list[_Unit], list[Finding]]:
    """The units to be added, each once and of the year, and a finding for every other."""
    seen: dict[str, Report] = {}
    doubts: list[Finding] = []
    for unit in units:
        if unit.report.year != subject.report.year:
            doubts.append(_another_year(subject, unit))
        elif unit.name in seen:
            doubts.append(_twice(unit, same=unit.report.figures == seen[unit.name].figures))
        else:
            seen[unit.name] = unit.report
    return [_Unit(name, report) for name, report in seen.items()], doubts


def _another_year(subject: Subject, unit: _Unit) -> Finding:
    year = f"{unit.report.year} 年" if unit.report.year else "没有写明年度"
    return finding(
        "G-02",
        f"{unit.name}的报告是{year}的，不是 {subject.report.year} 年，没有计入汇总；请换成本年度的报告。",
        expected=subject.report.year,
        actual=unit.report.year,
    )


def _twice(unit: _Unit, *, same: bool) -> Finding:
    return finding(
        "G-02",
        f"{unit.name}的报告交了两份，"
        + ("内容相同，只计一份；" if same else "数字不同，只计了前一份；")
        + "请确认哪份有效，删去另一份。",
        expected="1 份",
        actual="2 份",
    )


def _missing(subject: Subject, units: Sequence[_Unit]) -> list[Finding]:
    expected = subject.obligated or ()
    names = [unit.name for unit in units]
    absent = [one for one in expected if not any(matches(one, name) for name in names)]
    extra = [name for name in names if not any(matches(one, name) for one in expected)]
    found = []
    if absent:
        found.append(
            finding(
                "G-02",
                f"应报送 {len(expected)} 个单位，缺 {len(absent)} 个：{_some(absent)}；请催报，缺报不等于零。",
                expected=len(expected),
                actual=len(expected) - len(absent),
            )
        )
    if expected and extra:
        found.append(
            finding(
                "G-02",
                f"有 {len(extra)} 个单位不在应报送名单里：{_some(extra)}；请核对名单或单位名称。",
                expected=len(expected),
                actual=len(names),
            )
        )
    return found


def _own_arithmetic(unit: _Unit) -> Iterator[Finding]:
    wrong = list(check_arithmetic(Subject(report=unit.report)))
    if wrong:
        codes = "、".join(dict.fromkeys(one.code for one in wrong))
        yield finding(
            "G-03",
            f"{unit.name}的报告自身有 {len(wrong)} 处勾稽不符（{codes}）；请先退回改正再汇总。",
            cells=dict.fromkeys(cell for one in wrong for cell in one.cells),
            expected=0,
            actual=len(wrong),
        )


def _sums(subject: Subject, units: Sequence[_Unit], *, complete: bool) -> Iterator[Finding]:
    sums = sum_cells(subject.form, [(unit.name, unit.report) for unit in units])
    sums = {key: one for key, one in sums.items() if subject.form.kinds[key] != "amount"}
    wrong = [one for key, one in sums.items() if one.equals(subject.report.figures[key]) is False]
    severity: Severity | None = None if complete else "warning"
    for _, group in itertools.groupby(wrong, key=_row_of):
        yield _wrong_sum(subject, list(group), severity)
    yield from _left_blank(list(sums.values()))


def _row_of(one: CellSum) -> str:
    """The cells that are reported together: a row of table 3, a block of table 4, a row of table 2."""
    return one.key.rpartition(".")[0] if one.key.count(".") > 1 else one.key


def _wrong_sum(subject: Subject, cells: list[CellSum], severity: Severity | None) -> Finding:
    first = cells[0]
    joint = first.key in _JOINT
    shown = "、".join(
        f"{subject.name(one.key)}填 {subject.report.figures[one.key]}、各单位合计 {as_printed(one.total)}"
        for one in cells[:3]
    )
    return finding(
        "G-04" if joint else _CODES.get(first.key.removesuffix(".decisions"), "G-01"),
        f"{shown}{' 等' if len(cells) > 3 else ''}；"
        + (
            "联合发文只由主办机关计数，请核对是否重复或漏计。"
            if joint
            else f"请与这些单位核对：{_some([name for name, _ in first.contributors]) or '没有单位填数'}。"
        ),
        cells=[one.key for one in cells],
        expected=as_printed(first.total),
        actual=subject.report.figures[first.key],
        severity=severity,
    )


def _left_blank(sums: Sequence[CellSum]) -> Iterator[Finding]:
    open_cells = [one for one in sums if one.blank]
    if open_cells:
        names = list(dict.fromkeys(name for one in open_cells for name in one.blank))
        yield finding(
            "G-01",
            f"有 {len(open_cells)} 格因单位空白或不是数字而不能核对：{_some(names)}；"
            "空白不当作 0，请退回补填。",
            cells=[one.key for one in open_cells],
            severity="warning",
        )


def _some(names: Sequence[str]) -> str:
    rest = f" 等 {len(names)} 个" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + rest
