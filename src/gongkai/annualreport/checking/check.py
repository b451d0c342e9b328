"""`check`: a report in, findings out, in the order of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gongkai.annualreport.checking.arithmetic import check_arithmetic
from gongkai.annualreport.checking.breakdowns import check_breakdowns
from gongkai.annualreport.checking.content import check_content
from gongkai.annualreport.checking.copied import check_copied
from gongkai.annualreport.checking.deadlines import check_deadlines
from gongkai.annualreport.checking.finding import Finding, catalogue
from gongkai.annualreport.checking.follow_up import check_follow_up
from gongkai.annualreport.checking.form_version import check_form_version
from gongkai.annualreport.checking.ledger import check_ledger
from gongkai.annualreport.checking.plausibility import check_plausibility
from gongkai.annualreport.checking.previous import check_previous
from gongkai.annualreport.checking.registers import check_registers
from gongkai.annualreport.checking.statements import check_statements
from gongkai.annualreport.checking.structure import check_structure
from gongkai.annualreport.checking.subject import LedgerFacts, LocalRules, Subject
from gongkai.annualreport.checking.units import check_units
from gongkai.annualreport.format import all_formats
from gongkai.annualreport.model import Report
from gongkai.annualreport.printed import PrintedForm

_CHECKS = (
    check_structure,
    check_form_version,
    check_arithmetic,
    check_previous,
    check_follow_up,
    check_plausibility,
    check_statements,
    check_breakdowns,
    check_content,
    check_copied,
    check_deadlines,
    check_ledger,
    check_registers,
    check_units,
)


def check(
    report: Report,
    *,
    printed: PrintedForm | None = None,
    prev: Report | None = None,
    ledger: LedgerFacts | None = None,
    units: Sequence[Report] | None = None,
    obligated: Sequence[str] | None = None,
    local: LocalRules | None = None,
) -> list[Finding]:
    """Return what is wrong or doubtful in a report. What is not given is not checked.

    `printed` is its form as found in a document, `prev` the same body's report of the year before,
    `ledger` what the office's records say, `units` the reports of the bodies it rolls up and
    `obligated` the complete list of their names: only with it is a wrong sum an error.
    """
    subject = Subject(
        report=report,
        printed=printed,
        prev=prev,
        ledger=ledger,
        units=units,
        obligated=obligated,
        local=local or LocalRules(),
    )
    found = {finding: None for one in _CHECKS for finding in one(subject)}
    return _of_its_year(subject, in_order(found))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of the catalogue."""
    order = {code: place for place, code in enumerate(catalogue())}
    return sorted(findings, key=lambda finding: order[finding.code])


def _of_its_year(subject: Subject, found: list[Finding]) -> list[Finding]:
    """A report of 2019 or 2020 was made under the older instrument, which is then the basis."""
    current, own = max(all_formats(), key=lambda form: form.first_year), subject.required_form
    if own.instrument == current.instrument:
        return found
    return [
        replace(finding, basis=finding.basis.replace(current.instrument, own.instrument))
        for finding in found
    ]
