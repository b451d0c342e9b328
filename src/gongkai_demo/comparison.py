"""The demo ledger's report against the published one, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.queries import county
from gongkai.annualreport.model import Cell, Report, from_json
from gongkai.reporting.queries import released_report
from gongkai_demo.organs import DATA

YEAR = 2024


@dataclass(frozen=True)
class Difference:
    """A cell in which the two reports differ."""

    key: str
    published: Cell
    compiled: Cell


def published() -> Report:
    """Return the published figures of the county's 2024 report."""
    return from_json((DATA / f"published-{YEAR}.json").read_bytes())


def differences() -> tuple[int, list[Difference]]:
    """Return how many cells were compared and those that differ."""
    compiled = released_report(county(), YEAR)
    cells = compiled.cells() if compiled else {}
    expected = published().cells()
    found = [
        Difference(key, value, cells.get(key))
        for key, value in expected.items()
        if cells.get(key) != value
    ]
    return len(expected), found
