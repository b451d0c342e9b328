"""Figures that moved from one year to the next more than is usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annualreport.checking.cells import value_as
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.model import Report
from gongkai.annualreport.money import decimal_of


@dataclass(frozen=True, kw_only=True)
class Movement:
    """A cell that moved. Of tables 2 and 4 every cell is looked at, of table 3 the 总计 of each row."""

    key: str
    name: str
    before: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        """The absolute change, in 件 or 万元."""
        return self.now - self.before

    @property
    def ratio(self) -> Decimal | None:
        """Now ÷ before; None when there was nothing before."""
        return self.now / self.before if self.before else None


def movements(current: Report, earlier: Report) -> tuple[Movement, ...]:
    """Return the cells whose ratio leaves `change_ratio`, small numbers left out, in printed order.

    A cell is small when both years are below `small_change.least` or differ by less than it. Cells
    that the other year's form does not have, or that are blank, are not compared.
    """
    return tuple(one for one in _compared(current, earlier) if _is_moved(one))


def _compared(current: Report, earlier: Report) -> Iterator[Movement]:
    for key, kind in current.form.kinds.items():
        if kind in ("amount", "change") or (key.startswith("t3.") and not key.endswith(".tot")):
            continue
        now, before = decimal_of(current.figures[key]), decimal_of(value_as(earlier, key))
        if now is not None and before is not None:
            yield Movement(key=key, name=current.form.names[key], before=before, now=now)


def _is_moved(one: Movement) -> bool:
    if abs(one.change) < threshold("small_change", "least"):
        return False
    low, high = threshold("change_ratio", "low"), threshold("change_ratio", "high")
    return one.ratio is None or not low <= one.ratio <= high
