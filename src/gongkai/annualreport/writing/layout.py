"""The three official tables as headings and figures in rows: the one layout that every writer sets.

Labels, order and spans come from the format's data (国办公开办函〔2021〕30号, 〔2019〕60号). Merged
headings are tied to their figures by `id` and `headers`, because `scope` alone does not carry
across them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annualreport.format import ActionBlock, ReportFormat, RequestRow


@dataclass(frozen=True)
class Heading:
    """A heading cell. `scope` is empty for a remark that heads nothing."""

    text: str
    id: str
    scope: str
    colspan: int = 1
    rowspan: int = 1
    kind: str = ""


@dataclass(frozen=True)
class Figure:
    """The place of one figure: its cell key, and the ids of the headings over and beside it."""

    key: str
    headers: tuple[str, ...]
    colspan: int = 1
    rowspan: int = 1


Row = tuple[Heading | Figure, ...]


@dataclass(frozen=True)
class Table:
    """An official table: `width` columns, rows of column headings, one or more bodies of rows."""

    id: str
    caption: str
    width: int
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, from the top."""
        return (*self.head, *(row for body in self.bodies for row in body))


@dataclass(frozen=True)
class Placed:
    """A cell and where its upper left corner stands, counted from 0."""

    row: int
    column: int
    cell: Heading | Figure


def official_tables(form: ReportFormat) -> dict[str, Table]:
    """Return tables 2, 3 and 4 of `form` by the number of the section they stand in."""
    return {
        section.key: official_table(form, section.table)
        for section in form.sections
        if section.table
    }


def official_table(form: ReportFormat, table: str) -> Table:
    """Return one table of `form`: "t2", "t3" or "t4"."""
    build = {"t2": _actions, "t3": _requests, "t4": _disputes}[table]
    section = next(section for section in form.sections if section.table == table)
    return build(form, section.heading.partition("、")[2])


def place(table: Table) -> Iterator[Placed]:
    """Yield every cell with its place, spans laid out as a browser lays them out."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            yield Placed(number, column, cell)
            taken.update(
                (number + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            )


def is_heading_row(row: Row) -> bool:
    """Tell whether a row holds column headings only, and so belongs to a repeated table head."""
    return all(isinstance(cell, Heading) and cell.scope != "row" for cell in row)


def _actions(form: ReportFormat, caption: str) -> Table:
    width = max(len(block.columns) for block in form.t2)
    bodies = tuple(
        tuple(_action_rows(block, f"t2-b{number}", width))
        for number, block in enumerate(form.t2, 1)
    )
    return Table("t2", caption, width, (), bodies)


def _action_rows(block: ActionBlock, name: str, width: int) -> Iterator[Row]:
    """A block of table 2: its article, its own column headings, its rows; the last column is wide."""
    yield (Heading(block.label, name, "rowgroup", colspan=width, kind="block"),)
    spans = [1] * (len(block.columns) - 1) + [width - len(block.columns) + 1]
    yield tuple(
        Heading(text, f"{name}-c{at}", "colgroup" if span > 1 else "col", colspan=span)
        for at, (text, span) in enumerate(zip(block.columns, spans, strict=True))
    )
    for number, row in enumerate(block.rows):
        head = Heading(row.label, f"{name}-r{number}", "row", kind="leaf")
        figures = (
            Figure(f"t2.{cell.key}", (name, f"{name}-c{at}", head.id), colspan=spans[at])
            for at, cell in enumerate(row.cells, 1)
        )
        yield (head, *figures)


def _requests(form: ReportFormat, caption: str) -> Table:
    rows = form.t3.rows
    depth = max(len(row.path) for row in rows)
    body = tuple(_request_row(form, at, depth) for at in range(len(rows)))
    head = _request_head(form, depth)
    return Table("t3", caption, depth + len(form.t3.columns), head, (body,))


def _request_head(form: ReportFormat, depth: int) -> tuple[Row, ...]:
    table = form.t3
    others = [column for column in table.columns if column.organisation]
    note = Heading(table.note, "t3-note", "", colspan=depth, rowspan=3, kind="note")
    over = Heading(table.applicants, "t3-applicants", "colgroup", colspan=len(table.columns))
    group = Heading(table.organisations, "t3-organisations", "colgroup", colspan=len(others))
    second: list[Heading] = []
    for column in table.columns:
        if not column.organisation:
            second.append(Heading(column.label, f"t3-c-{column.key}", "col", rowspan=2))
        elif column is others[0]:
            second.append(group)
    third = tuple(Heading(column.label, f"t3-c-{column.key}", "col") for column in others)
    return (note, over), tuple(second), third


def _request_row(form: ReportFormat, at: int, depth: int) -> Row:
    rows = form.t3.rows
    row = rows[at]
    beside = tuple(f"t3-{_first_with(rows, at, level)}-{level}" for level in range(len(row.path)))
    figures = (
        Figure(
            f"t3.{row.key}.{column.key}",
            (*_columns_over(column.key, organisation=column.organisation), *beside),
        )
        for column in form.t3.columns
    )
    return (*_path_headings(rows, at, depth), *figures)


def _columns_over(key: str, *, organisation: bool) -> tuple[str, ...]:
    middle = ("t3-organisations",) if organisation else ()
    return "t3-applicants", *middle, f"t3-c-{key}"


def _path_headings(rows: Sequence[RequestRow], at: int, depth: int) -> Iterator[Heading]:
    """The headings that begin in row `at`: a group's only in the first of its rows."""
    row = rows[at]
    last = len(row.path) - 1
    for level, text in enumerate(row.path):
        name = f"t3-{row.key}-{level}"
        if level == last:
            yield Heading(text, name, "row", colspan=depth - level, kind="leaf")
        elif _first_with(rows, at, level) == row.key:
            stem = row.path[: level + 1]
            together = sum(other.path[: level + 1] == stem for other in rows)
            yield Heading(text, name, "rowgroup", rowspan=together, kind="group")


def _first_with(rows: Sequence[RequestRow], at: int, level: int) -> str:
    """The key of the first row that shares the headings of row `at` down to `level`."""
    stem = rows[at].path[: level + 1]
    return next(row.key for row in rows if row.path[: level + 1] == stem)


def _disputes(form: ReportFormat, caption: str) -> Table:
    table = form.t4
    depth = max(len(block.path) for block in table.blocks)
    head = tuple(tuple(_dispute_headings(form, level, depth)) for level in range(depth + 1))
    figures = tuple(
        Figure(
            f"t4.{block.key}.{column.key}",
            (*(f"t4-{text}" for text in block.path), f"t4-{block.key}-{column.key}"),
        )
        for block in table.blocks
        for column in table.columns
    )
    return Table("t4", caption, len(figures), head, ((figures,),))


def _dispute_headings(form: ReportFormat, level: int, depth: int) -> Iterator[Heading]:
    """Headings of one level: captions, and the results right below a block's last caption."""
    blocks, columns = form.t4.blocks, form.t4.columns
    seen: set[tuple[str, ...]] = set()
    for block in blocks:
        stem = block.path[: level + 1]
        if level == len(block.path):
            for column in columns:
                name = f"t4-{block.key}-{column.key}"
                yield Heading(column.label, name, "col", rowspan=depth - level + 1)
        elif level < len(block.path) and stem not in seen:
            together = sum(other.path[: level + 1] == stem for other in blocks)
            text = block.path[level]
            yield Heading(text, f"t4-{text}", "colgroup", colspan=len(columns) * together)
        seen.add(stem)
