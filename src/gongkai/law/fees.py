"""The fee for handling information (信息处理费), 国办函〔2020〕109号. Money is integer 分.

Two bases, by requests or by pages; a request is charged on one of them, never on both. Up to the
free quantity there is no fee, and charging above it is allowed, not required.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from gongkai.law.errors import FeeError
from gongkai.law.packaged import table
from gongkai.law.parameters import Certainty


@dataclass(frozen=True)
class Step:
    """Beyond the bands: from unit *from_* on, *first* 分 each, *rise* more after every *size* units.

    *size* 0: the rate stays.
    """

    from_: int
    size: int
    first: int
    rise: int


@dataclass(frozen=True)
class Portion:
    """Units *first* to *last* at one *rate*: a line of how a fee was computed."""

    first: int
    last: int
    rate: int

    @property
    def fen(self) -> int:
        return (self.last - self.first + 1) * self.rate

    @property
    def money(self) -> str:
        """The fee of these units in 元."""
        return yuan(self.fen)

    @property
    def each(self) -> str:
        """The rate of one unit in 元."""
        return yuan(self.rate)


@dataclass(frozen=True)
class Scale:
    """A progressive scale: *bands* are (from, to, 分 a unit)."""

    unit: str
    window: str
    bands: tuple[tuple[int, int, int], ...]
    step: Step

    @property
    def free(self) -> int:
        """Units without a fee."""
        return max(last for _, last, rate in self.bands if rate == 0)

    def rate(self, n: int) -> int:
        """分 for the *n*-th unit alone."""
        for first, last, rate in self.bands:
            if first <= n <= last:
                return rate
        beyond = n - self.step.from_
        return self.step.first + (
            beyond // self.step.size * self.step.rise if self.step.size else 0
        )

    def total(self, n: int) -> int:
        """分 for units 1 to *n* together."""
        within = sum(max(min(n, last) - first + 1, 0) * rate for first, last, rate in self.bands)
        return within + self._total_beyond(max(n - self.step.from_ + 1, 0))

    def portions(self, n: int) -> tuple[Portion, ...]:
        """Units 1 to *n* by their rates, the free ones first; what they cost together is :meth:`total`."""
        found = [
            Portion(first, min(n, last), rate) for first, last, rate in self.bands if first <= n
        ]
        first = self.step.from_
        while first <= n:
            last = min(n, first + self.step.size - 1) if self.step.size else n
            found.append(Portion(first, last, self.rate(first)))
            first = last + 1
        return tuple(found)

    def _total_beyond(self, count: int) -> int:
        full, rest = divmod(count, self.step.size) if self.step.size else (0, count)
        rises = self.step.size * full * (full - 1) // 2 + rest * full
        return count * self.step.first + rises * self.step.rise


@dataclass(frozen=True)
class Tariff:
    """The tariff with its source."""

    title: str
    since: date
    certainty: Certainty
    item: Scale
    page: Scale


def _load() -> Tariff:
    row = table("tariff.toml")
    for scale in ("item", "page"):
        step: Mapping[str, int] = row[scale]["step"]
        row[scale]["step"] = {("from_" if key == "from" else key): step[key] for key in step}
    return msgspec.convert(row, Tariff)


TARIFF: Tariff = _load()


def item_fee(n: int) -> int:
    """分 for the *n*-th request of one applicant in one month, on its own."""
    return TARIFF.item.rate(_quantity(n, "件数", least=1))


def item_total(n: int) -> int:
    """分 for all *n* requests of one applicant in one month together."""
    return TARIFF.item.total(_quantity(n, "件数", least=0))


def page_fee(pages: int) -> int:
    """分 for one request answered with *pages* pages."""
    return TARIFF.page.total(_quantity(pages, "页数", least=0))


def yuan(fen: int) -> str:
    """分 as 元, without needless decimals."""
    whole, rest = divmod(fen, 100)
    return f"{whole}元" if rest == 0 else f"{whole}.{rest:02d}元"


def _quantity(n: int, what: str, least: int) -> int:
    if n < least:
        raise FeeError(f"{what}应为不小于{least}的整数，现在是“{n}”，请改正。")
    return n
