"""The three tables of a report with the wrong cells marked and tied to what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from gongkai.annualreport.checking.finding import Finding, Severity
from gongkai.annualreport.model import Report
from gongkai.annualreport.verdict.verdict import Verdict
from gongkai.annualreport.writing.html import table_html

# A sign and a word for each severity: colour alone would be lost on some readers and on paper.
SIGNS: Mapping[Severity, str] = {"error": "✗", "warning": "?", "info": "i"}
_MARKED: tuple[Severity, ...] = ("error", "warning")
_IDS = re.compile(r'(?<= )(id|headers)="([^"]*)"')


@dataclass(frozen=True)
class Numbered:
    """A finding with its number within the file, by which cells and links refer to it."""

    n: int
    finding: Finding

    def address(self, prefix: str) -> str:
        """The id of the finding on the page."""
        return f"{prefix}n{self.n}"


def numbered(verdict: Verdict) -> list[Numbered]:
    """Return findings the gravest first, numbered through."""
    ordered = [
        finding for severity in ("error", "warning", "info") for finding in verdict.of(severity)
    ]
    return [Numbered(n, finding) for n, finding in enumerate(ordered, start=1)]


def marked_tables(
    report: Report, found: list[Numbered], prefix: str, *, place: str = ""
) -> list[str]:
    """Return the tables, each in a region that scrolls and that the keyboard can reach.

    `prefix` begins every id; `place` tells the regions of several reports on one page apart.
    """
    by_cell: dict[str, list[Numbered]] = {}
    for one in found:
        if one.finding.severity in _MARKED:
            for key in one.finding.cells:
                by_cell.setdefault(key, []).append(one)
    return [
        _region(report, table, place, _table(report, table, by_cell, prefix))
        for table in ("t2", "t3", "t4")
    ]


def cell_name(report: Report, key: str) -> str:
    """What a clerk calls a cell."""
    return report.form.names.get(key, key)


def _region(report: Report, table: str, place: str, markup: str) -> str:
    heading = next(one.heading for one in report.form.sections if one.table == table)
    return (
        f'<div class="v-scroll" role="region" tabindex="0" aria-label="{escape(place + heading)}">\n'
        f"{markup}\n</div>"
    )


def _table(report: Report, table: str, by_cell: Mapping[str, list[Numbered]], prefix: str) -> str:
    def content(key: str) -> str:
        return _cell(report, key, by_cell.get(key, []), prefix)

    return _own_ids(table_html(report, table, cell_content=content), prefix)


def _cell(report: Report, key: str, found: list[Numbered], prefix: str) -> str:
    value = report.figures.get(key)
    printed = "" if value is None else escape(str(value))
    if not found:
        return printed
    worst = found[0]
    severity = worst.finding.severity
    shown = printed or '<span class="v-blank">空白</span>'
    should = _should(report, key, found)
    hint = f'<span class="v-should">{should}</span>' if should else ""
    more = f"等 {len(found)} 项" if len(found) > 1 else ""
    return (
        f'<a class="v-mark v-{severity}" id="{prefix}{escape(key)}" '
        f'href="#{worst.address(prefix)}">'
        f'<span class="v-value"><span class="v-sign" aria-hidden="true">{SIGNS[severity]}</span>'
        f"{shown}</span>{hint}"
        f'<span class="v-ref">见第 {worst.n} 项{more}</span></a>'
    )


def _should(report: Report, key: str, found: list[Numbered]) -> str:
    """What the sum should be, in the one cell that a finding says is wrong."""
    for one in found:
        expected, actual = one.finding.expected, one.finding.actual
        if one.finding.severity != "error" or expected is None or actual is None:
            continue
        alike = [cell for cell in one.finding.cells if report.figures.get(cell) == actual]
        if alike == [key] and str(expected).replace(".", "", 1).isdecimal():
            return f"应为 {escape(str(expected))}"
    return ""


def _own_ids(markup: str, prefix: str) -> str:
    """Two reports on one page must not share the ids that tie headings to figures."""

    def own(match: re.Match[str]) -> str:
        names = [
            name if name.startswith(prefix) else f"{prefix}{name}" for name in match[2].split()
        ]
        return f'{match[1]}="{" ".join(names)}"'

    return _IDS.sub(own, markup)
