"""Lines over time. A missing value is a gap, never a dip to zero."""

from __future__ import annotations

from itertools import groupby

from gongkai.portal.charts.bars import bar_chart
from gongkai.portal.charts.data import Data, written
from gongkai.portal.charts.shapes import (
    SMALL,
    WIDTH,
    Drawing,
    Rule,
    Trace,
    Words,
    add_legend,
    rounded,
    width_of,
)

_HEIGHT = 150
_ROWS = 2
"""Labels may stand in this many rows, by turns."""


def line_chart(id: str, data: Data) -> Drawing:
    """Return a line a series. Where labels find no room below it, the same figures as bars."""
    drawing = Drawing(id, data)
    if drawing.empty:
        return drawing
    rows = _rows_needed(data)
    if rows > _ROWS:
        return bar_chart(id, data)
    top = add_legend(drawing) + 16
    _axes(drawing, top)
    for n in range(len(data.series)):
        _trace(drawing, n, top)
    _labels(drawing, top + _HEIGHT, rows)
    return drawing


def _rows_needed(data: Data) -> int:
    widest = max(width_of(label, SMALL) for label in data.labels)
    return -(-int(widest + 4) // max(1, int(_slot(data))))


def _slot(data: Data) -> float:
    return WIDTH / len(data.labels)


def _axes(drawing: Drawing, top: float) -> None:
    ground = top + _HEIGHT
    drawing.rules += [Rule(0, top, WIDTH, top, grid=True), Rule(0, ground, WIDTH, ground)]
    drawing.words.append(Words(0, top - 4, written(drawing.data.peak), "start", SMALL, soft=True))


def _trace(drawing: Drawing, series: int, top: float) -> None:
    data = drawing.data
    points = [
        None
        if value is None
        else (
            rounded((n + 0.5) * _slot(data)),
            rounded(top + _HEIGHT - _HEIGHT * value / data.peak),
        )
        for n, value in enumerate(data.series[series].values)
    ]
    for missing, run in groupby(points, key=lambda point: point is None):
        if not missing:
            found = tuple(point for point in run if point is not None)
            drawing.traces.append(Trace(series, found))
            drawing.dots += [(series, x, y) for x, y in found]


def _labels(drawing: Drawing, ground: float, rows: int) -> None:
    data = drawing.data
    for n, label in enumerate(data.labels):
        y = ground + 17 + 16 * (n % rows)
        drawing.words.append(Words(rounded((n + 0.5) * _slot(data)), y, label, "middle", SMALL))
    drawing.height = ground + 10 + 16 * rows
