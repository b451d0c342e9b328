"""A table of old and new addresses, read: every row that is fit, or every problem with its line and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.files.grids import Grid, grids
from gongkai.files.limits import Limits, refuse_beyond
from gongkai.files.refusal import UnreadableError
from gongkai.files.sniff import sniff

MOST_ROWS = 5_000
"""Of one table: what an old site of a county has in its lists; several tables may follow one another."""
LARGEST = 5_000_000
_LIMITS = Limits(size=LARGEST, unpacked=50_000_000)
_HEAD = 20
_OLD = ("旧网址", "原网址", "old", "from")
_NEW = ("新网址", "现网址", "new", "to")


@dataclass(frozen=True)
class Pair:
    """An old address and the present one it is to lead to. *place* is where in the table, column by column."""

    line: int
    path: str
    target: str
    columns: tuple[str, str] = ("A", "B")

    def at(self, column: int) -> str:
        """Say where the old (0) or the new (1) address stands."""
        return f"第 {self.line} 行 {self.columns[column]} 列“{(_OLD, _NEW)[column][0]}”"


class TableRefused(Exception):
    """Nothing of the table can be taken; *problems* are all there are, a sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def read_pairs(name: str, data: bytes) -> list[Pair]:
    """Return what a .xlsx or .csv file says. Raises :class:`TableRefused`."""
    try:
        kind = sniff(data, name)
        refuse_beyond(data, kind, _LIMITS)
        sheets = grids(data, kind, most_rows=MOST_ROWS)
    except UnreadableError as wrong:
        raise TableRefused([str(wrong)]) from wrong
    for grid in sheets:
        for number, line in grid.lines[:_HEAD]:
            old, new = _place(line, _OLD), _place(line, _NEW)
            if old is not None and new is not None:
                return _pairs(grid, number, old, new)
    raise TableRefused(["没有找到标题行。请写两列：“旧网址”“新网址”，一行一个。"])


def as_folder(path: str) -> str:
    """Return *path* without the name of a folder's own page: both addresses are one file."""
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def _pairs(grid: Grid, head: int, old: int, new: int) -> list[Pair]:
    columns = (_letter(old), _letter(new))
    found = [
        Pair(number, as_folder(_cell(line, old)), as_folder(_cell(line, new)), columns)
        for number, line in grid.lines
        if number > head
    ]
    if not found:
        raise TableRefused(["表里只有标题，没有一行网址。请填写后再上传。"])
    return found


def _place(line: Sequence[str], names: Sequence[str]) -> int | None:
    return next((n for n, cell in enumerate(line) if cell.strip().lower() in names), None)


def _cell(line: Sequence[str], place: int) -> str:
    return line[place].strip() if place < len(line) else ""


def _letter(place: int) -> str:
    before, own = divmod(place, 26)
    return (chr(ord("A") + before - 1) if before else "") + chr(ord("A") + own)
