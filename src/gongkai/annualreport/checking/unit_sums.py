"""Adding the reports of units cell by cell; a blank is named and never taken for zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annualreport.checking.cells import value_as
from gongkai.annualreport.format import ReportFormat
from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.money import decimal_of


@dataclass(frozen=True, kw_only=True)
class CellSum:
    """One cell over all units: what each contributes, and which of them left it blank.

    Amounts are exact: 件 as whole numbers, 行政事业性收费 in 万元.
    """

    key: str
    parts: tuple[tuple[str, Decimal], ...]
    blank: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of what is filled in; with `blank` it is only the least it can be."""
        return sum((amount for _, amount in self.parts), Decimal(0))

    @property
    def contributors(self) -> tuple[tuple[str, Decimal], ...]:
        """The units whose cell is not 0, largest first."""
        filled = (part for part in self.parts if part[1])
        return tuple(sorted(filled, key=lambda part: -part[1]))

    def equals(self, cell: Cell) -> bool | None:
        """Whether `cell` is the sum; None when a blank on either side leaves it open."""
        amount = decimal_of(cell)
        return None if self.blank or amount is None else amount == self.total


def sum_cells(form: ReportFormat, units: Sequence[tuple[str, Report]]) -> dict[str, CellSum]:
    """Return the sum of every cell of `form` over named unit reports, in printed order."""
    return {key: _sum(key, units) for key in form.kinds}


def as_printed(amount: Decimal) -> str:
    """An exact amount in plain digits, without zeros that say nothing: 12.50 → "12.5"."""
    if amount == amount.to_integral_value():
        return str(int(amount))
    return f"{amount.normalize():f}"


def _sum(key: str, units: Sequence[tuple[str, Report]]) -> CellSum:
    amounts = [(name, decimal_of(value_as(report, key))) for name, report in units]
    return CellSum(
        key=key,
        parts=tuple((name, amount) for name, amount in amounts if amount is not None),
        blank=tuple(name for name, amount in amounts if amount is None),
    )
