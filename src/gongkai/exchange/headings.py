"""Which sheet is which, where its headings stand, and which column each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from gongkai.exchange.layout import ABOUT_SHEET, CHOICES_SHEET, SHEETS, Column, Sheet, fold, heading
from gongkai.exchange.problem import Problem
from gongkai.exchange.workbook import Grid, Line

_FIRST_LINES = 10
_ASIDE = frozenset({fold(ABOUT_SHEET), fold(CHOICES_SHEET)})
_QUIET = 8


@dataclass(frozen=True)
class Found:
    """A sheet recognised: the place of its headings and of each column, from 0, with the printed heading."""

    sheet: Sheet
    grid: Grid
    at: int
    places: Mapping[int, Column]
    headings: Mapping[int, str]

    @property
    def letters(self) -> dict[str, str]:
        """The letter of each column by key."""
        return {column.key: letter(place) for place, column in self.places.items()}

    def records(self) -> Iterator[tuple[int, Line]]:
        """Yield the rows below the headings."""
        return (line for line in self.grid.lines if line[0] > self.at)

    def note(self) -> str:
        """Name the columns that are not read; empty when all are."""
        left = [text for place, text in self.headings.items() if place not in self.places]
        if not left:
            return ""
        more = f"等 {len(left)} 列" if len(left) > _QUIET else ""
        return f"“{self.grid.name}”表没有读取：{'、'.join(left[:_QUIET])}{more}。"


def letter(place: int) -> str:
    """Return the letters of a column counted from 0: 0 → A, 27 → AB."""
    letters, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, len(ascii_uppercase))
        letters = ascii_uppercase[digit] + letters
    return letters


def recognise(grid: Grid) -> Found | Problem | None:
    """Return what *grid* is, a problem when only its name is known, None when it is none of ours."""
    if fold(grid.name) in _ASIDE:
        return None
    named = next((sheet for sheet in SHEETS.values() if fold(grid.name) in sheet.names), None)
    candidates = [named] if named else list(SHEETS.values())
    found = [one for sheet in candidates for one in _headed(sheet, grid)]
    whole = [one for one in found if not _lacking(one)]
    if named is None:
        return whole[0] if len(whole) == 1 else None
    if whole:
        return max(whole, key=lambda one: len(one.places))
    if not grid.lines:
        return None
    return _unheaded(named, grid, found)


def _headed(sheet: Sheet, grid: Grid) -> Iterator[Found]:
    for number, line in grid.lines:
        if number > _FIRST_LINES:
            return
        places = _places(sheet, line)
        if places:
            texts = {
                place: str(cell).strip() for place, cell in enumerate(line) if cell is not None
            }
            yield Found(sheet, grid, number, places, texts)


def _places(sheet: Sheet, line: Line) -> dict[int, Column]:
    places: dict[int, Column] = {}
    for place, cell in enumerate(line):
        column = sheet.by_heading.get(heading(cell)) if isinstance(cell, str) else None
        if column is not None and column not in places.values():
            places[place] = column
    return places


def _lacking(found: Found) -> list[Column]:
    return [one for one in found.sheet.required if one not in found.places.values()]


def _unheaded(sheet: Sheet, grid: Grid, found: list[Found]) -> Problem:
    best = max(found, key=lambda one: len(one.places), default=None)
    missing = _lacking(best) if best else list(sheet.required)
    names = "、".join(
        f"“{column.title}”（也可写 {'、'.join(column.also[:3])}）" for column in missing
    )
    return Problem(
        grid.name,
        "",
        f"前 {_FIRST_LINES} 行里没有找到完整的标题行，缺少：{names}。请补上这些列，"
        "或用 gongkai report --template 生成的模板。",
    )
