"""The released report an address names, with what its pages share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from gongkai.annualreport import model as printed
from gongkai.figures.registry import Scope
from gongkai.reporting.compile import scope_of
from gongkai.reporting.models import Erratum, Freeze, Report
from gongkai.reporting.queries import printed_report, released


@dataclass(frozen=True)
class Released:
    """A report the public may read: its row, its public freeze, and what that freeze says."""

    row: Report
    freeze: Freeze
    report: printed.Report

    @property
    def address(self) -> str:
        return reverse("report", args=[self.row.agency.code, self.row.year])

    def cell_address(self, key: str) -> str:
        return f"{self.address}cell/{key}/"

    @property
    def last_day(self) -> date:
        """The day up to which the figures count."""
        return self.report.span[1] if self.report.span else date(self.row.year, 12, 31)

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.row.agency, self.row.year, self.last_day)

    @cached_property
    def errata(self) -> list[Erratum]:
        """The corrections of this report, oldest first."""
        return list(self.freeze.errata.order_by("noted_on", "pk"))


def released_or_404(code: str, year: int) -> Released:
    """Return the released report of the agency *code* for *year*. Raises ``Http404`` while there is none."""
    row = released().filter(agency__code=code, year=year).first()
    if row is None or row.released is None:
        raise Http404(f"{code} {year}")
    return Released(row, row.released, printed_report(row))
