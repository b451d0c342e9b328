"""From figures to a report: the same on any day of the year, final after 31 December."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency, Level
from gongkai.agencies.queries import name_of, rolled_up
from gongkai.annualreport import model as printed
from gongkai.annualreport.money import wan_yuan
from gongkai.figures import registry
from gongkai.figures.registry import Scope, Value
from gongkai.reporting.models import Report
from gongkai.reporting.narrative import expand
from gongkai.rulebook.queries import rules_on

FEE = "t2.fee"
_LEVELS: Mapping[str, printed.Level] = {Level.COUNTY: "county", Level.TOWNSHIP: "township"}


@dataclass(frozen=True)
class Draft:
    """What the report of *row* says as of a day, with the value of every registered figure."""

    row: Report
    scope: Scope
    values: Mapping[str, Value]
    report: printed.Report


def scope_of(agency: Agency, year: int, as_of: date) -> Scope:
    """Return whose figures make *agency*'s report: the county's is the roll-up of its organs (law: K8)."""
    agencies = tuple(rolled_up()) if agency.level == Level.COUNTY else (agency,)
    last = min(as_of, date(year, 12, 31))
    return Scope(agencies, year, last, rules_on(last))


def compile_draft(row: Report, as_of: date) -> Draft:
    """Return the report of *row* as it would read on *as_of*. A figure with a gap is left blank."""
    scope = scope_of(row.agency, row.year, as_of)
    values = registry.values(scope)
    texts = {str(section.n): expand(section.text, values) for section in row.sections.all()}
    report = printed.build(
        issuer=name_of(row.agency, scope.as_of).name,
        level=_LEVELS.get(row.agency.level, "department"),
        year=row.year,
        format=row.format,
        period=printed.interval(scope.first, scope.as_of),
        contact=row.contact,
        cells={key: _cell(key, values[key]) for key in printed.cell_keys(row.format)},
        sections=texts,
    )
    return Draft(row, scope, values, report)


def _cell(key: str, value: Value) -> printed.Cell:
    if value.amount is None:
        return None
    return wan_yuan(value.amount) if key == FEE else value.amount
