"""What is being checked, with everything there is to compare it with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from gongkai.annualreport.format import ReportFormat, all_formats
from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.narrative import Claim, claims
from gongkai.annualreport.printed import PrintedForm


@dataclass(frozen=True, kw_only=True)
class Registers:
    """Sizes of the office's registers for the year; None means not kept, and is not checked.

    `correction_notices` are those of this and the previous year; `reasons_asked` are the cases of
    大量反复申请 with a 说明理由 step, `third_parties_asked` those refused for a third party with its
    opinion sought; `open_at_year_end` are cases whose clock was legitimately open on 31 December.
    """

    documents_shown: int | None = None
    documents_interpreted: int | None = None
    licences_published: int | None = None
    penalties_published: int | None = None
    open_at_year_end: int | None = None
    fee_notices: int | None = None
    correction_notices: int | None = None
    reasons_asked: int | None = None
    third_parties_asked: int | None = None


@dataclass(frozen=True, kw_only=True)
class LedgerFacts:
    """What the office's own records say.

    `cells` by key; `counts` by narrative topic (money in 元); `registers` as far as they are kept.
    """

    cells: Mapping[str, Cell] = field(default_factory=dict)
    counts: Mapping[str, Decimal] = field(default_factory=dict)
    registers: Registers = field(default_factory=Registers)


@dataclass(frozen=True, kw_only=True)
class LocalRules:
    """What a place adds: `slips` maps a wrong wording to the right one (P-10), `publish_by` a level
    to the last day on which its reports of this year may be published there (D-03).
    """

    slips: Mapping[str, str] = field(default_factory=dict)
    publish_by: Mapping[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A report with everything that is known beside it; what is None is not compared with."""

    report: Report
    printed: PrintedForm | None = None
    prev: Report | None = None
    ledger: LedgerFacts | None = None
    units: Sequence[Report] | None = None
    obligated: Sequence[str] | None = None
    local: LocalRules = field(default_factory=LocalRules)

    @property
    def form(self) -> ReportFormat:
        """The form the report is written in."""
        return self.report.form

    @cached_property
    def required_form(self) -> ReportFormat:
        """The official form for the report's year; its own when the year is not known."""
        known = [form for form in all_formats() if form.first_year <= self.report.year]
        return max(known, key=lambda form: form.first_year, default=self.form)

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
        return self.form.names.get(key, key)

    def numbers(self, *keys: str) -> list[int] | None:
        """The counts in `keys`, or None when any is blank or no number: then nothing is computed."""
        found = [self.report.number(key) for key in keys]
        known = [number for number in found if number is not None]
        return known if len(known) == len(found) else None
