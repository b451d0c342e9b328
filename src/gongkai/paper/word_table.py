"""A ruled table as Word XML, written whole: python-docx takes a second for what fits in a hundredth."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.paper.blocks import Table
from gongkai.paper.lettering import POINTS_IN_MM, fitting_size, printable, width_in_ems
from gongkai.paper.spans import Placed, laid_out, width_of

_TWIPS_IN_MM = 1440 / 25.4
_CELL_MARGIN = 0.8
"""Blank to the left and right of a cell's text, in millimetres."""
_CELL_MARGIN_ABOVE = 0.35
_LINE = 1.3
"""Line pitch of cell text, in sizes of its type."""
_ROW = 1.65
"""Least height of a row, in sizes of its type."""
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table_element(table: Table, room: float) -> Any:
    """Return the `w:tbl` of a table: fixed widths, repeated head, rows that do not break.

    A table that fits `room` (points) stays on one page, with the heading over it.
    """
    rows = "".join(_rows(table, whole=_height(table) < room))
    return parse_xml(f"<w:tbl {nsdecls('w')}>{_properties(table)}{_grid(table)}{rows}</w:tbl>")


def _height(table: Table) -> float:
    """About how high the table is, in points; a cell over several rows is left out."""
    margins = 2 * _CELL_MARGIN_ABOVE * POINTS_IN_MM
    total = 0.0
    for _row, placed in laid_out(table):
        lines = [_lines(table, one) for one in placed if one.cell.rowspan == 1]
        total += max(table.size * _ROW, table.size * _LINE * max(lines, default=1) + margins)
    return total


def _lines(table: Table, one: Placed) -> int:
    inner = (width_of(table, one) - 2 * _CELL_MARGIN) * POINTS_IN_MM
    letters = sum(map(width_in_ems, printable(one.cell.text)))
    return max(1, math.ceil(letters / int(inner / (one.cell.size or table.size))))


def _properties(table: Table) -> str:
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES
    )
    margin, above = _twips(_CELL_MARGIN), _twips(_CELL_MARGIN_ABOVE)
    told = escape(printable(table.description))
    description = f'<w:tblDescription w:val="{told}"/>' if told else ""
    return (
        f'<w:tblPr><w:tblW w:w="{sum(map(_twips, table.widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="{above}" w:type="dxa"/><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:bottom w:w="{above}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
        f"</w:tblCellMar>{description}</w:tblPr>"
    )


def _grid(table: Table) -> str:
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in table.widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _rows(table: Table, *, whole: bool) -> Iterator[str]:
    """The rows; in a table that stays `whole`, each asks to stay with the next one."""
    heading = True
    last = len(table.rows) - 1
    for number, (row, placed) in enumerate(laid_out(table)):
        heading = heading and row.head  # Word repeats the rows at the top only
        repeated = "<w:tblHeader/>" if heading else ""
        height = round(table.size * _ROW * 20)
        cells = "".join(_cell(table, one, stays=whole and number < last) for one in placed)
        yield (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
            f"{repeated}</w:trPr>{cells}</w:tr>"
        )


def _cell(table: Table, one: Placed, *, stays: bool) -> str:
    cell = one.cell
    width = width_of(table, one)
    across = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    down = ""
    if cell.rowspan > 1:
        down = "<w:vMerge/>" if one.covered else '<w:vMerge w:val="restart"/>'
    text = "" if one.covered else printable(cell.text)
    size = fitting_size(text, width - 2 * _CELL_MARGIN, cell.size or table.size)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{across}{down}'
        f'<w:vAlign w:val="center"/></w:tcPr>{_paragraph(text, cell.align, size, stays=stays)}</w:tc>'
    )


def _paragraph(text: str, align: str, size: float, *, stays: bool) -> str:
    half_points = round(size * 2)
    letters = f'<w:rPr><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    run = f'<w:r>{letters}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    pitch = round(size * _LINE * 20)
    keep = "<w:keepNext/>" if stays else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{keep}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:line="{pitch}" w:lineRule="exact"/><w:jc w:val="{align}"/>{letters}</w:pPr>'
        f"{run}</w:p>"
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_IN_MM)
