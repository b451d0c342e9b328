"""The public pages of licences and penalties: a table, and the same rows as CSV and JSON.

A row that was taken down keeps its place; of it only that, when and why are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.agencies.queries import names_on
from gongkai.audit import clock
from gongkai.portal.filed.addresses import INDEX, address
from gongkai.portal.filed.frame import owner_name, page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.registers.layout import Column, Type, layout_of
from gongkai.registers.listings import list_key, of_key, page_key, page_of
from gongkai.registers.models import Entry, Register, Removal
from gongkai.registers.queries import (
    FULL,
    every_place,
    names_at,
    places,
    revocations,
    taken,
    values_of,
)
from gongkai.registers.values import typed
from gongkai.text.canonical import Plain, canonical_bytes
from gongkai.text.spreadsheet import csv_bytes

WORDS = {Register.LICENCE.value: "licences", Register.PENALTY.value: "penalties"}
"""What the addresses call each register, for ever."""

_ORGAN = "决定机关"


@dataclass(frozen=True)
class Cell:
    """*kind* tells the style sheet how wide it wants to be; *label* is what its column is called."""

    text: str
    kind: str
    label: str


@dataclass(frozen=True)
class Line:
    """A row of the page; of one that was taken down only *gone*."""

    n: int
    cells: tuple[Cell, ...]
    gone: str = ""


@dataclass(frozen=True)
class Shown:
    """A page's rows with what all three forms of it say. *number* is None for the newest, which alone tells *total*."""

    register: str
    code: str
    number: int | None
    entries: tuple[Entry, ...]
    agencies: tuple[str, ...]
    reasons: dict[int, str]
    total: int

    @property
    def columns(self) -> tuple[Column, ...]:
        return layout_of(self.register).column

    @property
    def older(self) -> str | None:
        """The address of the page before this one; of the newest, that of the last numbered one."""
        last = self.number - 1 if self.number else page_of(self.total) if self.total else 0
        return address(html_path(page_key(self.register, self.code, last))) if last else None


def html_path(key: str) -> str:
    return _folder(key) + INDEX


def csv_path(key: str) -> str:
    return f"{_folder(key)}index.csv"


def json_path(key: str) -> str:
    return f"{_folder(key)}index.json"


def render_html(key: str) -> bytes | None:
    """The table of a page."""
    shown = _shown(key)
    if shown is None:
        return None
    title = _title(shown)
    lines = [
        _line(shown, entry, agency)
        for entry, agency in zip(shown.entries, shown.agencies, strict=True)
    ]
    values = {
        "title": title,
        "shown": shown,
        "lines": lines,
        "headings": [*(_heading(column) for column in shown.columns), _ORGAN],
        "newest": address(html_path(list_key(shown.register, shown.code))),
        "county": address(html_path(list_key(shown.register, ""))),
        "county_title": _county_title(shown.register),
    }
    where = address(html_path(key))
    return page("portal/register.html", where, values, meta=column_metadata(title))


def render_csv(key: str) -> bytes | None:
    """The same rows for a spreadsheet."""
    shown = _shown(key)
    if shown is None:
        return None
    headings = [
        "第几条",
        *(_heading(column) for column in shown.columns),
        _ORGAN,
        "公示日期",
        "撤下",
    ]
    return csv_bytes([headings, *_csv_lines(shown)])


def render_json(key: str) -> bytes | None:
    """The same rows as data: days as ISO days, amounts in 分."""
    shown = _shown(key)
    if shown is None:
        return None
    rows: list[Plain] = [
        _data(shown, entry, agency)
        for entry, agency in zip(shown.entries, shown.agencies, strict=True)
    ]
    said: dict[str, Plain] = {
        "register": shown.register,
        "title": _title(shown),
        "address": address(html_path(key)),
        "older": shown.older,
        "rows": rows,
    }
    if shown.number is None:  # a full page of the archive tells nothing that changes
        said["total"] = shown.total
    return canonical_bytes(said)


def every_newest() -> Iterator[str]:
    """The county's pages are there from the start, and say that there is nothing yet; an agency's with its first row."""
    yield from (list_key(register, "") for register in WORDS)
    for register, code, _ in every_place():
        if code:
            yield list_key(register, code)


def every_numbered() -> Iterator[str]:
    for register, code, last in every_place():
        for number in range(1, page_of(last) + 1 if last else 1):
            yield page_key(register, code, number)


def _folder(key: str) -> str:
    register, code, number = of_key(key)
    root = f"o/{code}/{WORDS[register]}/" if code else f"{WORDS[register]}/"
    return f"{root}p/{number:04d}/" if number else root


def _shown(key: str) -> Shown | None:
    register, code, number = of_key(key)
    total = taken(register, code)
    if number is None:
        entries = places(register, code, max(0, total - FULL), total)
        if not entries and code:
            return None
        entries.reverse()
    else:
        entries = places(register, code, (number - 1) * FULL, number * FULL)
        if not entries:
            return None
    return Shown(
        register,
        code,
        number,
        tuple(entries),
        tuple(names_at(entries)),
        revocations(entries),
        total,
    )


def _title(shown: Shown) -> str:
    if not shown.code:
        return _county_title(shown.register)
    names = {name.agency.code: name.name for name in names_on(clock.today()).values()}
    return f"{names.get(shown.code, shown.code)}{layout_of(shown.register).title}决定公示"


def _county_title(register: str) -> str:
    return f"{owner_name()}{layout_of(register).title}决定公示"


def _heading(column: Column) -> str:
    return f"{column.label}（元）" if column.type is Type.MONEY else column.title


def _n(shown: Shown, entry: Entry) -> int:
    return entry.agency_n if shown.code else entry.county_n


def _gone(shown: Shown, entry: Entry) -> str:
    """What is told of a row that was taken down: a revocation with its number and reason, else nothing of it."""
    if not entry.removal or entry.removed_at is None:
        return ""
    day = clock.legal_date(entry.removed_at).isoformat()
    if entry.removal == Removal.REVOKED:
        reason = shown.reasons.get(entry.pk, "")
        return f"{entry.number} 已被变更或者撤销，{day} 撤下。{reason}"
    return f"本条已撤下：{entry.get_removal_display()}，{day}"


def _line(shown: Shown, entry: Entry, agency: str) -> Line:
    if gone := _gone(shown, entry):
        return Line(_n(shown, entry), (), gone)
    values = values_of(entry)
    cells = [
        Cell(typed(values[column.key], column), column.type.value, _heading(column))
        for column in shown.columns
    ]
    return Line(_n(shown, entry), (*cells, Cell(agency, Type.TEXT.value, _ORGAN)))


def _csv_lines(shown: Shown) -> Iterator[list[str]]:
    for entry, agency in zip(shown.entries, shown.agencies, strict=True):
        n, gone, day = str(_n(shown, entry)), _gone(shown, entry), _published(entry)
        if gone:
            yield [n, *("" for _ in shown.columns), agency, day, gone]
        else:
            values = values_of(entry)
            yield [n, *(typed(values[one.key], one) for one in shown.columns), agency, day, ""]


def _data(shown: Shown, entry: Entry, agency: str) -> dict[str, Plain]:
    row: dict[str, Plain] = {
        "n": _n(shown, entry),
        "agency": agency,
        "agency_code": entry.agency.code,
    }
    row["published_on"] = _published(entry)
    if gone := _gone(shown, entry):
        return row | {"removed": entry.removal, "removed_note": gone}
    return row | dict(values_of(entry))


def _published(entry: Entry) -> str:
    return clock.legal_date(entry.entered_at).isoformat()
