"""The tables of the page of statistics, made of one pass over the requests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.foi.statistics.courses import STAGES, Course
from gongkai.foi.statistics.spread import Spread, spread
from gongkai.law.outcomes import ROW_TITLES


@dataclass(frozen=True)
class Counts:
    """Requests received, decided of them, late, extended; *days* from receipt to decision."""

    received: int
    decided: int
    late: int
    extended: int
    days: Spread

    @property
    def extension_rate(self) -> int:
        """Extended requests in a hundred received."""
        return round(100 * self.extended / self.received) if self.received else 0


@dataclass(frozen=True)
class Tables:
    """Everything the page shows. *months* are received and decided of them, by month of receipt."""

    whole: Counts
    units: Sequence[tuple[str, Counts]]
    stages: Sequence[tuple[str, Spread]]
    outcomes: Sequence[tuple[str, int]]
    months: Sequence[tuple[str, int, int]]


def tables(found: Iterable[Course], names: Mapping[int, str]) -> Tables:
    """Return the tables of *found*; *names* is what each agency is called."""
    every = list(found)
    stages: dict[str, list[int]] = defaultdict(list)
    units: dict[int, list[Course]] = defaultdict(list)
    for one in every:
        units[one.agency_id].append(one)
        for name, days in one.stages.items():
            stages[name].extend(days)
    received = Counter(f"{one.received_on:%Y-%m}" for one in every)
    decided = Counter(f"{one.received_on:%Y-%m}" for one in every if one.decided_on)
    ended = Counter(one.row for one in every if one.row)
    rows = [(names[agency], _counts(mine)) for agency, mine in units.items()]
    return Tables(
        whole=_counts(every),
        units=sorted(rows, key=lambda row: (-row[1].received, row[0])),
        stages=[(label, spread(stages[name])) for name, label in STAGES.items()],
        outcomes=[(title, ended[row]) for row, title in ROW_TITLES.items() if ended[row]],
        months=[(month, received[month], decided[month]) for month in sorted(received)],
    )


def _counts(found: Sequence[Course]) -> Counts:
    return Counts(
        received=len(found),
        decided=sum(one.decided_on is not None for one in found),
        late=sum(one.late for one in found),
        extended=sum(one.extended for one in found),
        days=spread(one.days for one in found if one.days is not None),
    )
