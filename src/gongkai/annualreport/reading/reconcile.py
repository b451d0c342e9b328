"""Choosing among several readings of table 3 by the identities of the table itself.

Row by row, a reading whose parts add up to its total beats one whose parts do not. Then the columns:
第一项＋第二项＝（七）总计＋第四项, and （七）总计 is the sum of the results. When the table itself is
wrong, no choice satisfies every identity; then as few as possible are given up, and only what all the
remaining choices share is taken as read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annualreport.format import RequestTable
from gongkai.annualreport.model import Cell

Row = tuple[Cell, ...]
# Beyond these the print is not a misprint but an unreadable table.
_MOST_CHOICES = 256
_MOST_STEPS = 20_000
_MOST_GIVEN_UP = 2


def reconcile(table: RequestTable, readings: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Return, by row, the readings that stay possible after sums and identities were applied."""
    kept = {row: _by_row_sum(rows) for row, rows in readings.items()}
    open_rows = {
        row: rows for row, rows in kept.items() if len(rows) > 1 and all(map(_whole, rows))
    }
    identities = [one for one in _identities(table, kept) if one.touches(open_rows)]
    for given_up in range(min(_MOST_GIVEN_UP, len(identities)) + 1):
        choices = _choices(identities, open_rows, given_up)
        if choices is None:
            return kept
        if choices:
            return kept | {
                row: list(dict.fromkeys(choice[row] for choice in choices)) for row in open_rows
            }
    return kept


def agreed(rows: Sequence[Row]) -> Row:
    """Return what all readings share; a cell they differ in is None."""
    return tuple(cells[0] if len(set(cells)) == 1 else None for cells in zip(*rows, strict=True))


def sums(row: Row) -> bool:
    """Tell whether the parts of a row, all of them numbers, add up to its last cell."""
    counts = [cell for cell in row if isinstance(cell, int)]
    return len(counts) == len(row) and sum(counts[:-1]) == counts[-1]


def _by_row_sum(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if sums(row)] or list(rows)


def _whole(row: Row) -> bool:
    return all(isinstance(cell, int) for cell in row)


@dataclass(frozen=True)
class _Identity:
    """Σ sign × row[place] = 0 in one column; rows that are already read are in `fixed`."""

    place: int
    signs: Mapping[str, int]
    fixed: int

    def touches(self, rows: Mapping[str, object]) -> bool:
        return any(row in rows for row in self.signs)


def _identities(table: RequestTable, kept: Mapping[str, list[Row]]) -> Iterator[_Identity]:
    """Yield the identities whose rows are all read, or have only readings that are numbers."""
    received, left = table.keys_of("in"), table.keys_of("total", "out")
    results, total = table.keys_of("result"), table.keys_of("total")
    for plus, minus in ((received, left), (results, total)):
        signs = dict.fromkeys(plus, 1) | dict.fromkeys(minus, -1)
        for place in range(len(table.columns)):
            if all(key in kept and _known(kept[key], place) for key in signs):
                yield _fixed(place, signs, kept)


def _known(rows: Sequence[Row], place: int) -> bool:
    return all(isinstance(row[place], int) for row in rows) and (
        len(rows) == 1 or all(map(_whole, rows))
    )


def _fixed(place: int, signs: Mapping[str, int], kept: Mapping[str, list[Row]]) -> _Identity:
    fixed = 0
    for key, sign in signs.items():
        cell = kept[key][0][place]
        if len(kept[key]) == 1 and isinstance(cell, int):
            fixed += sign * cell
    return _Identity(place, signs, fixed)


def _choices(
    identities: Sequence[_Identity], rows: Mapping[str, Sequence[Row]], given_up: int
) -> list[dict[str, Row]] | None:
    """Return the choices that satisfy all identities but `given_up`; None when there are too many."""
    found: list[dict[str, Row]] = []
    steps = 0
    for without in itertools.combinations(range(len(identities)), given_up):
        held = [one for place, one in enumerate(identities) if place not in without]
        search = _Search(held, rows)
        found += search.run()
        steps += search.steps
        if steps > _MOST_STEPS or len(found) > _MOST_CHOICES:
            return None
    return found


class _Search:
    """Depth first through the open rows; a branch ends where some identity is out of reach."""

    def __init__(self, identities: Sequence[_Identity], rows: Mapping[str, Sequence[Row]]) -> None:
        self.order = sorted(rows, key=lambda row: len(rows[row]))
        self.rows = rows
        self.identities = identities
        self.steps = 0
        self._reach = [list(self._reach_after(one)) for one in identities]

    def run(self) -> list[dict[str, Row]]:
        """Return every choice, or the first ones when there are too many."""
        found: list[dict[str, Row]] = []
        self._visit(0, [one.fixed for one in self.identities], {}, found)
        return found

    def _reach_after(self, identity: _Identity) -> Iterator[tuple[int, int]]:
        """How far the rows from each place of the order on can still move the sum."""
        for place in range(len(self.order) + 1):
            moves = [
                [identity.signs[row] * _count(one[identity.place]) for one in self.rows[row]]
                for row in self.order[place:]
                if row in identity.signs
            ]
            yield sum(map(min, moves)), sum(map(max, moves))

    def _visit(
        self, place: int, sums: list[int], chosen: dict[str, Row], found: list[dict[str, Row]]
    ) -> None:
        self.steps += 1
        if self.steps > _MOST_STEPS or len(found) > _MOST_CHOICES:
            return
        if place == len(self.order):
            found.append(dict(chosen))
            return
        row = self.order[place]
        for reading in self.rows[row]:
            moved = [
                total + one.signs.get(row, 0) * _count(reading[one.place])
                for total, one in zip(sums, self.identities, strict=True)
            ]
            if self._in_reach(place + 1, moved):
                chosen[row] = reading
                self._visit(place + 1, moved, chosen, found)

    def _in_reach(self, place: int, sums: Sequence[int]) -> bool:
        return all(
            reach[place][0] <= -total <= reach[place][1]
            for total, reach in zip(sums, self._reach, strict=True)
        )


def _count(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
