"""Bars: upright while labels and values find room under and over them, lying down when they do not."""

from __future__ import annotations

from gongkai.portal.charts.data import Data, Series, written
from gongkai.portal.charts.shapes import (
    SIZE,
    SMALL,
    WIDTH,
    Bar,
    Drawing,
    Rule,
    Words,
    add_legend,
    rounded,
    width_of,
    wrapped,
)

_HEIGHT = 150
"""Units of the tallest upright bar."""
_THICK = 16
_ROW = 20
_WIDEST = 56
"""Units a single upright bar may be wide: two bars should not look like two walls."""
_FILLED = 0.76
"""The part of its slot that a group of bars fills."""


def bar_chart(id: str, data: Data) -> Drawing:
    """Return one bar a value, grouped by label."""
    drawing = Drawing(id, data)
    if drawing.empty:
        return drawing
    if _fits(data):
        _upright(drawing, _HEIGHT)
    else:
        _lying(drawing)
    return drawing


def ranking(id: str, data: Data) -> Drawing:
    """Return lying bars, the largest first; what is missing comes last.

    Raises ``ValueError`` for more than one series: a ranking has one order.
    """
    if len(data.series) > 1:
        raise ValueError("a ranking has one series")
    drawing = Drawing(id, _ordered(data))
    if not drawing.empty:
        _lying(drawing)
    return drawing


def _ordered(data: Data) -> Data:
    rows = sorted(data.rows, key=lambda row: -1 if row[1][0] is None else row[1][0], reverse=True)
    values = tuple(values[0] for _, values in rows)
    series = tuple(Series(one.name, values) for one in data.series)
    return Data(data.title, data.unit, tuple(label for label, _ in rows), series)


def _slot(data: Data) -> float:
    return WIDTH / len(data.labels)


def _step(data: Data) -> float:
    """From one bar of a group to the next."""
    return min(_slot(data) * _FILLED / len(data.series), _WIDEST)


def _fits(data: Data) -> bool:
    values = [written(value) for one in data.series for value in one.values]
    return all(width_of(label, SIZE) <= _slot(data) - 4 for label in data.labels) and all(
        width_of(value, SMALL) <= _step(data) for value in values
    )


def _upright(drawing: Drawing, tallest: int) -> None:
    data = drawing.data
    top = add_legend(drawing) + 18
    ground, step = top + tallest, _step(data)
    for n, (label, values) in enumerate(data.rows):
        middle = (n + 0.5) * _slot(data)
        left = middle - step * len(values) / 2
        for series, value in enumerate(values):
            tall = rounded(tallest * (value or 0) / data.peak)
            x = left + step * series
            if value is not None:
                drawing.bars.append(
                    Bar(series, rounded(x + 2), rounded(ground - tall), rounded(step - 4), tall)
                )
            drawing.words.append(_over(x + step / 2, ground - tall, value))
        drawing.words.append(Words(rounded(middle), ground + 18, label, "middle"))
    drawing.rules.append(Rule(0, ground, WIDTH, ground))
    drawing.height = ground + 26


def _over(x: float, y: float, value: int | None) -> Words:
    return Words(rounded(x), rounded(y - 5), written(value), "middle", SMALL, value is None)


def _lying(drawing: Drawing) -> None:
    """Each label on lines of its own, then its bars, each with its value at the end."""
    data = drawing.data
    room = max(width_of(written(value), SMALL) for one in data.series for value in one.values)
    longest = WIDTH - int(room) - 8
    y = add_legend(drawing)
    for label, values in data.rows:
        for line in wrapped(label, SIZE, WIDTH):
            y += 18
            drawing.words.append(Words(0, y - 2, line))
        start = y + 1
        for series, value in enumerate(values):
            long = rounded(longest * (value or 0) / data.peak)
            if value is not None:
                drawing.bars.append(Bar(series, 0, y + 3, long, _THICK))
            drawing.words.append(
                Words(long + 6, y + 15, written(value), "start", SMALL, value is None)
            )
            y += _ROW
        drawing.rules.append(Rule(0, start, 0, y + 1))
        y += 8
    drawing.height = y
