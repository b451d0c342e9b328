"""`check`: a report in, findings out, in the order of the catalogue."""

from __future__ import annotations

from gongkai.annualreport.checking.arithmetic import check_arithmetic
from gongkai.annualreport.checking.content import check_content
from gongkai.annualreport.checking.finding import Finding, catalogue
from gongkai.annualreport.checking.ledger import check_ledger
from gongkai.annualreport.checking.plausibility import check_plausibility
from gongkai.annualreport.checking.previous import check_previous
from gongkai.annualreport.checking.statements import check_statements
from gongkai.annualreport.checking.structure import check_structure
from gongkai.annualreport.checking.subject import LedgerFacts, Subject
from gongkai.annualreport.model import Report
from gongkai.annualreport.printed import PrintedForm

_CHECKS = (
    check_structure,
    check_arithmetic,
    check_previous,
    check_plausibility,
    check_statements,
    check_content,
    check_ledger,
)


def check(
    report: Report,
    *,
    printed: PrintedForm | None = None,
    prev: Report | None = None,
    ledger: LedgerFacts | None = None,
) -> list[Finding]:
    """Return what is wrong or doubtful in a report.

    `printed` is its form as found in a document, `prev` the same body's report of the year before,
    `ledger` what the office's records say. What is not given is not checked.
    """
    subject = Subject(report=report, printed=printed, prev=prev, ledger=ledger)
    order = {code: place for place, code in enumerate(catalogue())}
    found = {finding: None for one in _CHECKS for finding in one(subject)}
    return sorted(found, key=lambda finding: order[finding.code])
