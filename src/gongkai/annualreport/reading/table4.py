"""Reading table 4: the header says, column by column, which block and which result a cell is."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annualreport.format import ReportFormat
from gongkai.annualreport.reading.labels import dispute_blocks, dispute_columns
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.table import TableReading
from gongkai.annualreport.reading.values import Candidate, candidates, cell_value, is_filled
from gongkai.annualreport.wording import fold


def read_disputes(form: ReportFormat, rows: Sequence[Line]) -> TableReading:
    """Return the cells of table 4 found in `rows`."""
    found = TableReading()
    keys = [
        f"t4.{block.key}.{column.key}" for block in form.t4.blocks for column in form.t4.columns
    ]
    first = dispute_head(form, rows)
    if first is None:
        return found
    heads, values = _split(form, rows[first:])
    if values is None:
        return found
    columns = _columns(form, heads, found)
    order = [key for key, _ in sorted(columns.items(), key=lambda item: item[1])]
    complete = set(order) == set(keys) and len(set(columns.values())) == len(keys)
    start = columns[order[0]] if complete else None
    printed = candidates(values.cells, len(keys), start)
    settle_disputes(form, order if complete else keys, printed, found)
    return found


def dispute_head(form: ReportFormat, rows: Sequence[Line]) -> int | None:
    """Return where table 4 begins: the first row with one of its captions."""
    matcher = dispute_blocks(form)
    for place, line in enumerate(rows):
        if any(matcher.equal(text) for text in line.cells):
            return place
    return None


def _split(form: ReportFormat, rows: Sequence[Line]) -> tuple[list[Line], Line | None]:
    """Return the header rows and the row of values below them."""
    heads: list[Line] = []
    for line in rows:
        if _is_head(form, line):
            heads.append(line)
        else:
            return heads, line
    return heads, None


def _is_head(form: ReportFormat, line: Line) -> bool:
    columns, blocks = dispute_columns(form), dispute_blocks(form)
    groups = {fold(label) for block in form.t4.blocks for label in block.path}
    return any(
        is_filled(text) and (columns.match(text) or blocks.match(text) or fold(text) in groups)
        for text in line.cells
    )


def _columns(form: ReportFormat, heads: Sequence[Line], found: TableReading) -> dict[str, int]:
    """Return where each cell stands: the block reaches right until the next caption."""
    blocks, columns = dispute_blocks(form), dispute_columns(form)
    places: dict[str, int] = {}
    captions: dict[int, str] = {}
    for line in heads:
        for place, text in enumerate(line.cells):
            block = blocks.match(text) if is_filled(text) else None
            if block is not None:
                captions[place] = block
                found.labels[f"t4.{block}:block"] = text
    for line in heads:
        for place, text in enumerate(line.cells):
            column = columns.match(text) if is_filled(text) else None
            block = captions.get(max((at for at in captions if at <= place), default=-1))
            if column is not None and block is not None:
                places[f"t4.{block}.{column}"] = place
                found.labels[f"t4.{block}.{column}:column"] = text
    return places


def settle_disputes(
    form: ReportFormat, keys: Sequence[str], printed: Sequence[Candidate], found: TableReading
) -> None:
    """Record the row of values of table 4; a block whose total is wrong in any reading is named."""
    found.settle(keys, ["count"] * len(keys), printed, "行政复议、行政诉讼")
    for block in form.t4.blocks:
        own = [f"t4.{block.key}.{column.key}" for column in form.t4.columns]
        places = [keys.index(key) for key in own]
        rows = [tuple(cell_value(one[place]) for place in places) for one in printed]
        found.require_sum(block.total_check, own, list(dict.fromkeys(rows)), block.path[-1])
