"""Reading table 2 (主动公开政府信息情况): rows by their label, columns by the header above them."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annualreport.format import ActionBlock, ActionRow, ReportFormat
from gongkai.annualreport.reading.labels import LabelMatcher, action_blocks, action_rows
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.table import TableReading
from gongkai.annualreport.reading.values import candidates, is_filled
from gongkai.annualreport.wording import fold


def read_actions(form: ReportFormat, rows: Sequence[Line]) -> TableReading:
    """Return the cells of table 2 found in `rows`."""
    found = TableReading()
    heads: list[str] = []
    for line in rows:
        if _note_caption(form, line, found):
            heads = []
        elif fold(line.cells[0]) == fold(form.t2[0].columns[0]):
            heads = list(line.cells)
        else:
            _read_row(form, line, heads, found)
    return found


def _note_caption(form: ReportFormat, line: Line, found: TableReading) -> bool:
    label = action_blocks(form).equal(line.text)
    if label is None:
        return False
    block = next(block for block in form.t2 if block.label == label)
    found.labels.setdefault(f"t2.{block.rows[0].cells[0].key}:block", line.text)
    return True


def _read_row(form: ReportFormat, line: Line, heads: Sequence[str], found: TableReading) -> None:
    place, key = _label(action_rows(form), line)
    if key is None or f"t2.{key}" in found.cells:
        return
    block, row = _row(form, key)
    order, start = _order(block, row, heads)
    keys = [f"t2.{name}" for name in order]
    found.labels[f"t2.{key}:row"] = line.cells[place]
    _note_heads(block, row, heads, found)
    start = None if start is None else start - place - 1
    printed = candidates(line.cells[place + 1 :], len(keys), start)
    found.settle(keys, [form.kinds[name] for name in keys], printed, row.label)


def _label(matcher: LabelMatcher, line: Line) -> tuple[int, str | None]:
    for place, text in enumerate(line.cells):
        if is_filled(text):
            return place, matcher.match(text)
    return 0, None


def _row(form: ReportFormat, key: str) -> tuple[ActionBlock, ActionRow]:
    return next((block, row) for block in form.t2 for row in block.rows if row.cells[0].key == key)


def _order(
    block: ActionBlock, row: ActionRow, heads: Sequence[str]
) -> tuple[list[str], int | None]:
    """Return the row's keys as the header orders them, and where the first one stands."""
    names = {str(place): cell.key for place, cell in enumerate(row.cells)}
    places = _head_places(block, heads)
    if set(places) != set(names):
        return list(names.values()), None
    order = sorted(places, key=lambda name: places[name])
    return [names[name] for name in order], min(places.values())


def _head_places(block: ActionBlock, heads: Sequence[str]) -> dict[str, int]:
    """Return where each value column stands; a slip takes the label that no other head claims."""
    labels = {str(place): (label,) for place, label in enumerate(block.columns[1:])}
    matcher = LabelMatcher(labels)
    filled = {place: text for place, text in enumerate(heads) if place and is_filled(text)}
    places: dict[str, int] = {}
    for place, text in filled.items():
        name = matcher.equal(text)
        if name is not None:
            places.setdefault(name, place)
    for place, text in filled.items():
        if place not in places.values():
            name = matcher.nearest(text, set(labels) - set(places))
            if name is not None:
                places[name] = place
    return places


def _note_heads(
    block: ActionBlock, row: ActionRow, heads: Sequence[str], found: TableReading
) -> None:
    for name, place in _head_places(block, heads).items():
        found.labels[f"t2.{row.cells[int(name)].key}:column"] = heads[place]
