"""Charts: lengths that tell the truth, every label there, missing apart from zero."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.charts.bars import bar_chart, ranking
from gongkai.portal.charts.data import MOST_SERIES, Data, Series, written
from gongkai.portal.charts.lines import line_chart
from gongkai.portal.charts.shapes import WIDTH, Bar, Drawing, width_of

COUNTS = st.one_of(st.none(), st.just(0), st.integers(0, 200), st.integers(0, 10**18))
CHARTS = (bar_chart, line_chart)


@st.composite
def figures(draw: st.DrawFn, most_series: int = MOST_SERIES) -> Data:
    labels = draw(st.lists(st.text("县乡街道办事处ABC123 ", min_size=1, max_size=40), max_size=14))
    values = st.lists(COUNTS, min_size=len(labels), max_size=len(labels)).map(tuple)
    rows = draw(st.lists(values, min_size=1, max_size=most_series))
    series = tuple(Series(f"第 {n} 组", row) for n, row in enumerate(rows))
    return Data("示例", "件", tuple(labels), series)


@given(figures())
def test_bars_are_as_long_as_their_values(data: Data) -> None:
    """每根条的长度与数值成正比：长度之比等于数值之比，误差不过屏幕看不出的百分之一单位。"""
    drawing = bar_chart("c", data)
    known = [value for _, values in data.rows for value in values if value is not None]
    assert len(drawing.bars) == (0 if drawing.empty else len(known))
    lengths = _lengths(drawing)
    full = max(lengths, default=0)
    for value, length in zip(known, lengths, strict=not drawing.empty):
        if not drawing.empty:
            assert length == pytest.approx(full * value / max(1, *known, 1), abs=0.02)


@given(figures())
def test_every_label_is_on_the_chart(data: Data) -> None:
    """每个名称都在图上，一字不少；每种数值都在文字说明里。"""
    for draw in CHARTS:
        drawing = draw("c", data)
        if not drawing.empty:
            text = "".join(words.text for words in drawing.words)
            assert [label for label in data.labels if label not in text] == []
        assert all(label in data.sentence for label in data.labels)


@given(figures())
def test_nothing_leaves_the_drawing(data: Data) -> None:
    """图上的形状都在画框以内：手机上不会被裁掉。"""
    for draw in CHARTS:
        drawing = draw("c", data)
        for bar in drawing.bars:
            assert bar.x >= 0
            assert bar.x + bar.width <= WIDTH + 0.01
            assert bar.y >= 0
            assert bar.y + bar.height <= drawing.height
        assert all(0 < words.y <= drawing.height for words in drawing.words)
        ends = [words for words in drawing.words if words.anchor == "start"]
        assert all(words.x + width_of(words.text, words.size) <= WIDTH + 1 for words in ends)


@given(figures(most_series=1))
def test_a_ranking_falls_and_keeps_every_row(data: Data) -> None:
    """排名从大到小，缺的排在最后，一行不少。"""
    drawing = ranking("c", data)
    values = [-1 if row[0] is None else row[0] for _, row in drawing.data.rows]
    assert all(one >= other for one, other in pairwise(values))
    assert sorted(drawing.data.labels) == sorted(data.labels)


def test_one_value_zero_and_nothing() -> None:
    """一个值：条占满；零：长度为零而仍写“0”；全缺或没有行：没有数据。"""
    assert _drawn((7,)) == [150]
    assert _drawn((0,)) == [0]
    assert [words.text for words in bar_chart("c", _data((0,))).words] == ["0", "甲0"]
    assert bar_chart("c", _data((None,))).empty
    assert line_chart("c", Data("空", "件", (), ())).empty


def test_missing_is_not_zero() -> None:
    """缺报不等于零：不画条，写“缺”；线在那里断开。"""
    drawing = bar_chart("c", _data((3, None, 0)))
    assert [bar.height for bar in drawing.bars] == [150, 0]
    assert "缺" in [words.text for words in drawing.words]
    line = line_chart("c", _data((1, 2, None, 4)))
    assert [len(trace.points) for trace in line.traces] == [2, 1]
    assert line.data.sentence == "甲0：1 件；甲1：2 件；甲2：缺；甲3：4 件。"


def test_wide_values_and_long_labels_lie_down() -> None:
    """名称或数值放不下时，条改为横放，名称另起一行。"""
    short = bar_chart("c", _data((1, 2)))
    long = bar_chart("c", Data("示例", "件", ("很长很长的名称" * 4,) * 2, (Series("甲", (1, 2)),)))
    assert {bar.height for bar in long.bars} == {16}
    assert {bar.width for bar in short.bars} == {52}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "缺"),
        (0, "0"),
        (9999, "9999"),
        (10_000, "1万"),
        (12_345, "1.2万"),
        (100_000_000, "1亿"),
        (1_250_000_000_000, "1.2万亿"),
    ],
)
def test_huge_values_are_written_short(value: int | None, text: str) -> None:
    """大数用万、亿；尾数舍去，准确的数在表里。"""
    assert written(value) == text


def test_what_is_no_count_is_refused() -> None:
    """负数、对不上的行、分不清的组：不画。"""
    for labels, series in (
        (("甲",), (Series("a", (-1,)),)),
        (("甲",), (Series("a", (1, 2)),)),
        (("甲",), tuple(Series(str(n), (1,)) for n in range(MOST_SERIES + 1))),
    ):
        with pytest.raises(ValueError, match=r"."):
            Data("示例", "件", labels, series)
    with pytest.raises(ValueError, match="one series"):
        ranking("c", Data("示例", "件", ("甲",), (Series("a", (1,)), Series("b", (1,)))))


def _data(values: tuple[int | None, ...]) -> Data:
    return Data("示例", "件", tuple(f"甲{n}" for n in range(len(values))), (Series("a", values),))


def _drawn(values: tuple[int | None, ...]) -> list[float]:
    return [bar.height for bar in bar_chart("c", _data(values)).bars]


def _lengths(drawing: Drawing) -> list[float]:
    """The side of each bar that carries its value: the other is the same for all."""
    lying = bool(drawing.rules) and drawing.rules[0].x1 == drawing.rules[0].x2
    return [_length(bar, lying) for bar in drawing.bars]


def _length(bar: Bar, lying: bool) -> float:
    return bar.width if lying else bar.height
