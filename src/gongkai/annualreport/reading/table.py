"""What reading one table yields; shared by the three table readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.format import CellKind
from gongkai.annualreport.model import Cell
from gongkai.annualreport.reading.reconcile import Row, agreed, sums
from gongkai.annualreport.reading.values import Candidate, cell_value


@dataclass
class TableReading:
    """Cells, wording and doubts collected while one table is read; keys are full cell keys."""

    cells: dict[str, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def known(self) -> int:
        """How many cells have a value: the measure by which two readings of a table compare."""
        return sum(cell is not None for cell in self.cells.values())

    def settle(
        self,
        keys: Sequence[str],
        kinds: Sequence[CellKind],
        printed: Sequence[Candidate],
        label: str,
    ) -> None:
        """Record one row of which `printed` are the possible readings; nothing is chosen for it.

        No reading at all means that there are too many.
        """
        if not printed:
            self.give_up(keys, label)
            return
        readings = [
            tuple(cell_value(text, kind) for text, kind in zip(one, kinds, strict=True))
            for one in printed
        ]
        if len(readings) > 1:
            self.doubt(keys, readings, label)
        self.note(keys, readings, printed[0])

    def note(self, keys: Sequence[str], readings: Sequence[Row], printed: Candidate) -> None:
        """Record what all readings share, and how that is printed."""
        for place, (key, value) in enumerate(zip(keys, agreed(readings), strict=True)):
            self.cells[key] = value
            if len({row[place] for row in readings}) == 1:
                self.printed[key] = printed[place]

    def give_up(self, keys: Sequence[str], label: str) -> None:
        """Record that a row cannot be read, because its figures can be divided in too many ways."""
        self.cells.update(dict.fromkeys(keys))
        self.findings.append(
            finding(
                "R-01",
                f"“{label}”一行的数字连在一起，读法太多，无法确定，已按空白处理；请对照原件逐格核对。",
                cells=keys,
            )
        )

    def require_sum(
        self, code: str, keys: Sequence[str], readings: Sequence[Row], label: str
    ) -> None:
        """Record that a total is wrong in every possible reading of a doubtful row."""
        filled = all(isinstance(cell, int) for row in readings for cell in row)
        if len(readings) > 1 and filled and not any(map(sums, readings)):
            self.findings.append(
                finding(
                    code,
                    f"“{label}”的数字有 {len(readings)} 种读法，但无论哪一种，各格相加都不等于总计；"
                    "请对照原件改正填错的一格或总计。",
                    cells=keys[-1:],
                )
            )

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
