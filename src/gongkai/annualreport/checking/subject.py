"""What is being checked, with everything there is to compare it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from gongkai.annualreport.format import ReportFormat
from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.narrative import Claim, claims
from gongkai.annualreport.printed import PrintedForm


@dataclass(frozen=True, kw_only=True)
class LedgerFacts:
    """What the office's own records say: cells by key, and register counts by narrative topic."""

    cells: Mapping[str, Cell] = field(default_factory=dict)
    counts: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A report with its printed form, last year's report and the ledger, as far as they are known."""

    report: Report
    printed: PrintedForm | None = None
    prev: Report | None = None
    ledger: LedgerFacts | None = None

    @property
    def form(self) -> ReportFormat:
        """The format of the report."""
        return self.report.form

    @property
    def is_government(self) -> bool:
        """Whether the body is a government, which must also report 考核, 评议 and 追究 (Art 50)."""
        return self.report.issuer.endswith("政府")

    @cached_property
    def has_prose(self) -> bool:
        """Whether there is any text at all; figures alone cannot be checked for wording."""
        return any(text.strip() for text in self.report.sections.values())

    @cached_property
    def prose(self) -> str:
        """All sections as one text."""
        return "\n".join(self.section(key) for key in sorted(self.report.sections))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every number the prose states."""
        return tuple(claims(self.prose))

    def section(self, key: str) -> str:
        """The text of one of the six sections; empty when it has none."""
        return self.report.sections.get(key, "")

    def name(self, key: str) -> str:
        """What a clerk calls a cell."""
        return self.form.names[key]

    def numbers(self, *keys: str) -> list[int] | None:
        """The counts in `keys`, or None when any is blank or no number: then nothing is computed."""
        found = [self.report.number(key) for key in keys]
        known = [number for number in found if number is not None]
        return known if len(known) == len(found) else None
