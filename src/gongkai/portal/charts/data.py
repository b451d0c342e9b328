"""What a chart shows, and how its figures are written."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SERIES = 4
"""As many series as there are patterns one can tell apart without colour."""

_TEN_THOUSAND = 10_000
_STEPS = ((_TEN_THOUSAND**3, "万亿"), (_TEN_THOUSAND**2, "亿"), (_TEN_THOUSAND, "万"))


@dataclass(frozen=True)
class Series:
    """One value for each label of its chart. None is missing, which is not zero."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Data:
    """The figures of a chart: counts of one *unit*, never negative.

    Raises ``ValueError`` for a negative value, for series that do not match the labels, and for
    more than ``MOST_SERIES`` series.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        if len(self.series) > MOST_SERIES:
            raise ValueError(f"at most {MOST_SERIES} series can be told apart")
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("each series needs one value a label")
        if any(value < 0 for value in self.known):
            raise ValueError("a count is not negative")

    @property
    def known(self) -> list[int]:
        """Every value that is not missing."""
        return [value for one in self.series for value in one.values if value is not None]

    @property
    def peak(self) -> int:
        """The largest value, at least 1, so that shares of it can be taken."""
        return max([1, *self.known])

    @property
    def rows(self) -> list[tuple[str, list[int | None]]]:
        """The same figures as the rows of a table."""
        return [
            (label, [one.values[n] for one in self.series]) for n, label in enumerate(self.labels)
        ]

    @property
    def sentence(self) -> str:
        """The whole chart in words, for who cannot see it."""
        return "；".join(f"{label}：{self._said(values)}" for label, values in self.rows) + "。"

    def _said(self, values: list[int | None]) -> str:
        many = len(self.series) > 1
        return "，".join(
            (f"{one.name} " if many else "") + ("缺" if value is None else f"{value} {self.unit}")
            for one, value in zip(self.series, values, strict=True)
        )


def written(value: int | None) -> str:
    """Return *value* as short as a chart needs: 12345 is 1.2万, a missing one 缺."""
    if value is None:
        return "缺"
    for step, name in _STEPS:
        if value >= step:
            tenths = value * 10 // step
            return f"{tenths // 10}{name}" if tenths % 10 == 0 else f"{tenths / 10:.1f}{name}"
    return str(value)
