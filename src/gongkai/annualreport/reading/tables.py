"""The three tables of a page: by rows where the page has rows, else from its flattened text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annualreport.format import ReportFormat, all_formats, combined
from gongkai.annualreport.reading.flat import read_flat
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.table import TableReading
from gongkai.annualreport.reading.table2 import read_actions
from gongkai.annualreport.reading.table3 import read_requests
from gongkai.annualreport.reading.table4 import read_disputes
from gongkai.annualreport.wording import fold, fold_unnumbered

_TABLES = ("t2", "t3", "t4")
# The first signs of a label tell it from the others, also where the rest is on another line.
_TELLING = 8


@dataclass(frozen=True)
class TablesRead:
    """What the tables say, the lines that belong to none, and whether figures are left that do."""

    tables: tuple[TableReading, ...]
    prose: tuple[Line, ...]
    stray: bool = False


def format_of(text: str) -> ReportFormat:
    """Return the format whose labels are in `text`: table 2 and table 3 are judged apart.

    A body may fill in the table 2 of one format and the table 3 of the other; the year does not
    decide, the labels do.
    """
    plain = fold(text)
    actions = max(all_formats(), key=lambda form: (_own_labels(form, "t2", plain), form.first_year))
    requests = max(all_formats(), key=lambda form: (_own_rows(form, plain), form is actions))
    return combined(actions.name, requests.name)


def _own_labels(form: ReportFormat, table: str, plain: str) -> int:
    labels = {fold(text) for slot, text in form.labels.items() if slot.startswith(table)}
    return sum(label in plain for label in labels)


def _own_rows(form: ReportFormat, plain: str) -> int:
    """How many rows are printed that the other formats' table 3 does not have.

    （六）其他处理 as a row of its own counts least: it is also the group over three rows.
    """
    shared = set.intersection(*({row.key for row in one.t3.rows} for one in all_formats()))
    own = [row for row in form.t3.rows if row.key not in shared]
    starts = [{fold_unnumbered(text)[:_TELLING] for text in (row.label, *row.also)} for row in own]
    printed = sum(any(len(start) >= 4 and start in plain for start in some) for some in starts)
    return 2 * printed if len(own) > 1 else printed


def read_tables(form: ReportFormat, lines: Sequence[Line]) -> TablesRead:
    """Return the tables on a page. Whichever way of reading finds more cells is taken, by table."""
    rows = [line for line in lines if line.table and line.text]
    by_rows = tuple(one(form, rows) for one in (read_actions, read_requests, read_disputes))
    if all(table.cells and None not in table.cells.values() for table in by_rows) and (
        sum(len(table.cells) for table in by_rows) == len(form.kinds)
    ):
        return TablesRead(by_rows, tuple(line for line in lines if not line.table))
    text = "\n".join(line.text for line in lines)
    flat = read_flat(form, text)
    pairs = zip(by_rows, flat.tables, strict=True)
    tables = tuple(
        two if (two.known, len(two.cells)) > (one.known, len(one.cells)) else one
        for one, two in pairs
    )
    taken = {
        name: flat.spans[name]
        for name, table, two in zip(_TABLES, tables, flat.tables, strict=True)
        if table is two and name in flat.spans
    }
    return TablesRead(tables, tuple(_prose(lines, taken)), stray=flat.stray)


def _prose(lines: Sequence[Line], spans: Mapping[str, tuple[int, int]]) -> Iterator[Line]:
    """Yield what stands outside the stretches that were read as tables."""
    ends = itertools.accumulate((len(line.text) + 1 for line in lines), initial=0)
    for line, start in zip(lines, ends, strict=False):
        if line.table:
            continue
        for piece in _outside(line.text, start, spans.values()):
            if piece.strip():
                yield Line((piece.strip(),), table=False)


def _outside(text: str, start: int, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Cut the parts of a line that lie in `spans`; a whole sentence inside one stays."""
    place, end = start, start + len(text)
    for first, last in sorted(spans):
        if last <= place or first >= end:
            continue
        if first <= place and last >= end and "。" in text:
            continue
        yield text[place - start : max(first, place) - start]
        place = max(place, min(last, end))
    yield text[place - start :]
