"""The official tables on a page: each figure of the layout with its value, its door, its correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongkai.annualreport.model import Report
from gongkai.annualreport.writing.front import shown
from gongkai.annualreport.writing.layout import Figure, Heading, official_tables
from gongkai.annualreport.writing.layout import Row as LaidRow
from gongkai.annualreport.writing.layout import Table as LaidTable

Address = Callable[[str], str]


@dataclass(frozen=True)
class Door:
    """A figure: what is printed, what it is called, where its list is, and its correction if any."""

    key: str
    name: str
    text: str
    address: str
    headers: str
    correction: str = ""
    colspan: int = 1


Row = tuple[Heading | Door, ...]


@dataclass(frozen=True)
class Table:
    """A table ready to be printed: head rows, and one or more bodies of rows."""

    id: str
    caption: str
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]


def tables(
    report: Report, address: Address, corrections: Mapping[str, str] | None = None
) -> dict[str, Table]:
    """Return tables 2, 3 and 4 of *report* by the number of the section they stand in."""
    noted = corrections or {}

    def opened(figure: Figure) -> Door:
        return Door(
            key=figure.key,
            name=report.form.names[figure.key],
            text=shown(report.cell(figure.key)),
            address=address(figure.key),
            headers=" ".join(figure.headers),
            correction=noted.get(figure.key, ""),
            colspan=figure.colspan,
        )

    return {key: _table(laid, opened) for key, laid in official_tables(report.form).items()}


def _table(laid: LaidTable, opened: Callable[[Figure], Door]) -> Table:
    def row(cells: LaidRow) -> Row:
        return tuple(cell if isinstance(cell, Heading) else opened(cell) for cell in cells)

    head = tuple(row(cells) for cells in laid.head)
    bodies = tuple(tuple(row(cells) for cells in body) for body in laid.bodies)
    return Table(laid.id, laid.caption, head, bodies)
