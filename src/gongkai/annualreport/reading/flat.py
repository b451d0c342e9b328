"""Reading tables that were flattened to plain text: label, figures, label, figures.

The text is cut into zones of figures; each table's rows are aligned with the zones by their labels;
a zone that holds fewer or more fields than the row has cells is split, and what can be read in several
ways is left to the identities, else named.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.annualreport.format import CellKind, ReportFormat
from gongkai.annualreport.reading.alignment import RowLabel, find_rows
from gongkai.annualreport.reading.digits import Kinds, TooManyReadings, is_number, splits, sums_up
from gongkai.annualreport.reading.flat_labels import is_header, printed_labels
from gongkai.annualreport.reading.table import TableReading
from gongkai.annualreport.reading.table3 import FoundRow, settle_requests
from gongkai.annualreport.reading.table4 import settle_disputes
from gongkai.annualreport.reading.values import Candidate, candidates
from gongkai.annualreport.reading.zones import Zone, zones
from gongkai.annualreport.wording import fold, fold_unnumbered

Tables = tuple[TableReading, TableReading, TableReading]
_SIGNS = frozenset("/／-—－")
_PLACES = {"t2": 0, "t3": 1, "t4": 2}


@dataclass
class FlatReading:
    """The three tables, for each the stretch of text it was read from, and whether figures are left."""

    tables: Tables = field(default_factory=lambda: (TableReading(), TableReading(), TableReading()))
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    stray: bool = False


def read_flat(form: ReportFormat, text: str) -> FlatReading:
    """Return the tables found in `text`, from which page numbers have been taken."""
    first, last = _extent(form, text)
    every = [_below_heading(form, zone) for zone in zones(text) if first <= zone.start < last]
    every = [part for zone in every for part in _apart(_request_rows(form), zone)]
    found = FlatReading()
    rows = find_rows([*_action_rows(form), *_request_rows(form)], every)
    actions = {key: every[place] for key, place in rows.items() if key.startswith("t2.")}
    requests = {key: every[place] for key, place in rows.items() if key.startswith("t3.")}
    _settle_actions(form, text, actions, found)
    _settle_requests(form, text, requests, found)
    left = [zone for place, zone in enumerate(every) if place not in rows.values()]
    _settle_disputes(form, text, left, found)
    overfull = any(len(zone.fields) >= 2 * len(form.t3.columns) for zone in requests.values())
    found.stray = overfull or _is_left_over(found.spans, left)
    return found


def _is_left_over(spans: Mapping[str, tuple[int, int]], left: Sequence[Zone]) -> bool:
    """Whether figures stand between the tables' ends that no row has taken."""
    if not spans:
        return False
    first = min(start for start, _ in spans.values())
    last = max(end for _, end in spans.values())
    return any(
        first <= zone.start < last
        and not zone.counted
        and len(zone.fields) > 1
        and not _is_inside(zone, spans.get("t4"))
        for zone in left
    )


def _apart(rows: Sequence[RowLabel], zone: Zone) -> list[Zone]:
    """Divide figures that follow several labels at once, one below the other: a zone for each label."""
    width = rows[0].width
    count, rest = divmod(len(zone.fields), width)
    if rest or count < 2:
        return [zone]
    named = [word for row in rows if (word := _last_wording(row, zone.lead))]
    if len(named) != count:
        return [zone]
    return [
        dataclasses.replace(zone, lead=word, fields=zone.fields[width * n : width * (n + 1)])
        for n, word in enumerate(named)
    ]


def _last_wording(row: RowLabel, lead: str) -> str:
    return next((word for word in row.wordings if len(word) > 2 and word in lead), "")


def _is_inside(zone: Zone, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= zone.start < span[1]


def _below_heading(form: ReportFormat, zone: Zone) -> Zone:
    """A label above a heading has nothing to do with figures below it."""
    lead = zone.lead
    for section in form.sections:
        lead = lead.rpartition(fold(section.heading))[2]
    return zone if lead == zone.lead else dataclasses.replace(zone, lead=lead)


def _extent(form: ReportFormat, text: str) -> tuple[int, int]:
    """Where tables can stand: from the heading of the first one to that of the section after the last.

    Elsewhere the same words stand in sentences, with figures after them.
    """
    tabled = [place for place, one in enumerate(form.sections) if one.table]
    before, after = form.sections[tabled[0]], form.sections[tabled[-1] + 1]
    first, last, place = 0, len(text), 0
    for line in text.splitlines(keepends=True):
        plain = fold_unnumbered(line)
        if plain == fold_unnumbered(before.heading):
            first = place
        elif plain in map(fold_unnumbered, (after.heading, *after.also)) and place > first:
            last = min(last, place)
        place += len(line)
    return first, last


@lru_cache
def _action_rows(form: ReportFormat) -> tuple[RowLabel, ...]:
    return tuple(
        RowLabel(f"t2.{row.cells[0].key}", _wordings(row.label, *row.also), len(row.cells))
        for block in form.t2
        for row in block.rows
    )


@lru_cache
def _request_rows(form: ReportFormat) -> tuple[RowLabel, ...]:
    width = len(form.t3.columns)
    return tuple(
        RowLabel(f"t3.{row.key}", _wordings(row.label, *row.also), width) for row in form.t3.rows
    )


def _wordings(*labels: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(fold_one(text) for text in labels for fold_one in (fold, fold_unnumbered))
    )


def _settle_actions(
    form: ReportFormat, text: str, rows: Mapping[str, Zone], found: FlatReading
) -> None:
    table = found.tables[0]
    for block in form.t2:
        for row in block.rows:
            zone = rows.get(f"t2.{row.cells[0].key}")
            if zone is not None:
                keys = [f"t2.{cell.key}" for cell in row.cells]
                kinds = tuple(cell.kind for cell in row.cells)
                table.settle(keys, kinds, _readings(zone, (kinds,)), row.label)
    _note_span(form, "t2", text, list(rows.values()), found)


def _settle_requests(
    form: ReportFormat, text: str, rows: Mapping[str, Zone], found: FlatReading
) -> None:
    table = found.tables[1]
    columns = [column.key for column in form.t3.columns]
    kinds: Kinds = tuple("count" for _ in columns)
    lines: dict[str, FoundRow] = {}
    for row in form.t3.rows:
        zone = rows.get(f"t3.{row.key}")
        if zone is not None:
            lines[row.key] = FoundRow(row.label, _readings(zone, (kinds,), sums=True))
    settle_requests(form, columns, lines, table)
    _note_span(form, "t3", text, list(rows.values()), found)


def _settle_disputes(
    form: ReportFormat, text: str, after: Sequence[Zone], found: FlatReading
) -> None:
    """Table 4 is one row without a label: the figures after its header."""
    heads = _dispute_heads(form)
    keys = [
        f"t4.{block.key}.{column.key}" for block in form.t4.blocks for column in form.t4.columns
    ]
    zone = next((one for one in after if _is_disputes(one, heads, len(keys))), None)
    if zone is None:
        return
    group: Kinds = tuple("count" for _ in form.t4.columns)
    groups = (group,) * len(form.t4.blocks)
    zone = _continued(zone, after, len(keys))
    settle_disputes(form, keys, _readings(zone, groups, sums=True), found.tables[2])
    _note_span(form, "t4", text, [zone], found)


@lru_cache
def _dispute_heads(form: ReportFormat) -> tuple[str, ...]:
    blocks = (fold(label) for block in form.t4.blocks for label in block.path)
    return tuple(dict.fromkeys([*blocks, *(fold(column.label) for column in form.t4.columns)]))


def _is_disputes(zone: Zone, heads: Sequence[str], width: int) -> bool:
    """Under half of the header's words at least; as many figures as there should be need but one."""
    found = _heads_in(zone.lead, heads)
    return found >= len(heads) // 2 or (found > 0 and len(zone.fields) == width)


def _heads_in(lead: str, heads: Sequence[str]) -> int:
    """How many of the header's words stand before the figures; a wrapped word counts by its halves."""
    return sum(word in lead or (word[:2] in lead and word[2:4] in lead) for word in heads)


def _continued(zone: Zone, after: Sequence[Zone], width: int) -> Zone:
    """Table 4 printed block by block: the figures of the blocks one after the other."""
    fields, end = list(zone.fields), zone.end
    for other in after[after.index(zone) + 1 :]:
        if len(fields) >= width or sum(map(len, fields)) >= width or other.counted:
            break
        fields += other.fields
        end = other.end
    if len(fields) != width:
        return zone
    return dataclasses.replace(zone, fields=tuple(fields), end=end)


def _note_span(
    form: ReportFormat, table: str, text: str, rows: Sequence[Zone], found: FlatReading
) -> None:
    """A table reaches from the header before its first figures to its last figures."""
    if not rows:
        return
    first = min(rows, key=lambda zone: zone.start)
    start, end = _header_start(form, text, first), max(zone.end for zone in rows)
    found.spans[table] = (start, end)
    label_text = text[start:end]
    found.tables[_PLACES[table]].labels.update(printed_labels(form, table, label_text))


def _header_start(form: ReportFormat, text: str, zone: Zone) -> int:
    """The header reaches back over lines of labels, whole or torn, up to a heading or a sentence."""
    start = zone.start
    headings = {fold(section.heading) for section in form.sections}
    lines = text[zone.lead_start : zone.start].splitlines(keepends=True)
    for place, line in enumerate(reversed(lines)):
        if fold(line) in headings or (place and line.strip() and not is_header(form, line)):
            break
        sentence = line.rfind("。") + 1
        start -= len(line) - sentence
        if sentence:
            break
    return start


def _readings(zone: Zone, groups: Sequence[Kinds], *, sums: bool = False) -> tuple[Candidate, ...]:
    """Return every way to read a zone as the cells of a row; none when there are too many."""
    kinds: list[CellKind] = [kind for group in groups for kind in group]
    width, fields = len(kinds), zone.fields
    if len(fields) >= width or any(field in _SIGNS for field in fields):
        return candidates(fields, width, None)
    try:
        cut = splits(fields, groups, sums_up if sums else None)
    except TooManyReadings:
        return ()
    glued = len(fields) == 1 or not all(is_number(field) for field in fields)
    certain = cut and (glued or (sums and all(_sound(one, groups) for one in cut)))
    # Too few fields may also mean that a cell was empty; unless the cut proves itself, both stand.
    return tuple(cut) if certain else (*cut, *candidates(fields, width, None))


def _sound(cells: Candidate, groups: Sequence[Kinds]) -> bool:
    ends = itertools.accumulate(len(group) for group in groups)
    return all(
        sums_up(cells[end - len(group) : end]) for end, group in zip(ends, groups, strict=True)
    )
