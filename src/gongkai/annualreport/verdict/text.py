"""Verdicts for the terminal: a block a file, and for many files a closing table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from gongkai.annualreport.checking.finding import Finding, Value
from gongkai.annualreport.verdict.verdict import GROUPS, NAMES, Verdict, conclusion, heading

TableRow = tuple[str, str, str, str]
_HEADS: TableRow = ("文件", "状态", "必须改正", "请核对")
_MOST_CELLS = 8


def write_text(verdict: Verdict) -> str:
    """Return the block of one file, its line end included."""
    if verdict.report is None:
        return f"{verdict.source}：{conclusion(verdict)}\n"
    lines = [heading(verdict), ""]
    for severity, title in GROUPS:
        group = verdict.of(severity)
        if group:
            lines += [f"{title}（{len(group)} 项）"]
            lines += [line for finding in group for line in _finding_lines(finding)] + [""]
    note = [f"说明：{verdict.note}"] if verdict.note else []
    return "\n".join([*lines, *note, conclusion(verdict)]) + "\n"


def write_block(verdict: Verdict) -> str:
    """Return the block of one file among others: under its name, set off by a rule."""
    if verdict.report is None:
        return f"{write_text(verdict)}\n"
    return f"{verdict.source}\n{'─' * 40}\n{write_text(verdict)}\n"


def write_table(rows: Sequence[TableRow]) -> str:
    """Return the closing table: one line a file, columns aligned on a screen."""
    lines = [_HEADS, *rows]
    widths = [max(width(line[place]) for line in lines) for place in range(len(_HEADS))]
    return "".join(f"{_line(line, widths)}\n" for line in lines)


def row_of(verdict: Verdict) -> TableRow:
    """Return a verdict's line of the closing table."""
    if verdict.report is None:
        return verdict.source, NAMES[verdict.status], "—", "—"
    errors, warnings = verdict.count("error"), verdict.count("warning")
    return verdict.source, NAMES[verdict.status], str(errors), str(warnings)


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, second, *numbers = (
        (cell, " " * (wide - width(cell))) for cell, wide in zip(row, widths, strict=True)
    )
    left = [cell + rest for cell, rest in (first, second)]
    return "  ".join([*left, *(rest + cell for cell, rest in numbers)])


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield f"  [{finding.code}] {finding.message}"
    if finding.cells:
        yield f"      单元格：{_some(finding.cells)}"
    if finding.expected is not None and finding.actual is not None:
        yield f"      应为：{finding.expected}　实为：{finding.actual}"
    for place, row in enumerate(finding.candidates, start=1):
        yield f"      可能读法 {place}：{' '.join(map(_printed, row))}"
    yield f"      依据：{finding.basis}"


def _printed(value: Value) -> str:
    return "空白" if value is None else str(value)


def _some(cells: Sequence[str]) -> str:
    rest = f" 等 {len(cells)} 格" if len(cells) > _MOST_CELLS else ""
    return "、".join(cells[:_MOST_CELLS]) + rest
