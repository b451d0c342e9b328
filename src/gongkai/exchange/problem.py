"""What a workbook says that is not understood: where, what is there, why not, what to write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 24


@dataclass(frozen=True)
class Problem:
    """One cell (or one sheet, when *cell* is empty) and a sentence for the clerk."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        return (
            f"{self.sheet}!{self.cell}：{self.message}"
            if self.cell
            else f"{self.sheet}：{self.message}"
        )


class WorkbookRefused(Exception):
    """The workbook cannot be used; *problems* are all there are, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CellRefused(ValueError):
    """A cell is not understood: the words that follow the quoted cell in a problem.

    *hidden*: the cell may hold a person's name and is not repeated.
    """

    def __init__(self, message: str, *, hidden: bool = False) -> None:
        self.hidden = hidden
        super().__init__(message)


def shown(value: object) -> str:
    """Return what a cell holds, short, with long digit runs (a telephone, an identity card) masked."""
    text = " ".join(str(value).split())
    masked = re.sub(r"\d{11,}", lambda found: f"{found[0][:2]}…", text)
    return masked if len(masked) <= _LONGEST else f"{masked[:_LONGEST]}…"
