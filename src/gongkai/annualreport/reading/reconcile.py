"""Choosing among several readings of table 3 by the identities of the table itself."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from gongkai.annualreport.format import RequestTable
from gongkai.annualreport.model import Cell

Row = tuple[Cell, ...]
# More combinations than this are not a misprint but an unreadable table.
_MOST_COMBINATIONS = 512


def reconcile(table: RequestTable, readings: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Return, by row, the readings that stay possible after sums and identities were applied."""
    kept = {row: _by_row_sum(rows) for row, rows in readings.items()}
    doubtful = [row for row, rows in kept.items() if len(rows) > 1]
    size = 1
    for row in doubtful:
        size *= len(kept[row])
    if not doubtful or size > _MOST_COMBINATIONS:
        return kept
    fitting = [
        choice
        for choice in itertools.product(*(kept[row] for row in doubtful))
        if _columns_hold(table, {**_firsts(kept), **dict(zip(doubtful, choice, strict=True))})
    ]
    for place, row in enumerate(doubtful):
        kept[row] = list(dict.fromkeys(choice[place] for choice in fitting)) or kept[row]
    return kept


def agreed(rows: Sequence[Row]) -> Row:
    """Return what all readings share; a cell they differ in is None."""
    return tuple(cells[0] if len(set(cells)) == 1 else None for cells in zip(*rows, strict=True))


def _firsts(kept: Mapping[str, list[Row]]) -> dict[str, Row]:
    return {row: rows[0] for row, rows in kept.items()}


def _by_row_sum(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if _sums(row)] or list(rows)


def _sums(row: Row) -> bool:
    counts = [cell for cell in row if isinstance(cell, int)]
    return len(counts) == len(row) and sum(counts[:-1]) == counts[-1]


def _columns_hold(table: RequestTable, rows: Mapping[str, Row]) -> bool:
    received, left = table.keys_of("in"), table.keys_of("total", "out")
    done, total = table.keys_of("result"), table.keys_of("total")
    places = range(len(table.columns))
    return all(
        _sum(rows, received, place) == _sum(rows, left, place)
        and _sum(rows, done, place) == _sum(rows, total, place)
        for place in places
    )


def _sum(rows: Mapping[str, Row], keys: Sequence[str], place: int) -> int:
    cells = (rows[key][place] for key in keys if key in rows)
    return sum(cell for cell in cells if isinstance(cell, int))
