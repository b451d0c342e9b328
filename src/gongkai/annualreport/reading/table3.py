"""Reading table 3: each row by its label, each column by the header, the rest by the identities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.annualreport.format import ReportFormat
from gongkai.annualreport.model import Cell
from gongkai.annualreport.reading.labels import request_columns, request_rows
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.reconcile import Row, reconcile
from gongkai.annualreport.reading.table import TableReading
from gongkai.annualreport.reading.table4 import dispute_head
from gongkai.annualreport.reading.values import Candidate, candidates, cell_value, is_filled
from gongkai.annualreport.wording import fold


@dataclass(frozen=True)
class FoundRow:
    """A row recognised by its label: where the label stands, and every reading of its cells."""

    label: str
    printed: tuple[Candidate, ...]


def read_requests(form: ReportFormat, rows: Sequence[Line]) -> TableReading:
    """Return the cells of table 3 found in `rows`."""
    found = TableReading()
    first, last = _extent(form, rows)
    if first is None:
        return found
    places = _note_header(form, rows[:first], found)
    order, start = _column_order(form, places)
    lines = _rows(form, rows[first:last], start, found)
    for key, line in lines.items():
        found.labels[f"t3.{key}:row"] = line.label
    settle_requests(form, order, lines, found)
    return found


def _extent(form: ReportFormat, rows: Sequence[Line]) -> tuple[int | None, int]:
    """Return the first and one past the last row of the table, which ends before table 4."""
    disputes = dispute_head(form, rows)
    rows = rows if disputes is None else rows[:disputes]
    matched = [place for place, line in enumerate(rows) if _label(form, line)[1] is not None]
    return (matched[0], matched[-1] + 1) if matched else (None, 0)


def _label(form: ReportFormat, line: Line) -> tuple[int, str | None]:
    """Return the place and key of the innermost row label, which is the last one on the line."""
    matcher = request_rows(form)
    for place in range(len(line.cells) - 1, -1, -1):
        text = line.cells[place]
        if is_filled(text) and not text.strip().isdigit():
            key = matcher.match(text)
            if key is not None and _has_room(line, place):
                return place, key
    return 0, None


def _has_room(line: Line, place: int) -> bool:
    """A header such as 其他 or 总计 has no cells after it, or only cells filled with other labels."""
    if place + 1 == len(line.cells):
        return False
    after = [text for text in line.cells[place + 1 :] if is_filled(text)]
    return bool(after) or sum(map(is_filled, line.cells[: place + 1])) <= 2


def _note_header(form: ReportFormat, head: Sequence[Line], found: TableReading) -> dict[str, int]:
    matcher = request_columns(form)
    places: dict[str, int] = {}
    for line in head:
        for place, text in enumerate(line.cells):
            key = matcher.match(text) if is_filled(text) else None
            if key is not None:
                places[key] = place
                found.labels[f"t3.{key}:column"] = text
            elif "勾稽" in text or fold(text) == fold(form.t3.note):
                found.labels["t3:note"] = text
    return places


def _column_order(
    form: ReportFormat, places: Mapping[str, int]
) -> tuple[tuple[str, ...], int | None]:
    """Return the columns as the header orders them; the official order when it does not say."""
    official = tuple(column.key for column in form.t3.columns)
    if set(places) != set(official) or len(set(places.values())) != len(official):
        return official, None
    order = tuple(sorted(official, key=lambda key: places[key]))
    first = min(places.values())
    return order, first if max(places.values()) - first == len(official) - 1 else None


def _rows(
    form: ReportFormat, rows: Sequence[Line], start: int | None, found: TableReading
) -> dict[str, FoundRow]:
    lines: dict[str, FoundRow] = {}
    for line in rows:
        place, key = _label(form, line)
        if key is None or key in lines:
            found.extra.extend([line.text] if line.text else [])
            continue
        relative = None if start is None else start - place - 1
        cells = candidates(line.cells[place + 1 :], len(form.t3.columns), relative)
        lines[key] = FoundRow(label=line.cells[place], printed=cells)
    return lines


def settle_requests(
    form: ReportFormat, order: Sequence[str], lines: Mapping[str, FoundRow], found: TableReading
) -> None:
    """Record the rows of table 3, whose cells stand in `order`, as far as the identities allow."""
    official = tuple(column.key for column in form.t3.columns)
    places = _better_order(official, tuple(order), lines)
    for key in [key for key, line in lines.items() if not line.printed]:
        found.give_up([f"t3.{key}.{column}" for column in official], lines[key].label)
    lines = {key: line for key, line in lines.items() if line.printed}
    readings = {key: [_values(one, places) for one in line.printed] for key, line in lines.items()}
    codes = {row.key: row.total_check for row in form.t3.rows}
    for key, rows in reconcile(form.t3, readings).items():
        keys = [f"t3.{key}.{column}" for column in official]
        if len(rows) > 1:
            found.doubt(keys, rows, lines[key].label)
            found.require_sum(codes[key], keys, readings[key], lines[key].label)
        shown = lines[key].printed[readings[key].index(rows[0])]
        found.note(keys, rows, tuple(shown[place] for place in places))


def _better_order(
    official: Sequence[str], order: Sequence[str], lines: Mapping[str, FoundRow]
) -> list[int]:
    """Where each official column stands in a row: by the header, unless only the official sums."""
    by_header = [order.index(column) for column in official]
    in_place = list(range(len(official)))
    wrong = [_unbalanced(lines, places) for places in (by_header, in_place)]
    return in_place if wrong[1] < wrong[0] else by_header


def _unbalanced(lines: Mapping[str, FoundRow], places: Sequence[int]) -> int:
    rows = [_values(line.printed[0], places) for line in lines.values() if line.printed]
    whole = [[cell for cell in row if isinstance(cell, int)] for row in rows]
    return sum(len(row) == len(places) and sum(row[:-1]) != row[-1] for row in whole)


def _values(printed: Candidate, places: Sequence[int]) -> Row:
    cells: list[Cell] = [cell_value(printed[place]) for place in places]
    return tuple(cells)
