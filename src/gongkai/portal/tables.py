"""The three official tables as rows of headings and figures, each figure with its headings and door.

Merged headings are tied to their figures by ``id`` and ``headers``, because ``scope`` alone does not
carry across them. Labels and order come from the format's data (国办公开办函〔2021〕30号).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.annualreport.format import ActionBlock, RequestRow
from gongkai.annualreport.model import Report

Address = Callable[[str], str]
_LEVELS = 3


@dataclass(frozen=True)
class Heading:
    """A heading cell. *scope* is empty for a remark that heads nothing."""

    text: str
    id: str
    scope: str
    colspan: int = 1
    rowspan: int = 1
    kind: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure: what is printed, what it is called, where its list is, and its correction if any."""

    key: str
    name: str
    text: str
    address: str
    headers: str
    correction: str = ""
    colspan: int = 1


Row = tuple[Heading | Figure, ...]


@dataclass(frozen=True)
class Table:
    """A table ready to be printed: head rows, and one or more bodies of rows."""

    id: str
    caption: str
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True)
class Doors:
    """What every figure of a report's tables needs: its value, its address, its correction."""

    report: Report
    address: Address
    corrections: Mapping[str, str] = field(default_factory=dict)

    def figure(self, key: str, *headers: str, colspan: int = 1) -> Figure:
        value = self.report.cell(key)
        return Figure(
            key=key,
            name=self.report.form.names[key],
            text="" if value is None else str(value),
            address=self.address(key),
            headers=" ".join(headers),
            correction=self.corrections.get(key, ""),
            colspan=colspan,
        )


def tables(
    report: Report, address: Address, corrections: Mapping[str, str] | None = None
) -> dict[str, Table]:
    """Return tables 2, 3 and 4 of *report* by the number of the section they stand in."""
    doors = Doors(report, address, corrections or {})
    build = {"t2": _table2, "t3": _table3, "t4": _table4}
    return {
        section.key: build[section.table](doors, _caption(section.heading))
        for section in report.form.sections
        if section.table
    }


def _caption(heading: str) -> str:
    return heading.partition("、")[2]


def _table2(doors: Doors, caption: str) -> Table:
    blocks = doors.report.form.t2
    width = max(len(block.columns) for block in blocks)
    bodies = tuple(
        tuple(_action_rows(doors, block, f"t2-b{n}", width)) for n, block in enumerate(blocks, 1)
    )
    return Table("t2", caption, (), bodies)


def _action_rows(doors: Doors, block: ActionBlock, name: str, width: int) -> Iterator[Row]:
    yield (Heading(block.label, name, "rowgroup", colspan=width, kind="block"),)
    spans = [1] * (len(block.columns) - 1) + [width - len(block.columns) + 1]
    yield tuple(
        Heading(text, f"{name}-c{n}", "colgroup" if span > 1 else "col", colspan=span)
        for n, (text, span) in enumerate(zip(block.columns, spans, strict=True))
    )
    for n, row in enumerate(block.rows):
        head = Heading(row.label, f"{name}-r{n}", "row", kind="leaf")
        figures = [
            doors.figure(f"t2.{cell.key}", name, f"{name}-c{at}", head.id, colspan=spans[at])
            for at, cell in enumerate(row.cells, 1)
        ]
        yield (head, *figures)


def _table3(doors: Doors, caption: str) -> Table:
    rows = doors.report.form.t3.rows
    groups = [_path_headings(rows, at) for at in range(len(rows))]
    body: list[Row] = []
    for at, row in enumerate(rows):
        over = tuple(f"t3-{_first_with(rows, at, level)}-{level}" for level in range(len(row.path)))
        figures = [
            doors.figure(
                f"t3.{row.key}.{column.key}", *_columns_over(column.key, column.organisation), *over
            )
            for column in doors.report.form.t3.columns
        ]
        body.append((*groups[at], *figures))
    return Table("t3", caption, _request_head(doors), (tuple(body),))


def _request_head(doors: Doors) -> tuple[Row, ...]:
    form = doors.report.form.t3
    organisations = [column for column in form.columns if column.organisation]
    first = (
        Heading(form.note, "t3-note", "", colspan=_LEVELS, rowspan=3, kind="note"),
        Heading(form.applicants, "t3-applicants", "colgroup", colspan=len(form.columns)),
    )
    second: list[Heading] = []
    for column in form.columns:
        if not column.organisation:
            second.append(Heading(column.label, f"t3-c-{column.key}", "col", rowspan=2))
        elif column == organisations[0]:
            second.append(
                Heading(
                    form.organisations, "t3-organisations", "colgroup", colspan=len(organisations)
                )
            )
    third = tuple(Heading(column.label, f"t3-c-{column.key}", "col") for column in organisations)
    return first, tuple(second), third


def _columns_over(key: str, organisation: bool) -> tuple[str, ...]:
    middle = ("t3-organisations",) if organisation else ()
    return "t3-applicants", *middle, f"t3-c-{key}"


def _path_headings(rows: Sequence[RequestRow], at: int) -> list[Heading]:
    """The headings that begin in row *at*: a group's only in the first of its rows."""
    path = rows[at].path
    found = []
    for level, text in enumerate(path):
        if _first_with(rows, at, level) != rows[at].key:
            continue
        leaf = level == len(path) - 1
        found.append(
            Heading(
                text,
                f"t3-{rows[at].key}-{level}",
                "row" if leaf else "rowgroup",
                colspan=_LEVELS - level if leaf else 1,
                rowspan=1
                if leaf
                else sum(row.path[: level + 1] == path[: level + 1] for row in rows),
                kind="leaf" if leaf else "group",
            )
        )
    return found


def _first_with(rows: Sequence[RequestRow], at: int, level: int) -> str:
    """The key of the first row that shares the headings of row *at* down to *level*."""
    path = rows[at].path[: level + 1]
    return next(row.key for row in rows if row.path[: level + 1] == path)


def _table4(doors: Doors, caption: str) -> Table:
    form = doors.report.form.t4
    top: list[Heading] = []
    second: list[Heading] = []
    third: list[Heading] = []
    figures: list[Figure] = []
    for block in form.blocks:
        over = [f"t4-{block.path[0]}"]
        if len(block.path) == 1:
            top.append(_block(block.path[0], len(form.columns), rowspan=2))
        else:
            if over[0] not in {heading.id for heading in top}:
                together = sum(other.path[0] == block.path[0] for other in form.blocks)
                top.append(_block(block.path[0], len(form.columns) * together))
            second.append(_block(block.path[1], len(form.columns)))
            over.append(second[-1].id)
        for column in form.columns:
            third.append(Heading(column.label, f"t4-{block.key}-{column.key}", "col"))
            figures.append(doors.figure(f"t4.{block.key}.{column.key}", *over, third[-1].id))
    return Table("t4", caption, (tuple(top), tuple(second), tuple(third)), ((tuple(figures),),))


def _block(text: str, colspan: int, rowspan: int = 1) -> Heading:
    return Heading(text, f"t4-{text}", "colgroup", colspan=colspan, rowspan=rowspan)
