"""What an address of the statistics asks for: agencies, year, month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.agencies.standing import Standing
from gongkai.foi.scope import agencies_seen

_MONTHS = 12


@dataclass(frozen=True)
class Period:
    """A year or one month of it (*month* 0: the whole year), and whose requests."""

    year: int
    month: int
    agency: str
    agencies: Sequence[Agency]

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        month = self.month or _MONTHS
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def keys(self) -> list[int]:
        """The rows of the agencies whose requests are asked for."""
        return [one.pk for one in self.agencies if self.agency in ("", one.code)]

    @property
    def title(self) -> str:
        return f"{self.year} 年" + (f" {self.month} 月" if self.month else "")


def asked(standing: Standing, query: Mapping[str, str]) -> Period:
    """Read an address's query; what cannot be read is this year, every month, every agency one may see."""
    year, month = query.get("year", ""), query.get("month", "")
    is_year = year.isascii() and year.isdigit() and len(year) == 4 and "1900" <= year < "9999"
    is_month = month.isascii() and month.isdigit() and 1 <= int(month[:3]) <= _MONTHS
    return Period(
        year=int(year) if is_year else standing.on.year,
        month=int(month) if is_month else 0,
        agency=query.get("agency", "")[:9].replace("\0", ""),
        agencies=list(agencies_seen(standing).order_by("code")),
    )
