"""What reading one table yields; shared by the three table readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.model import Cell


@dataclass
class TableReading:
    """Cells, wording and doubts collected while one table is read; keys are full cell keys."""

    cells: dict[str, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def doubt(self, keys: Sequence[str], readings: Sequence[tuple[Cell, ...]], label: str) -> None:
        """Record that a row can be read in several ways; the cells in question stay blank."""
        shown = "；".join(" ".join(_show(cell) for cell in row) for row in readings[:4])
        unclear = [
            key
            for key, cells in zip(keys, zip(*readings, strict=True), strict=True)
            if len(set(cells)) > 1
        ]
        self.findings.append(
            finding(
                "R-01",
                f"“{label}”一行的数字有多种读法（{shown}），无法确定，已按空白处理；请对照原件逐格核对。",
                cells=unclear,
                candidates=tuple(readings),
            )
        )


def _show(cell: Cell) -> str:
    return "空" if cell is None else str(cell)
